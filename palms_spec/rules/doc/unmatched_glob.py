from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="DOC012",
    severity="error",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="unmatched-glob"),
    expected="Every glob of a dataset claims at least one file.",
    examples=[
        Example(
            bad={DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, [[smaples/*.md]]]")},
            good={DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, samples/*.md]")},
        ),
        Example(
            bad={DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[ [[samples/*.yaml]], samples/*.md]")},
            good={},
        ),
    ],
    near_misses=[
        {DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[./samples]")},
        {DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/*.md, samples/sore-*.md, 'samples/[st]*.md']")},
        {
            DATASET_PATH: DATASET.replace(
                "[samples/**/*.md]", "[samples/**/*.md, {url: 's3://bucket/rows.jsonl', sha256: " + "0" * 64 + "}]"
            )
        },
    ],
)
def unmatched_glob(document: Document) -> Iterator[Problem]:
    """A glob in `samples` matches no file.

    Globs are relative to the dataset's file. `*` stays inside one folder, `**/` enters folders.

    ## Why it matters

    A file is a sample only if a glob claims it. Where a glob matches nothing, samples that someone wrote are neither
    checked nor trained on, and the dataset looks fine.
    """
    yield from defects_of(document, "unmatched-glob")
