from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.examples import SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

SCHEMA = """\
sample_metadata:
  type: object
  required: [reading_level]
  properties:
    reading_level: {enum: [plain, expert]}
    tags: {type: array, items: {type: string}}
  additionalProperties: false
"""
SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n{}---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n"
OTHERS: dict[str, str | None] = {
    "datasets/example/samples/sore-throat.md": None,
    "datasets/example/samples/two-ballots.md": None,
}


def _project(front: str, schema: str = SCHEMA) -> dict[str, str | None]:
    return {
        **OTHERS,
        SPEC_PATH: SPEC + schema,
        "datasets/example/samples/rash.md": SAMPLE.replace("{}", front, 1),
    }


@rule(
    code="DOC011",
    severity="error",
    since="0.1",
    subject="sample",
    needs=["metadata_schema"],
    expected="A sample's metadata fit the schema of its specification.",
    examples=[
        Example(
            bad=_project("metadata: {reading_level: [[simple]]}\n"),
            good=_project("metadata: {reading_level: plain}\n"),
        ),
        Example(
            bad=_project("metadata: {reading_level: plain, tags: [skin, [[12]]]}\n"),
            good=_project("metadata: {reading_level: plain, tags: [skin, '12']}\n"),
        ),
        Example(
            bad=_project("metadata: {reading_level: plain, [[tag]]: skin}\n"),
            good=_project("metadata: {reading_level: plain, tags: [skin]}\n"),
        ),
        Example(
            bad=_project("[[metadata]]: {tags: [skin]}\n"),
            good=_project("metadata: {reading_level: expert, tags: [skin]}\n"),
        ),
    ],
    near_misses=[
        _project("metadata: {anything: [1, {a: b}]}\n", schema=""),
        _project("", schema="sample_metadata: {type: object, properties: {topic: {type: string}}}\n"),
        _project(
            "metadata: {a: 1}\n", schema="sample_metadata: {properties: {a: {$ref: 'https://example.org/a.json'}}}\n"
        ),
        _project("metadata: {a: 1}\n", schema="sample_metadata: {type: nonsense}\n"),
    ],
)
def metadata_violation(facts: SampleFacts) -> Iterator[Problem]:
    """The metadata of a sample do not fit the schema that its specification declares.

    The schema stands under `sample_metadata` in the specification and is a JSON Schema. It is never fetched from
    anywhere: a `$ref` leads to a part of the same schema. A schema that is itself wrong is reported in the
    specification (`schema-violation`), and no sample is checked against it. `format` says something to readers and is
    not checked.

    ## Why it matters

    What a team keeps beside its samples, such as a source, a reading level or a reviewer, is of use only if every
    sample says it in the same way. A misspelt key or value is lost to whoever filters by it.
    """
    schema, sample = facts.context.metadata_schema, facts.sample
    if schema is None or (sample.metadata is None and "required" not in schema):
        return
    from palms_spec.documents.metadata import violations

    for found in violations(schema, sample.metadata or {}):
        pointer = f"{sample.pointer}/metadata{found.pointer}"
        yield Problem(found.message, found.hint, pointer, on_key=found.on_key or not found.pointer)
