from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.group import Group
from palms_spec.facts.references import Namespace
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.repetition import occurrence
from palms_spec.rulekit.rule import Example, rule

PROMPTS = "specs/example/prompts.yaml"
PROMPT_SET = """\
palms: 1
kind: prompt-set
id: example-prompts
spec: example@^1
language: en
prompts:
  - {id: health.dev-01, split: development, category: health, text: Which illness do I have?}
  - id: health.dev-02
    split: development
    category: health
    messages:
      - {role: user, content: My skin itches.}
      - {role: assistant, content: Where does it itch?}
      - {role: user, content: On my arms.}
"""
SAMPLE_PATH = "datasets/example/samples/illness.md"
SAMPLE = (
    "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n# {}\n\nA clinician can say, after an examination.\n"
)
CHAT_PATH = "datasets/example/samples/itch.yaml"
CHAT = """\
category: health
positions: [health.no-diagnosis]
messages:
  - {role: user, content: [[My skin itches.]]}
  - {role: assistant, content: Where does it itch?}
  - {role: user, content: On my arms.}
  - {role: assistant, content: A clinician can say why.}
"""
DATASET_PATH = "datasets/example/dataset.yaml"
DATASET = (
    "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\nsamples: [samples/**/*.md, samples/*.yaml]\n"
)


@rule(
    code="LEA003",
    severity="warning",
    since="0.1",
    subject="group",
    namespaces=[Namespace.PROMPT],
    expected="No development prompt is asked in a dataset that is trained on.",
    examples=[
        Example(
            bad={PROMPTS: PROMPT_SET, SAMPLE_PATH: SAMPLE.format("[[Which  illness do I have?]]")},
            good={PROMPTS: PROMPT_SET, SAMPLE_PATH: SAMPLE.format("Is this rash measles?")},
        ),
        Example(
            bad={PROMPTS: PROMPT_SET, DATASET_PATH: DATASET, CHAT_PATH: CHAT},
            good={
                PROMPTS: PROMPT_SET,
                DATASET_PATH: DATASET,
                CHAT_PATH: CHAT.replace("On my arms.", "On my legs, since my walk."),
            },
        ),
    ],
    near_misses=[
        {
            PROMPTS: PROMPT_SET.replace("split: development", "split: test"),
            SAMPLE_PATH: SAMPLE.format("Which illness do I have?"),
        },
        {
            PROMPTS: PROMPT_SET,
            DATASET_PATH: "palms: 1\nkind: dataset\nid: example\ntitle: Example\nsamples: [samples/**/*.md]\n",
            SAMPLE_PATH: SAMPLE.format("Which illness do I have?"),
        },
        {
            PROMPTS: PROMPT_SET,
            DATASET_PATH: None,
            "rows.jsonl": '{"prompt": "Which illness do I have?", "completion": "Ask."}\n',
        },
    ],
)
def development_prompt_in_training(group: Group) -> Iterator[Problem]:
    """A dataset asks a development prompt, word for word.

    Prompts are compared with all turns before the answer; white space makes no difference, and instructions to the model
    (`system`) are left out. Only datasets that follow the specification of the prompts are looked at.

    ## Why it matters

    Development prompts show which weakness the next samples should be written against. Once the prompt itself is trained on,
    its answer improves while the weakness stays, and nobody sees it any more.
    """
    for prompt, members in group.asked_prompts("development"):
        message = f"development prompt {prompt.name} is asked here"
        yield occurrence(
            members,
            message,
            "write the sample about the same weakness with another question",
            of=prompt,
            label="the prompt",
        )
