from __future__ import annotations

from collections.abc import Iterator

from palms_spec.analysis.words import folded_words
from palms_spec.documents.context import named
from palms_spec.documents.prompts import Prompt, PromptSet
from palms_spec.facts.specification import PromptSetFacts
from palms_spec.rulekit.problem import Elsewhere, Problem
from palms_spec.rulekit.rule import Example, rule

PATH = "specs/example/prompts.yaml"
OTHER_PATH = "specs/example/more-prompts.yaml"
HEAD = "palms: 1\nkind: prompt-set\nid: {}\nspec: example\nlanguage: en\nprompts:\n"
ROW = "  - id: {}\n    split: {}\n    category: health\n    text: {}\n"
FIRST = HEAD.format("example-prompts") + ROW.format("test-1", "test", "Is this rash measles?")
SECOND = HEAD.format("more-prompts")


@rule(
    code="VAL011",
    severity="error",
    since="0.1",
    subject="prompt-set",
    expected="A prompt belongs to one split.",
    examples=[
        Example(
            bad={PATH: FIRST + ROW.format("dev-1", "development", "[[Is this rash  measles?]]")},
            good={PATH: FIRST + ROW.format("dev-1", "development", "Are these spots measles?")},
        ),
        Example(
            bad={PATH: FIRST + ROW.format("dev-1", "development", "[[is this rash measles]]")},
            good={PATH: FIRST + ROW.format("dev-1", "development", "Is this cough measles?")},
        ),
        Example(
            bad={
                OTHER_PATH: SECOND + ROW.format("dev-1", "development", "Is this rash measles?"),
                PATH: FIRST.replace("Is this rash measles?", "[[Is this rash measles?]]"),
            },
            good={OTHER_PATH: SECOND + ROW.format("test-2", "test", "Is this rash measles?"), PATH: FIRST},
        ),
    ],
    near_misses=[
        {PATH: FIRST + ROW.format("test-2", "test", "Is this rash measles?")},
        {PATH: FIRST + ROW.format("dev-1", "development", "Is this not measles?")},
        {PATH: FIRST + ROW.format("dev-1", "development", '"???"') + ROW.format("test-3", "test", '"!!!"')},
        {
            PATH: FIRST,
            OTHER_PATH: SECOND.replace("spec: example", "spec: another")
            + ROW.format("dev-1", "development", "Is this rash measles?"),
        },
        {PATH: FIRST + "  - {id: probe-1, split: probe, template: 'Is this rash measles?', groups: gender}\n"},
    ],
)
def prompt_in_two_splits(facts: PromptSetFacts) -> Iterator[Problem]:
    """A prompt stands in the split `development` and in the split `test`.

    Case and punctuation make no difference. All prompt sets of a specification are compared; the problem is shown at the
    second of the two prompts, in order of file and place.

    ## Why it matters

    Development prompts drive what is added to the dataset, test prompts are kept for the end. A prompt that is both tests
    what was written for it.
    """
    seen: dict[tuple[str, ...], list[tuple[str, str, Prompt]]] = {}
    earlier = [(path, prompts) for path, prompts in facts.others if path < facts.path]
    for path, prompts in earlier:
        for pointer, prompt in _asked(prompts):
            seen.setdefault(_wording(prompt), []).append((path, pointer, prompt))
    for pointer, prompt in _asked(facts.prompts):
        same = seen.setdefault(_wording(prompt), [])
        for path, other_pointer, other in same:
            if other.split != prompt.split:
                message = (
                    f"{prompt.id} is a {prompt.split} prompt and asks the same as {other.id}, a {other.split} prompt"
                )
                place = Elsewhere(f"{other.split} prompt", path=path, pointer=other_pointer)
                hint = "keep it in one split, and write another prompt for the other"
                yield Problem(message, hint, pointer, related=(place,), causes=(path,))
                break
        same.append((facts.path, pointer, prompt))


def _asked(prompts: PromptSet) -> Iterator[tuple[str, Prompt]]:
    """The prompts that hold words and are no probes, each with the pointer to its wording."""
    for prompt in prompts.prompts:
        if prompt.split != "probe" and any(map(str.isalnum, prompt.wording)):
            yield named("/prompts", prompt.id) + ("/text" if prompt.text is not None else "/messages"), prompt


def _wording(prompt: Prompt) -> tuple[str, ...]:
    if prompt.messages is None:
        return ("user", *folded_words(prompt.text or ""))
    return tuple(word for turn in prompt.messages for word in (turn.role, *folded_words(turn.content)))
