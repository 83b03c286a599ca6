"""A session of reviews with whoever answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from palms_spec.cli.keys import Answer, Answers
from palms_spec.documents.reviews import VERDICTS
from palms_spec.judging.card import Card
from palms_spec.render.review import KEYS, write_card, write_keys, write_recorded
from palms_spec.render.terminal import Output
from palms_spec.workflows.review import Passed, ReviewSession

ASKED = "1 to 5, s, b, q or ? "
WHY = "Why? "


@dataclass(slots=True)
class Tally:
    """What became of the items: the numbers of those that were reviewed, and how many were passed over and why."""

    reviewed: set[int] = field(default_factory=set)
    skipped: set[int] = field(default_factory=set)
    passed: dict[Passed, set[int]] = field(default_factory=dict)


def hold(session: ReviewSession, answers: Answers, out: Output, name: Callable[[str], str]) -> Tally:
    """Show what is open, one after the other, and put what is answered on record. It ends where there is nothing more,
    or at q. `name` calls a file as the user would."""
    tally = Tally()
    shown: list[int] = []
    number, again, above = 0, False, None
    write_keys(out)
    while number < len(session.items):
        card = session.card(number, again=again)
        if not isinstance(card, Card):
            tally.passed.setdefault(card, set()).add(number)
            number, again = number + 1, False
            continue
        sample = (card.dataset, card.path, card.line, card.turns)
        write_card(card, out, name(card.path), again=sample == above)
        above = sample
        answer = _answer(answers, out)
        if answer is None or answer.key == "q":
            break
        if answer.key == "b":
            number, again, above = (shown.pop(), True, None) if shown else (number, again, None)
            continue
        if answer.key == "s":
            tally.skipped.add(number)
        else:
            words = answer.words if answer.words is not None else answers.words(WHY)
            if words is None:
                break
            write_recorded(session.give(number, int(answer.key), words), out)
            tally.reviewed.add(number)
            tally.skipped.discard(number)
        shown.append(number)
        number, again = number + 1, False
    return tally


def _answer(answers: Answers, out: Output) -> Answer | None:
    """The next answer that is one."""
    while (answer := answers.next(ASKED)) is not None:
        if answer.key in KEYS or (answer.key.isdecimal() and answer.key.isascii() and int(answer.key) in VERDICTS):
            return answer
        write_keys(out)
    return None
