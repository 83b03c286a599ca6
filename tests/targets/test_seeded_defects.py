"""Each defect, put into a clean file by itself, is found under its name, at its line, for the targets it is one for."""

from __future__ import annotations

import codecs
import copy
import gzip
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from palms_spec.rulekit.index import read_index
from palms_spec.targets import lines
from palms_spec.targets.plan import Plan
from palms_spec.targets.rows.reading import RowReader
from palms_spec.targets.rows.shapes import SHAPES
from tests.checking import EVERY_PLAN, checked, clean_row, clean_rows, plan_id, rules_found, written

NAMES = {word: record.name for record in read_index() for word in record.words}
Row = dict[str, Any]
LISTS = ("messages", "contents", "conversations")


def messages_of(row: Row) -> list[Any] | None:
    """The list of messages in which the last answer stands."""
    for key in ("preferred_output", "chosen", "completion", *LISTS):
        found: Any = row.get(key)
        if isinstance(found, list):
            return found
    return None


def keys_of(message: Row) -> tuple[str, str]:
    return ("from", "value") if "from" in message else ("role", "parts" if "parts" in message else "content")


def with_text(row: Row, text: str) -> Row:
    """The row with another text in the place of the last answer."""
    said = messages_of(row)
    if said is None:
        row[next(key for key in ("completion", "chosen", "text", "output", "answer") if key in row)] = text
        return row
    key = keys_of(said[-1])[1]
    said[-1][key] = [{"text": text}] if isinstance(said[-1][key], list) else text
    return row


def has_messages(plan: Plan) -> bool:
    return SHAPES[plan.shape].chat


def in_openai_form(plan: Plan) -> bool:
    return plan.shape == lines.OPENAI_CHAT


def always(plan: Plan) -> bool:
    return True


Change = Callable[[Plan, Row], Any]
Applies = Callable[[Plan], bool]


def missing_field(plan: Plan, row: Row) -> Row:
    row.pop(SHAPES[plan.shape].needed[0])
    return row


def without_role(plan: Plan, row: Row) -> Row:
    said = messages_of(row)
    assert said is not None
    said[-1].pop(keys_of(said[-1])[0])
    return row


def text_for_message(plan: Plan, row: Row) -> Row:
    said: list[Any] | None = messages_of(row)
    assert said is not None
    said.append("x")
    return row


def key_in_message(plan: Plan, row: Row) -> Row:
    said = messages_of(row)
    assert said is not None
    said[-1]["mood"] = "calm"
    return row


def other_role(plan: Plan, row: Row) -> Row:
    said = messages_of(row)
    assert said is not None
    said[-1][keys_of(said[-1])[0]] = "narrator"
    return row


def null_content(plan: Plan, row: Row) -> Row:
    said = messages_of(row)
    assert said is not None
    said[-1][keys_of(said[-1])[1]] = None
    return row


def number_for_text(plan: Plan, row: Row) -> Row:
    row[SHAPES[plan.shape].needed[-1]] = 17
    return row


def only_a_question(plan: Plan, row: Row) -> Row:
    said = messages_of(row)
    assert said is not None
    del said[1:]
    return row


