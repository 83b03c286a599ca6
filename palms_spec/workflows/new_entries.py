"""New categories, positions and prompts: items in lists of documents that people have laid out, and that stay so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from palms_spec.documents.context import named
from palms_spec.documents.document import Document
from palms_spec.documents.prompts import Prompt, PromptSet, Split
from palms_spec.documents.spec import Spec, Stance
from palms_spec.documents.suggestion import nearest
from palms_spec.errors import UsageError
from palms_spec.rulekit.listing import listed
from palms_spec.workflows.written_documents import Workplace, Written, add_item, category_of, open_workplace

STATEMENT = "TODO: write a full sentence that says what an answer does, and in which case."
_ID = re.compile(r"\w[\w./:+-]*")


def new_category(name: str, here: Path, *, spec: str | None = None, title: str | None = None) -> Written:
    """Add a category without positions behind the last one of a specification.

    Raises UsageError for an id that is taken or is none, and where the document cannot be edited.
    """
    place = open_workplace(here)
    document, model = _spec(place, spec)
    _check_id(name, [one.id for one in model.categories], "category")
    shown = title or name.replace("-", " ").replace("_", " ").capitalize()
    path = _add(place, document, "", "categories", {"id": name, "name": shown, "positions": []})
    return Written(path, (f"add a position: palms new position {name}.NAME",))


def new_position(
    name: str,
    here: Path,
    *,
    spec: str | None = None,
    category: str | None = None,
    subject: str | None = None,
    stance: Stance | None = None,
    statement: str | None = None,
) -> Written:
    """Add a position behind the last one of its category, which its id begins with if none is named.

    Raises UsageError for an id that is taken or is none, for a category that does not exist, and where the document
    cannot be edited.
    """
    place = open_workplace(here)
    document, model = _spec(place, spec)
    known = [one.id for one in model.categories]
    if category is None:
        category = max((one for one in known if name.startswith(one + ".")), key=len, default=None)
    if category is None:
        hint = f"name one with --category: {', '.join(known)}"
        raise UsageError(f"{name} does not begin with the id of a category", hint=hint)
    if category not in known:
        raise UsageError(f"there is no category {category} in {model.id}", hint=nearest(category, known))
    _check_id(name, [position.id for one in model.categories for position in one.positions], "position")
    item: dict[str, Any] = {"id": name}
    item |= {"subject": subject} if subject else {}
    item |= {"stance": stance} if stance else {}
    item["statement"] = statement or STATEMENT
    path = _add(place, document, named("/categories", category), "positions", item)
    left = [what for what, given in (("subject", subject), ("stance", stance), ("statement", statement)) if not given]
    return Written(path, (f"write its {listed(left)}",) if left else ())


def new_prompt(
    text: str,
    here: Path,
    *,
    prompts: str | None = None,
    category: str | None = None,
    positions: Sequence[str] = (),
    split: Split = "test",
    name: str | None = None,
) -> Written:
    """Add a prompt to a prompt set, behind the last one of its category and split; its id counts on from theirs.

    Raises UsageError for an id that is taken or is none, for a category or position that does not exist, and where the
    document cannot be edited.
    """
    if not text.strip():
        raise UsageError("the prompt is blank")
    if split == "probe":
        raise UsageError("a probe is a template over groups, and is written by hand")
    place = open_workplace(here)
    document = place.document("prompt-set", prompts, option="--set", likely=_has_questions)
    model = document.model
    assert isinstance(model, PromptSet)
    spec = place.spec_of(model.spec)
    if spec is not None and (category or positions):
        category = category_of(spec, category, positions)
    name = name or _next_id(model.prompts, category, split)
    _check_id(name, [prompt.id for prompt in model.prompts], "prompt")
    item: dict[str, Any] = {"id": name, "split": split}
    item |= {"category": category} if category else {}
    item |= {"positions": list(positions)} if positions else {}
    item["text"] = text.strip()
    path = _add(place, document, "", "prompts", item, after=_place_for(model.prompts, category, split))
    return Written(path, () if positions or not category else ("name the positions that it tests",))


def _spec(place: Workplace, name: str | None) -> tuple[Document, Spec]:
    document = place.document("values-spec", name, option="--spec")
    assert isinstance(document.model, Spec)
    return document, document.model


def _add(
    place: Workplace, document: Document, pointer: str, key: str, item: dict[str, Any], *, after: int | None = None
) -> str:
    path = place.root / document.path
    add_item(path, pointer, key, item, after=after)
    return place.shown(path)


def _check_id(name: str, taken: Sequence[str], what: str) -> None:
    if not _ID.fullmatch(name):
        raise UsageError(f"{name} is no id", hint="letters, digits and . _ - / : +, no spaces")
    if name in taken:
        raise UsageError(f"there is a {what} {name} already", hint="choose another id")


def _place_for(prompts: Sequence[Prompt], category: str | None, split: str) -> int | None:
    """The index of the last prompt of the category and split, else of the category; None is the end."""
    alike = [at for at, one in enumerate(prompts) if one.category == category and one.split == split]
    return max(alike or [at for at, one in enumerate(prompts) if one.category == category], default=None)


def _has_questions(model: PromptSet) -> bool:
    return not model.prompts or any(prompt.split != "probe" for prompt in model.prompts)


def _next_id(prompts: Sequence[Prompt], category: str | None, split: str) -> str:
    """The number after the highest of the category and split, written as it is."""
    alike = [one.id for one in prompts if one.category == category and one.split == split]
    numbered = [found for name in alike if (found := re.fullmatch(r"(.*?)(\d+)", name))]
    if numbered:
        highest = max(numbered, key=lambda found: int(found[2]))
        return f"{highest[1]}{int(highest[2]) + 1:0{len(highest[2])}d}"
    return f"{category}.{split}-01" if category else f"{split}-{len(alike) + 1:02d}"
