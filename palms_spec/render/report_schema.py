"""The JSON Schema of what `palms lint --output-format json` prints."""

from __future__ import annotations

from typing import Any

from palms_spec.findings import SEVERITIES

_COUNT = {"type": "integer", "minimum": 0}
_FROM_ONE = {"type": "integer", "minimum": 1}
_TEXT = {"type": "string"}


def _object(properties: dict[str, Any], description: str = "") -> dict[str, Any]:
    value: dict[str, Any] = {"type": "object", "properties": properties, "required": list(properties)}
    return {**value, "description": description} if description else value


_SPAN = _object(
    {
        "line": _FROM_ONE,
        "column": _FROM_ONE,
        "end_line": _FROM_ONE,
        "end_column": _FROM_ONE,
        "offset": _COUNT,
        "end_offset": _COUNT,
    },
    "End exclusive. Columns count code points; offsets count bytes of the unpacked file, a byte order mark included.",
)
_PLACE = {
    "path": {**_TEXT, "description": "From the project's root, with /."},
    "pointer": {**_TEXT, "description": "Of the value in the document, with ids in place of indices."},
    "span": _SPAN,
    "document": {**_TEXT, "description": "Id of the document or sample; empty if it has none."},
}
_FINDING = _object(
    {
        "rule": _TEXT,
        "code": _TEXT,
        "severity": {"enum": list(SEVERITIES)},
        "confidence": {"enum": ["low", "medium", "high"]},
        **_PLACE,
        "expected": {**_TEXT, "description": "What the rule asks for, in general."},
        "message": {**_TEXT, "description": "What is the case here."},
        "hint": {**_TEXT, "description": "What to do about it."},
        "fix": {"type": "null"},
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "Survives moved lines."},
        "related": {"type": "array", "items": _object({**_PLACE, "label": _TEXT})},
    }
)

REPORT_SCHEMA: dict[str, Any] = {
    "title": "Report",
    **_object(
        {
            "version": {"const": 1, "description": "Goes up when something is renamed or removed."},
            "tool": _object({"name": {"const": "palms"}, "version": _TEXT}),
            "summary": _object(
                {
                    **{f"{severity}s": _COUNT for severity in reversed(SEVERITIES)},
                    "documents": _COUNT,
                    "datasets": _COUNT,
                    "samples": _COUNT,
                    "fail_on": {"enum": list(SEVERITIES)},
                    "exit_code": {"enum": [0, 1, 2]},
                }
            ),
            "findings": {"type": "array", "items": _FINDING},
            "not_evaluated": {
                "type": "array",
                "items": _object({"rule": _TEXT, "reason": _TEXT}),
                "description": "Rules that could not look. Nothing is known of what they would have found.",
            },
            "omitted": {**_COUNT, "description": "Findings that are not in the list."},
        }
    ),
}