def encoded(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode()


def surrogate(plan: Plan, row: Row) -> bytes:
    return encoded(with_text(row, "HALF")).replace(b"HALF", b"an answer \\ud83d")


def latin(plan: Plan, row: Row) -> bytes:
    return json.dumps(with_text(row, "caf\u00e9"), ensure_ascii=False).encode("latin-1")


def twice(plan: Plan, row: Row) -> bytes:
    key = json.dumps(next(iter(row)))
    return b"{" + key.encode() + b": null, " + encoded(row)[1:]


def nan(plan: Plan, row: Row) -> bytes:
    return encoded(row)[:-1] + b', "weight": NaN}'


def large(plan: Plan, row: Row) -> bytes:
    return encoded(row)[:-1] + b', "weight": 1e400}'


def more_turns(plan: Plan, row: Row, roles: tuple[str, ...]) -> Row:
    said = messages_of(row)
    assert said is not None
    names = form_roles(plan)
    question, answer = copy.deepcopy(said[0]), said[-1]
    role = keys_of(question)[0]
    turns = []
    for counts in roles:
        turn = copy.deepcopy(answer if counts == "assistant" else question)
        turn[role] = names[counts]
        turns.append(turn)
    said[:] = turns
    return row


def form_roles(plan: Plan) -> dict[str, str]:
    """What counts as a role, and how it is written."""
    return {counts: written for written, counts in reversed(list(RowReader(plan).form.roles.items()))}


def of_roles(*roles: str) -> Change:
    return lambda plan, row: more_turns(plan, row, roles)


def one_list(plan: Plan) -> bool:
    """Whether all messages of a row stand in one list."""
    return any(name in SHAPES[plan.shape].needed for name in LISTS) and plan.method == "sft"


def minds_systems(plan: Plan) -> bool:
    """Whether system messages stand among the others, and have to come first."""
    return one_list(plan) and "system" in form_roles(plan) and (plan.profile.system_first or plan.turns == "strict")


CALL: Row = {
    "role": "assistant",
    "content": None,
    "tool_calls": [{"id": "abcdefghi", "type": "function", "function": {"name": "look", "arguments": "{}"}}],
}
RESULT: Row = {"role": "tool", "tool_call_id": "abcdefghi", "content": "12 spots"}


def tools(call: Row = CALL, result: Row = RESULT) -> Change:
    def change(plan: Plan, row: Row) -> Row:
        said = row["messages"]
        said[1:1] = [copy.deepcopy(call), copy.deepcopy(result)]
        return row

    return change


def function(**fields: Any) -> Row:
    call: Row = copy.deepcopy(CALL)
    call["tool_calls"][0]["function"] |= fields
    return call


def takes_tools(plan: Plan) -> bool:
    return in_openai_form(plan) and plan.profile.tools


def weighted(key: str, value: object, at: int) -> Change:
    def change(plan: Plan, row: Row) -> Row:
        row["messages"][at][key] = value
        return row

    return change


def long_answer(plan: Plan, row: Row) -> Row:
    limit = plan.limits.row_tokens
    assert limit is not None
    return with_text(row, "word " * (limit.value * 2))


ROWS: list[tuple[str, str, Change, Applies]] = [
    ("a list", "data_type", lambda plan, row: [1, 2], always),
    ("a text", "data_type", lambda plan, row: "text", always),
    ("no JSON", "syntax-error", lambda plan, row: b"{'messages': []}", always),
    ("a field is missing", "missing_messages_list", missing_field, always),
    ("a message without a role", "message_missing_key", without_role, has_messages),
    ("a message that is a text", "message_missing_key", text_for_message, one_list),
    ("another key in a message", "message_unrecognized_key", key_in_message, has_messages),
    ("another key in the row", "message_unrecognized_key", lambda plan, row: {**row, "id": 7}, always),
    ("another role", "unrecognized_role", other_role, has_messages),
    ("null as content", "missing_content", null_content, has_messages),
    ("a number as text", "missing_content", number_for_text, lambda plan: not has_messages(plan)),
    ("no answer", "example_missing_assistant_message", only_a_question, one_list),
    ("not UTF-8", "encoding", latin, always),
    ("a key twice", "duplicate-key", twice, always),
    ("NaN", "non-finite-number", nan, always),
    ("a number beyond all", "non-finite-number", large, always),
    ("half a surrogate pair", "surrogate", surrogate, always),
    ("an empty answer", "empty-after-strip", lambda plan, row: with_text(row, ""), always),
    ("a blank answer", "empty-after-strip", lambda plan, row: with_text(row, " \n\u200b"), always),
    (
        "system not first",
        "system-not-first",
        of_roles("user", "system", "assistant"),
        minds_systems,
    ),
    (
        "two system messages",
        "more-than-one-system",
        of_roles("system", "system", "user", "assistant"),
        minds_systems,
    ),
    (
        "two turns of one role",
        "two-turns-of-one-role",
        of_roles("user", "user", "assistant"),
        lambda plan: one_list(plan) and plan.turns == "strict",
    ),
    (
        "last message not the assistant's",
        "last-message-not-assistant",
        of_roles("user", "assistant", "user"),
        lambda plan: one_list(plan) and plan.turns != "any",
    ),
    ("a weight on a question", "weight-out-of-place", weighted("weight", 1, 0), in_openai_form),
    ("half a weight", "weight-out-of-place", weighted("weight", 0.5, -1), in_openai_form),
    ("trainable as a text", "weight-out-of-place", weighted("trainable", "yes", -1), in_openai_form),
    ("a row's weight as a text", "weight-out-of-place", lambda plan, row: {**row, "weight": "much"}, always),
    (
        "every answer off",
        "nothing-to-train-on",
        weighted("weight", 0, -1),
        lambda plan: in_openai_form(plan) and plan.profile.message_weight == "weight",
    ),
    (
        "no message trainable",
        "nothing-to-train-on",
        weighted("trainable", False, -1),
        lambda plan: in_openai_form(plan) and plan.profile.message_weight == "trainable",
    ),
    ("an answer to no call", "tool-ids", tools(result={**RESULT, "tool_call_id": "other"}), takes_tools),
    ("a call without an id", "tool-ids", tools({**CALL, "tool_calls": [{"function": {"name": "a", "arguments": "{}"}}]}), takes_tools),
    ("a tool with a blank in its name", "tool-names", tools(function(name="look at")), takes_tools),
    ("arguments that are an object", "arguments-not-json", tools(function(arguments={"at": 1})), takes_tools),
    ("arguments that are no JSON", "arguments-not-json", tools(function(arguments="at: 1")), takes_tools),
    ("a blank line", "blank-line", lambda plan, row: b" ", always),
    (
        "a reserved marker",
        "reserved-marker",
        lambda plan, row: with_text(row, f"An answer with {plan.profile.markers[0]} in it."),
        lambda plan: bool(plan.profile.markers),
    ),
    (
        "too many tokens",
        "tokens-over-the-limit",
        long_answer,
        lambda plan: plan.limits.row_tokens is not None,
    ),
]  # fmt: skip


def seeded() -> Iterator[Any]:
    for what, name, change, applies in ROWS:
        plans = [plan for plan in EVERY_PLAN if applies(plan)]
        assert plans, f"{what} is a defect for no target"
        for plan in plans:
            yield pytest.param(plan, name, change, id=f"{what}, {plan_id(plan)}")


@pytest.mark.parametrize(("plan", "name", "change"), list(seeded()))
def test_a_defect_of_a_row_is_found_at_its_line(tmp_path, plan, name, change):
    rows: list[Any] = clean_rows(plan, 4)
    rows.insert(2, change(plan, clean_row(plan, 99)))
    done = checked(written(tmp_path / "rows.jsonl", rows), plan)
    lines_found = {one.place.span.line for one in done.outcome.stream() if one.rule == NAMES[name]}
    assert lines_found == {3}, sorted(rules_found(done))
    assert done.outcome.exit_code == 1 or name == "tokens-over-the-limit"


@pytest.mark.parametrize("plan", EVERY_PLAN, ids=plan_id)
def test_a_clean_file_has_none(tmp_path, plan):
    done = checked(written(tmp_path / "rows.jsonl", clean_rows(plan, 4)), plan)
    assert rules_found(done) == set()


@pytest.mark.parametrize("plan", EVERY_PLAN, ids=plan_id)
def test_too_few_rows_are_found(tmp_path, plan):
    least = plan.limits.rows_min.value if plan.limits.rows_min else 1
    done = checked(written(tmp_path / "rows.jsonl", clean_rows(plan)[: least - 1]), plan)
    assert rules_found(done) == {"too-few-examples"}


@pytest.mark.parametrize("plan", EVERY_PLAN, ids=plan_id)
def test_a_byte_order_mark_is_found_but_where_it_is_asked_for(tmp_path, plan):
    path = written(tmp_path / "rows.jsonl", clean_rows(plan))
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())
    assert rules_found(checked(path, plan)) == (set() if plan.profile.byte_order_mark else {"byte-order-mark"})


