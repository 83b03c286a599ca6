from __future__ import annotations

from collections.abc import Iterator

from palms_spec.documents.document import Document
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SPEC, SPEC_PATH
from palms_spec.rulekit.problem import Problem, defects_of
from palms_spec.rulekit.rule import Example, Trigger, rule


@rule(
    code="DOC002",
    severity="error",
    since="0.1",
    subject="document",
    trigger=Trigger(defect="syntax-error"),
    expected="A document is well-formed YAML, JSON or Markdown with front matter.",
    examples=[
        Example(
            bad={SPEC_PATH: SPEC.replace("title: Example", "title: Example[[:]] values")},
            good={SPEC_PATH: SPEC.replace("title: Example", 'title: "Example: values"')},
        ),
        Example(
            bad="[[-]]--\ncategory: health\n\n# Is this rash measles?\n\nThat takes a clinician to say.\n",
            good="---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# Is this rash measles?\n\nThat takes a clinician to say.\n",
        ),
        Example(
            bad={
                "datasets/example/samples/more.yaml": "prompt: Is this rash measles?\n[[]]\tcompletion: That takes a clinician to say.\n",
                DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**]"),
            },
            good={
                "datasets/example/samples/more.yaml": "prompt: Is this rash measles?\ncompletion: That takes a clinician to say.\n",
                DATASET_PATH: DATASET.replace("[samples/**/*.md]", "[samples/**]"),
            },
        ),
    ],
    near_misses=[
        {"notes/broken.yaml": "a: b: c: [\n"},
        {"docs/page.md": "---\nno front matter, only a line\n\n# Title\n"},
        "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# What does {a: [b} mean?\n\n---\n\nIt is: broken YAML, and here it is text.\n",
    ],
)
def syntax_error(document: Document) -> Iterator[Problem]:
    """A file is no valid YAML or JSON, or its front matter is not closed.

    The message names the first place where reading had to stop. Of YAML, merge keys (`<<`), tags beyond YAML's own
    types and second documents in one file are not read either.

    ## Why it matters

    A file that does not parse is not checked at all, and what it defines is missing everywhere else: samples that name
    its positions, datasets that follow it. Mend this first; other findings may go away with it.
    """
    yield from defects_of(document, "syntax-error")
