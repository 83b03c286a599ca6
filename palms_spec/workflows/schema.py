"""JSON Schemas of the documents, for editors and tools. The models are the one truth; this is a view of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from palms_spec.errors import UsageError
from palms_spec.sources.atomic import write_atomically

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS = ("values-spec", "prompt-set", "dataset", "sample", "rule-pack", "review", "approval", "report")
FOLDER = ".palms/schemas"


def schema_path(kind: str) -> str:
    """Where a project keeps the schema of a kind."""
    return f"{FOLDER}/{kind}.schema.json"


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a kind of document; of `sample`, one of its written forms; of `review` and
    `approval`, a line of their files; of `report`, what `palms lint --output-format json` prints.

    Raises UsageError for what is no kind.
    """
    from palms_spec.documents.kinds import KINDS as DOCUMENTS
    from palms_spec.documents.kinds import RECORDS, SAMPLE_FORMS
    from palms_spec.documents.suggestion import did_you_mean

    if kind == "report":
        from palms_spec.render.report_schema import REPORT_SCHEMA

        return {"$schema": DIALECT, **REPORT_SCHEMA}
    if kind == "sample":
        forms = {name: model.model_json_schema(ref_template=_refers(name)) for name, model in SAMPLE_FORMS.items()}
        return {
            "$schema": DIALECT,
            "title": "Sample",
            "anyOf": [{"$ref": f"#/$defs/{name}"} for name in forms],
            "$defs": forms,
        }
    if kind in RECORDS:
        return {"$schema": DIALECT, **RECORDS[kind].model_json_schema()}
    if kind not in DOCUMENTS:
        raise UsageError(f"there is no kind {kind}", hint=did_you_mean(kind, KINDS) or f"one of {', '.join(KINDS)}")
    return {"$schema": DIALECT, **DOCUMENTS[kind].model_json_schema()}


def _refers(name: str) -> str:
    return f"#/$defs/{name}/$defs/{{model}}"


def schema_text(kind: str) -> str:
    """The schema as it is written to a file."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def write_schemas(root: Path) -> list[str]:
    """Write all schemas into a project; their paths."""
    for kind in KINDS:
        path = root / schema_path(kind)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, schema_text(kind).encode())
    return [schema_path(kind) for kind in KINDS]