@pytest.mark.parametrize("plan", EVERY_PLAN, ids=plan_id)
def test_a_row_that_stands_twice_is_found(tmp_path, plan):
    rows = clean_rows(plan, 4)
    done = checked(written(tmp_path / "rows.jsonl", [*rows, rows[1]]), plan)
    assert [(one.rule, one.place.span.line) for one in done.outcome.stream()] == [
        (NAMES["exact-duplicate"], len(rows) + 1)
    ]
    assert list(done.repeated) == [sum(len(encoded(row)) + 1 for row in rows)]


def test_rows_that_are_much_alike_and_prompts_with_another_answer(tmp_path):
    words = " ".join(f"word{number}" for number in range(60))
    pairs = [(f"{words} and more, is it so?", "Nobody knows."), (f"{words} and less, is it so?", "Nobody knows.")]
    rows = [{"prompt": asked, "completion": said} for asked, said in [*pairs, (pairs[0][0], "Somebody knows it well.")]]
    done = checked(written(tmp_path / "rows.jsonl", rows), "completions", ignore=())
    assert {NAMES["near-duplicate"], NAMES["same-prompt-other-answer"]} <= rules_found(done)


@pytest.mark.parametrize("plan", [plan for plan in EVERY_PLAN if takes_tools(plan)], ids=plan_id)
def test_a_field_that_others_lack_is_found(tmp_path, plan):
    rows = clean_rows(plan, 4)
    rows[2]["tools"] = [{"type": "function", "function": {"name": "look", "parameters": {"type": "object"}}}]
    done = checked(written(tmp_path / "rows.jsonl", rows), plan)
    assert [(one.rule, one.place.span.line) for one in done.outcome.stream()] == [("mixed-columns", 3)]


