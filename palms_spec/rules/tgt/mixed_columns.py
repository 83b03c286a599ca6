from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row_totals import Form
from palms_spec.facts.target import TargetFacts
from palms_spec.rulekit.listing import listed
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rules.tgt._rows import ANSWER, GOOD, QUESTION, chat

TOOLS = ', "tools": [{"type": "function", "function": {"name": "look", "parameters": {"type": "object", "properties": {}}}}]'
PARTS = '{"role": "user", "content": [{"type": "text", "text": "Is this rash measles?"}]}'
SHOWN = 20


@rule(
    code="TGT008",
    severity="warning",
    since="0.1",
    subject="target",
    expected="All rows of a file have the same fields, with values of the same types.",
    examples=[
        Example(
            bad={"together.jsonl": f"{GOOD}{GOOD}[[{chat(QUESTION, ANSWER, more=TOOLS)[:-1]}]]\n"},
            good={"together.jsonl": GOOD * 2},
        ),
        Example(
            bad={"openai.jsonl": f"{GOOD}{GOOD}[[{chat(PARTS, ANSWER)[:-1]}]]\n"},
            good={"openai.jsonl": GOOD + GOOD},
        ),
    ],
    near_misses=[{"openai.jsonl": chat('{"role": "system", "content": "Be brief."}', QUESTION, ANSWER) + GOOD}],
)
def mixed_columns(facts: TargetFacts) -> Iterator[Problem]:
    """Some rows have a field that others lack, or a value of another type in it.

    What most rows have is taken for the rule, and each other form is reported once, at its first row. An error where
    types differ and the file is read by `datasets`, as the trainers for one's own machine do.

    ## Why it matters

    Readers that make a table of the file take the columns of its beginning for those of all, and fail at the row that
    is otherwise, with a message about types that names no line. What a provider's reader does is not known before.
    """
    forms, apart = facts.totals.forms, facts.plan.profile.all_or_none
    if len(forms) < 2:
        return
    usual = max(forms, key=lambda form: forms[form].count)
    others = sorted((form for form in forms if form != usual), key=lambda form: forms[form].offset)
    hidden = facts.totals.in_other_forms + sum(forms[form].count for form in others[SHOWN:])
    for number, form in enumerate(others[:SHOWN]):
        place = forms[form]
        differences, in_types = _differences(usual, form, apart, has="has" if place.count == 1 else "have")
        if not differences:
            continue
        who = f"{place.count:,} {facts.rows}" if place.count > 1 else f"1 {facts.rows[:-1]}"
        first = ", this one first," if place.count > 1 and facts.is_file else ""
        more = f" ({hidden:,} {facts.rows} in still other forms)" if hidden and number == SHOWN - 1 else ""
        yield Problem(
            f"{who}{first} {listed(differences)}{more}",
            "write all of them alike, or keep them in two files",
            facts.pointer,
            member=facts.member(place),
            severity="error" if in_types and facts.plan.profile.local else None,
        )


def _differences(usual: Form, form: Form, apart: tuple[str, ...], *, has: str) -> tuple[list[str], bool]:
    """How a form differs from the usual one, but for fields that are `apart`, and whether it does in a type."""
    fields, found = ({name: kind for name, _, kind in (one.rpartition(": ") for one in some)} for some in (usual, form))
    said, in_types = [], False
    for name in sorted((fields.keys() | found.keys()) - set(apart)):
        if name not in found:
            said.append(f"{has} no {name}, which most have")
        elif name not in fields:
            said.append(f"{has} {name}, which most do not have")
        elif fields[name] != found[name]:
            said.append(f"{has} {found[name]} as {name}, where most have {fields[name]}")
            in_types = True
    return said, in_types
