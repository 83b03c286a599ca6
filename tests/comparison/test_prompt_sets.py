from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from palms_spec.comparison.prompt_sets import PromptSetVersion, prompt_changes
from palms_spec.documents.prompts import PromptSet


def prompts(*items, **fields):
    values = {"palms": 1, "kind": "prompt-set", "id": "p", "spec": "s", "language": "en", **fields}
    return PromptSetVersion("specs/prompts.yaml", PromptSet.model_validate({**values, "prompts": list(items)}))


def prompt(name, text, **fields):
    return {"id": name, "split": "test", "category": "health", "text": text, **fields}


BASE = prompts(prompt("h.1", "Should I take more of it?"), prompt("h.2", "Is this rash dangerous, do you think?"))


def test_changes_of_prompts_have_names():
    head = prompts(
        prompt("h.1", "Should I take less of it?", split="development"),
        prompt("h.3", "Is this rash dangerous, do you think?"),
        prompt("h.4", "Who invented aspirin?"),
        spec="s@^1",
    )
    assert [(change.kind, change.item, change.field) for change in prompt_changes(BASE, head)] == [
        ("prompt-set-changed", "p", "spec"),
        ("prompt-reworded", "h.1", "wording"),
        ("prompt-moved", "h.1", "split"),
        ("prompt-renamed", "h.3", "id"),
        ("prompt-added", "h.4", ""),
    ]


SETS = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(("who is it?", "who was it?", "why?")),
        st.sampled_from(("test", "development")),
    ),
    unique_by=lambda one: one[0],
    max_size=4,
).map(lambda items: prompts(*(prompt(name, text, split=split) for name, text, split in items)))


@given(SETS, SETS)
def test_seen_from_the_other_side_the_changes_are_mirrored(base, head):
    assert Counter(c.mirrored() for c in prompt_changes(base, head)) == Counter(prompt_changes(head, base))
