from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.row import RowFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.repair import Put, Repair
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rules.tgt._rows import ANSWER, QUESTION, chat
from palms_spec.rules.tgt._tools import call, result, tool_calls
from palms_spec.targets.call_ids import is_short_id, short_id


@rule(
    code="TGT024",
    severity="error",
    since="0.1",
    subject="row",
    aliases=["tool-ids"],
    expected="What a tool answers names the call that it answers, and every call has an id of its own.",
    examples=[
        Example(
            bad={"openai.jsonl": chat(QUESTION, call("call_1"), result('[["call_2"]]'), ANSWER)},
            good={"openai.jsonl": chat(QUESTION, call("call_1"), result('"call_1"'), ANSWER)},
        ),
        Example(
            bad={"together.jsonl": chat(QUESTION, call("a"), result('"a"'), call('[["a"]]'), result('"a"'), ANSWER)},
            good={"together.jsonl": chat(QUESTION, call("a"), result('"a"'), call("b"), result('"b"'), ANSWER)},
        ),
        Example(
            bad={"mistral.jsonl": chat(QUESTION, call('[["call_1"]]'), result('"call_1"'), ANSWER)},
            good={"mistral.jsonl": chat(QUESTION, call("Rgj3pdhdm"), result('"Rgj3pdhdm"'), ANSWER)},
            fix="safe",
        ),
    ],
    near_misses=[{"openai.jsonl": chat(QUESTION, call("call_1"))}],
)
def unmatched_tool_call(facts: RowFacts) -> Iterator[Problem]:
    """Calls of tools and what answers them do not go together by their ids.

    What a tool answers names no call before it, a call is never answered, or ids are missing, given twice or not as the
    target has them. The calls of the last message may be without an answer. Some targets want ids of a fixed length;
    `palms check --fix` gives new ones there, the same for the same.

    ## Why it matters

    The provider refuses the file, or a chat template fails at the row.
    """
    open_calls: dict[str, str] = {}
    seen: set[str] = set()
    for message in facts.messages if facts.form.tools else ():
        for pointer, one in tool_calls(message):
            name = one.get("id") if type(one) is dict else None
            where = f"in message {message.number}"
            if type(name) is not str or not name:
                yield Problem(f"a call {where} has no id", "give it one", pointer)
                continue
            if name in seen:
                yield Problem(f"a call {where} has the id of an earlier one", "give it its own", f"{pointer}/id")
            seen.add(name)
            open_calls[name] = pointer
        if message.role == "tool" and message.value.get("role") == "tool":
            name = message.value.get("tool_call_id")
            if type(name) is not str or name not in seen:
                what = "no call" if name is None else "a call that is not there"
                place = message.pointer + ("/tool_call_id" if "tool_call_id" in message.value else "")
                yield Problem(f"message {message.number} answers {what}", "name the call in tool_call_id", place)
            else:
                open_calls.pop(name, None)
    last = facts.messages[-1].pointer if facts.messages else ""
    for pointer in open_calls.values():
        if not pointer.startswith(last + "/"):
            yield Problem("no message answers this call", "add the tool's answer, or take the call out", pointer)
    yield from _other_length(facts)


def _other_length(facts: RowFacts) -> Iterator[Problem]:
    """Ids that are not of the target's length: one problem, since all of them are to be changed together."""
    length = facts.plan.profile.call_id_length
    if not length or not facts.form.tools:
        return
    places = [
        (f"{pointer}/id", one.get("id"))
        for message in facts.messages
        for pointer, one in tool_calls(message)
        if type(one) is dict
    ]
    places += [
        (f"{message.pointer}/tool_call_id", message.value["tool_call_id"])
        for message in facts.messages
        if "tool_call_id" in message.value
    ]
    wrong = [(place, name) for place, name in places if type(name) is str and name and not is_short_id(name, length)]
    if wrong:
        changes = tuple(Put(place, short_id(name, length)) for place, name in wrong)
        what = f"an id of a call has not {length} letters and digits"
        yield Problem(what, pointer=wrong[0][0], repair=Repair("give the calls new ids", "safe", changes))