@pytest.mark.parametrize("plan", [plan for plan in EVERY_PLAN if plan.profile.content_parts and in_openai_form(plan)], ids=plan_id)  # fmt: skip
def test_text_here_and_a_list_there_is_found(tmp_path, plan):
    rows = clean_rows(plan, 4)
    rows[2]["messages"][0]["content"] = [{"type": "text", "text": "Is it so?"}]
    done = checked(written(tmp_path / "rows.jsonl", rows), plan)
    assert [(one.rule, one.place.span.line) for one in done.outcome.stream()] == [("mixed-columns", 3)]


@pytest.mark.parametrize(
    ("target", "change"),
    [
        ("fireworks", lambda row: {**row, "weight": 0.5}),
        ("together", lambda row: {**row, "weight": 0.5}),
        ("bedrock-nova", lambda row: {**row, "system": [{"text": "Be brief."}]}),
        ("bedrock-claude", lambda row: {**row, "system": "Be brief."}),
        ("tinker", lambda row: {"messages": [{**one, "trainable": True} for one in row["messages"]]}),
    ],
)
def test_a_field_in_some_rows_is_found_where_it_is_all_or_none(tmp_path, target, change):
    plan = next(plan for plan in EVERY_PLAN if plan.profile.name == target)
    rows = clean_rows(plan, 6)
    rows[2] = change(rows[2])
    done = checked(written(tmp_path / "rows.jsonl", rows), plan)
    assert ("all-or-none", 3) in [(one_alias(one.rule), one.place.span.line) for one in done.outcome.stream()]
    everywhere = [change(row) for row in clean_rows(plan, 6)]
    assert rules_found(checked(written(tmp_path / "rows.jsonl", everywhere), plan)) == set()


def one_alias(name: str) -> str:
    return next((record.aliases[0] for record in read_index() if record.name == name and record.aliases), name)


@pytest.mark.parametrize("wide", ["utf-16", "utf-32"])
def test_a_file_in_another_encoding_is_one_finding(tmp_path, wide):
    path = tmp_path / "rows.jsonl"
    path.write_bytes("\n".join(map(json.dumps, clean_rows(EVERY_PLAN[0]))).encode(wide))
    assert [one.rule for one in checked(path, "openai").outcome.stream()] == [NAMES["encoding"]]


def test_a_file_that_is_one_list_is_one_finding(tmp_path):
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(clean_rows(EVERY_PLAN[0]), indent=2), "utf-8")
    (found,) = checked(path, "openai").outcome.stream()
    assert (found.rule, found.place.span.line) == (NAMES["data_type"], 1)


@pytest.mark.parametrize("plan", EVERY_PLAN[:1], ids=plan_id)
def test_packed_files_are_read_as_what_is_in_them(tmp_path, plan):
    rows: list[Any] = [*clean_rows(plan), [1]]
    path = written(tmp_path / "rows.jsonl", rows)
    plain = [(one.rule, one.place.span) for one in checked(path, plan).outcome.stream()]
    packed = tmp_path / "rows.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert [(one.rule, one.place.span) for one in checked(packed, plan).outcome.stream()] == plain != []
