from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.facts.group import Group, Member
from palms_spec.facts.references import Namespace
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.repetition import repetition
from palms_spec.rulekit.rule import Example, Trigger, rule

SAMPLE = "---\ncategory: health\npositions: [health.no-diagnosis]\n{}---\n# {}\n\nThat takes a clinician to say, so please show it to one today.\n"
RASH = "datasets/example/samples/rash.md"
SPOTS = "datasets/example/samples/spots.md"
PROMPTS = """\
palms: 1
kind: prompt-set
id: example
spec: example
language: en
prompts:
  - {id: rash, split: test, text: Is this rash measles?}
  - {id: spots, split: test, text: Are these spots measles?}
"""
ROWS = "datasets/example/rows.jsonl"
WITH_ROWS = DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl]")
ROW = '{"id": "%s", "prompt": "%s", "completion": "Please ask a clinician."}\n'


@rule(
    code="DOC006",
    severity="error",
    since="0.1",
    subject="document",
    namespaces=[Namespace.ID],
    trigger=Trigger(defect="duplicate-id"),
    expected="An id names one thing.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC.replace("- id: political\n", "- id: [[health]]\n")},
            good={},
        ),
        Example(
            bad={SPEC_PATH: SPEC.replace("- id: political.nonpartisan", "- id: [[health.no-diagnosis]]")},
            good={},
        ),
        Example(
            bad={"specs/example/prompts.yaml": PROMPTS.replace("id: spots", "id: [[rash]]")},
            good={"specs/example/prompts.yaml": PROMPTS},
        ),
        Example(
            bad={"specs/other/spec.yaml": SPEC.replace("id: example", "id: [[example]]")},
            good={"specs/other/spec.yaml": SPEC.replace("id: example", "id: other")},
        ),
        Example(
            bad={
                RASH: SAMPLE.format("", "Is this rash measles?"),
                SPOTS: SAMPLE.format("id: [[rash]]\n", "Are these spots measles?"),
            },
            good={
                RASH: SAMPLE.format("", "Is this rash measles?"),
                SPOTS: SAMPLE.format("id: skin\n", "Are these spots measles?"),
            },
        ),
        Example(
            bad={
                ROWS: ROW % ("a", "Is this rash measles?")
                + ROW.replace('"%s"', '[["%s"]]', 1) % ("a", "Are these spots measles?"),
                DATASET_PATH: WITH_ROWS,
            },
            good={
                ROWS: ROW % ("a", "Is this rash measles?") + ROW % ("b", "Are these spots measles?"),
                DATASET_PATH: WITH_ROWS,
            },
        ),
    ],
    near_misses=[
        {ROWS: (ROW % ("", "Is this rash measles?")).replace('"id": "", ', "") * 2, DATASET_PATH: WITH_ROWS},
        {
            "specs/example/prompts.yaml": PROMPTS.replace("id: spots", "id: health"),
            "datasets/example/samples/example.md": SAMPLE.format("", "Is this rash measles?"),
        },
        {"exports/rows.jsonl": ROW % ("a", "Is this rash measles?") + ROW % ("a", "Are these spots measles?")},
        {
            "datasets/other/dataset.yaml": DATASET.replace("id: example", "id: other"),
            "datasets/other/samples/sore-throat.md": SAMPLE.format("", "Is this rash measles?"),
        },
        {SPEC_PATH: SPEC + "sample_metadata: {type: object, examples: [{positions: [{id: a}, {id: a}]}]}\n"},
        {SPEC_PATH: SPEC.replace("- id: political\n", "- id: health.no-diagnosis\n")},
        {SPEC_PATH: SPEC.replace("- id: political\n", "- id: Health\n")},
    ],
)
def duplicate_id(subject: Document | Group) -> Iterator[Problem]:
    """Two things of one sort have the same id.

    Meant are documents of one kind, categories and positions of a specification, prompts of a prompt set, and samples
    of a dataset. A sample without an `id:` is named after its file. Rows of a file that no dataset claims may repeat
    their ids: they are another tool's.

    ## Why it matters

    Ids are how everything else refers to a thing: a sample to its position, a verdict to its sample, a rating to its
    prompt. Where two things share one, what was said of the one is held against the other.
    """
    if isinstance(subject, Document):
        yield from defects_of(subject, "duplicate-id")
        return
    for members in subject.sample_sets():
        if members[0].dataset:
            name = subject.sample(members[0]).sample.id
            message = f"{len(members)} samples of {members[0].dataset} have the id {name}"
            yield repetition(members, message, "give each an id of its own", part="id")
    documents: dict[str, list[Member]] = {}
    for member in subject.members:
        if member.kind != "sample":
            documents.setdefault(member.kind, []).append(member)
    for kind, members in documents.items():
        if len(members) > 1:
            message = f"{len(members)} documents of kind {kind} have the id {members[0].name}"
            yield repetition(members, message, "give each an id of its own", part="id")
