"""The JSON Schema of what `palms lint --output-format json` prints."""

from __future__ import annotations

from typing import Any

from palms_spec.findings import SAFETIES, SEVERITIES

_COUNT = {"type": "integer", "minimum": 0}
_FROM_ONE = {"type": "integer", "minimum": 1}
_TEXT = {"type": "string"}


def _object(properties: dict[str, Any], description: str = "", one_of: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in one_of]
    value: dict[str, Any] = {"type": "object", "properties": properties, "required": required}
    if one_of:
        value["oneOf"] = [{"required": [name]} for name in one_of]
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
_EDIT = _object(
    {"offset": _COUNT, "end_offset": _COUNT, "text": {**_TEXT, "description": "What takes the place of these bytes."}}
)
_FIX = _object(
    {
        "message": _TEXT,
        "safety": {
            "enum": list(SAFETIES),
            "description": "safe: made by --fix; unsafe: only with --unsafe-fixes; shown: never made by palms.",
        },
        "edits": {"type": "array", "items": _EDIT, "description": "In order and apart; may be empty if only shown."},
    }
)
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
        "fix": {"anyOf": [_FIX, {"type": "null"}], "description": "How it can be mended; null if that is for you."},
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "Survives moved lines."},
        "related": {"type": "array", "items": _object({**_PLACE, "label": _TEXT})},
    }
)

_STATISTIC = _object(
    {
        "rule": _TEXT,
        "code": _TEXT,
        **{f"{severity}s": _COUNT for severity in reversed(SEVERITIES)},
        "fixable": {**_COUNT, "description": "With a fix that --fix makes."},
        "suppressed": _COUNT,
        "baselined": _COUNT,
    },
    "How many findings of a rule there are.",
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
                    "suppressed": {**_COUNT, "description": "Findings that are accepted where they stand."},
                    "baselined": {**_COUNT, "description": "Findings that are in the baseline."},
                    "fail_on": {"enum": list(SEVERITIES)},
                    "exit_code": {"enum": [0, 1, 2]},
                }
            ),
            "findings": {"type": "array", "items": _FINDING},
            "statistics": {"type": "array", "items": _STATISTIC},
            "not_evaluated": {
                "type": "array",
                "items": _object({"rule": _TEXT, "reason": _TEXT}),
                "description": "Rules that could not look. Nothing is known of what they would have found.",
            },
            "fixed": {
                "anyOf": [
                    _object(
                        {
                            "rules": {
                                "type": "object",
                                "additionalProperties": _COUNT,
                                "description": "Findings that were fixed, by rule.",
                            },
                            "files": {"type": "array", "items": _TEXT, "description": "Files that were changed."},
                            "left_alone": {
                                "type": "array",
                                "items": _object({"path": _TEXT, "line": _COUNT, "rule": _TEXT, "reason": _TEXT}),
                                "description": "Files, and with a line and a rule findings, that could not be fixed.",
                            },
                            "more_left_alone": _COUNT,
                        }
                    ),
                    {"type": "null"},
                ],
                "description": "What --fix did; the findings are those that are left. Null without --fix.",
            },
            "omitted": {**_COUNT, "description": "Findings that are not in the list."},
        },
        "With --statistics there are counts by rule in the place of the findings.",
        one_of=("findings", "statistics"),
    ),
}
