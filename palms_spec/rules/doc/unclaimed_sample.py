from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.examples import DATASET, DATASET_PATH
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="DOC013",
    severity="warning",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="unclaimed-sample"),
    expected="Every sample in a dataset's folder is claimed by a dataset.",
    examples=[
        Example(
            bad={
                "datasets/example/drafts/rash.md": "[[]]---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n"
            },
            good={
                "datasets/example/drafts/rash.md": "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n",
                DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, drafts/*.md]"),
            },
        ),
        Example(
            bad={
                "datasets/example/samples/more.jsonl": '[[]]{"prompt": "Is this rash measles?", "completion": "Ask a clinician."}\n'
            },
            good={
                "datasets/example/samples/more.jsonl": '{"prompt": "Is this rash measles?", "completion": "Ask a clinician."}\n',
                DATASET_PATH: DATASET.replace("samples/**/*.md", "samples/**/*"),
            },
        ),
    ],
    near_misses=[
        {"datasets/example/README.md": "# Example\n\ncategory: a word in a text\n"},
        {"datasets/example/CARD.md": "---\nlicense: cc-by-4.0\n---\n# Card\n"},
        {"docs/how-to.md": "---\ncategory: guides\n---\n# How to\n"},
        {"datasets/example/reviews/ada.jsonl": '{"sample": "rash", "verdict": "adheres"}\n'},
    ],
)
def unclaimed_sample(document: Document) -> Iterator[Problem]:
    """A file in a dataset's folder looks like a sample, and no dataset claims it.

    Meant are Markdown files whose front matter speaks of a category, positions or an origin, and JSONL files in a
    folder named `samples`.

    ## Why it matters

    The file is neither checked nor counted nor trained on. Most often a glob covers one folder and the sample went into
    another, or has another ending.
    """
    yield from defects_of(document, "unclaimed-sample")
