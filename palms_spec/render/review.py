"""A sample and a position, shown to a person who is to review one against the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from palms_spec.comparison.telling import counted
from palms_spec.comparison.wording import AROUND, word_pieces
from palms_spec.documents.reviews import Review
from palms_spec.documents.sample import ASSISTANT, USER, Turn
from palms_spec.documents.spec import Position
from palms_spec.judging.card import Card
from palms_spec.render.cells import wrapped
from palms_spec.render.escaping import visible
from palms_spec.render.terminal import Output, Part
from palms_spec.render.wrapping import wrapped_parts

MOST_WIDTH = 100
INDENT = "  "
SCORES = {1: "violates", 2: "rather violates", 3: "unclear", 4: "rather adheres", 5: "adheres"}
KEYS = {"s": "skip", "b": "back", "q": "quit"}
SPEAKERS = {USER: "Question", ASSISTANT: "Answer"}
NEEDS = {"missing": "review missing", "stale": "review stale"}
STANCES = {"support": "for", "oppose": "against", "neutral": "neutral about", "defer": "leaves to others"}


def write_card(card: Card, out: Output, name: str, *, again: bool = False) -> None:
    """Write a card. `name` is the file as the user would call it. With `again` the sample itself is left out: it is the
    one of the card before."""
    width = min(out.terminal.width, MOST_WIDTH)
    out.line(("─" * width, "faint"))
    need: list[Part] = [" · ", (NEEDS[card.need], "note")] if card.need else []
    out.line((f"{card.number} of {card.total}", "strong"), *need)
    out.line((name + (f":{card.line}" if card.line else ""), "faint"))
    for number, turn in enumerate(() if again else card.turns):
        out.line()
        out.line((_speaker(card.turns, number), "strong"))
        _write_text(turn.content, out, width)
    out.line()
    if again:
        out.line("The sample above, against another position:")
        out.line()
    _write_position(card, out, width)
    _write_changes(card, out, width)
    if card.own is not None:
        out.line()
        _write_own(card, card.own, out, width)
    out.line()


def write_keys(out: Output) -> None:
    """Write which keys there are."""
    for keys in (SCORES, KEYS):
        told: list[Part] = []
        for key, words in keys.items():
            told += [" · " if told else "", (f"{key}", "strong"), f" {words}"]
        for parts in wrapped_parts(told, out.terminal.width):
            out.line(*parts)


def write_recorded(review: Review, out: Output) -> None:
    """Write that a verdict is on record."""
    style = {"adheres": "good", "violates": "error", "unclear": "warning"}[review.verdict]
    out.line(("Recorded: ", "faint"), (f"{review.score} {SCORES[review.score]}", style))  # type: ignore[arg-type]


def _speaker(turns: tuple[Turn, ...], number: int) -> str:
    role = turns[number].role
    word = SPEAKERS.get(role, visible(role))
    same = [at for at, turn in enumerate(turns) if turn.role == role]
    return word if len(same) == 1 else f"{word} {1 + same.index(number)}"


def _write_text(text: str, out: Output, width: int) -> None:
    """The paragraphs and lines of a text as they are, each wrapped."""
    for line in text.strip("\n").split("\n"):
        shown = visible(line.expandtabs(4)).rstrip()
        indent = INDENT + " " * (len(shown) - len(shown.lstrip(" ")))
        for part in wrapped(shown.lstrip(" "), width - len(indent)):
            out.line((indent + part).rstrip())


def _write_position(card: Card, out: Output, width: int) -> None:
    position = card.position
    head: list[Part] = [("Position ", "strong"), (visible(position.id), "strong")]
    if position.subject:
        stance = f"{STANCES[position.stance]} " if position.stance else ""
        head.append(f" ({stance}{visible(position.subject)})")
    for parts in wrapped_parts(head, width, indent=INDENT):
        out.line(*parts)
    if card.was is None or card.was.statement == position.statement:
        _write_text(position.statement, out, width)
    else:
        _write_parts(compared_parts(card.was.statement, position.statement), out, width)


def _write_changes(card: Card, out: Output, width: int) -> None:
    """What else is not as it was when the last review was given."""
    changes = [*_changed_fields(card.was, card.position), *_changed_turns(card.were, card.turns)]
    for label, parts in changes:
        out.line()
        out.line((f"{label}, since the last review", "note"))
        _write_parts(parts, out, width)


def _changed_fields(was: Position | None, now: Position) -> Iterator[tuple[str, list[Part]]]:
    if was is None:
        return
    for field in ("subject", "stance"):
        before, after = getattr(was, field) or "", getattr(now, field) or ""
        if before != after:
            yield f"The {field} of the position", compared_parts(before, after)


def _changed_turns(were: tuple[Turn, ...] | None, turns: tuple[Turn, ...]) -> Iterator[tuple[str, list[Part]]]:
    if were is None:
        return
    if len(were) != len(turns):
        yield f"{counted(len(were), 'turn')} before, {len(turns)} now", ["The conversation has other turns."]
        return
    for number, (before, after) in enumerate(zip(were, turns, strict=True)):
        if before.content != after.content:
            yield _speaker(turns, number), compared_parts(before.content, after.content, around=AROUND)


def compared_parts(before: str, after: str, around: int | None = None) -> list[Part]:
    """Two texts as one, with what went and what came marked."""
    parts: list[Part] = []
    for piece in word_pieces(before, after, around=around):
        text = visible(piece.text)
        if piece.fate == "kept":
            parts.append(f" {text} ")
        elif text:
            gone = piece.fate == "removed"
            parts += [" ", (f"[-{text}-]" if gone else f"{{+{text}+}}", "error" if gone else "good"), " "]
    return parts


def _write_parts(parts: Iterable[Part], out: Output, width: int) -> None:
    for line in wrapped_parts(parts, width, first=INDENT, indent=INDENT):
        out.line(*line)


def _write_own(card: Card, own: Review, out: Output, width: int) -> None:
    said = f"You gave {own.score} ({SCORES[own.score]}) on {own.at[:10]}"
    if not card.own_stands:
        said += ", before something was changed"
    why = f": {visible(own.rationale)}" if own.rationale else "."
    for parts in wrapped_parts([(said, "note"), why], width, indent=INDENT):
        out.line(*parts)


def write_nothing(out: Output, reviewer: str, *, asks: bool, unread: Iterable[str]) -> None:
    """Write that nothing is open."""
    _write_unread(out, unread)
    if asks:
        out.line(f"Nothing is open for {visible(reviewer)}.")
    else:
        out.line("No dataset asks for reviews. `reviews: {required: 1}` in one does; --all offers its samples now.")


def write_closing(
    out: Output, reviewed: int, skipped: int, total: int, passed: Mapping[str, int], unread: Iterable[str]
) -> None:
    """Write what became of a session."""
    out.line()
    _write_unread(out, unread)
    if own := passed.get("own"):
        out.line(f"Passed over: {counted(own, 'sample')} that you wrote yourself (--own offers them).")
    if gone := passed.get("gone"):
        out.line(f"Passed over: {counted(gone, 'sample')} that cannot be read any more.")
    left = total - reviewed - skipped - sum(passed.values())
    told = [
        f"{reviewed:,} reviewed",
        *([f"{skipped:,} skipped"] if skipped else []),
        *([f"{left:,} left"] if left else []),
    ]
    out.line((", ".join(told), "good" if not left and not skipped else "strong"), ".")


def _write_unread(out: Output, unread: Iterable[str]) -> None:
    for path in unread:
        out.line(("cannot be read to its end: ", "warning"), visible(path))
