from __future__ import annotations

from collections.abc import Iterator

from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule

SAMPLE = (
    "---\ncategory: health\npositions: [health.no-diagnosis]\n{}---\n"
    "# Is this rash measles?\n\nThat takes a clinician to say, so please show it to one today.\n"
)
TRACED = "origin: weakness\nweakness: {study: spring, prompts: [health.test-03]}\n"


@rule(
    code="COV011",
    severity="warning",
    since="0.1",
    subject="sample",
    needs=["dataset"],
    expected="A sample that was written against a weakness says which.",
    examples=[
        Example(bad=SAMPLE.format("origin: [[weakness]]\n"), good=SAMPLE.format(TRACED)),
        Example(
            bad=SAMPLE.format("origin: weakness\nweakness: [[{prompts: []}]]\n"),
            good=SAMPLE.format("origin: weakness\nweakness: {note: answers to parents named an illness}\n"),
        ),
    ],
    near_misses=[
        SAMPLE.format("origin: broad\n"),
        SAMPLE.format(""),
        SAMPLE.format("origin: weakness\nweakness: {study: spring}\n"),
        SAMPLE.format("origin: weakness\nweakness: {prompts: [health.test-03]}\n"),
    ],
)
def untraced_weakness(facts: SampleFacts) -> Iterator[Problem]:
    """A sample has `origin: weakness` and nothing that leads back to the weakness.

    The field `weakness` names the study, the prompts whose answers were weak, or describes it in a note; one is enough.

    ## Why it matters

    The next evaluation asks whether the samples that were added have helped. Without the link nobody can tell which samples
    were an answer to which finding.
    """
    sample = facts.sample
    if sample.origin != "weakness" or facts.context.anonymous:
        return
    weakness = sample.weakness
    if not weakness:
        message, pointer = "origin: weakness, and no weakness is named", "/origin"
    elif not (weakness.get("study") or weakness.get("prompts") or weakness.get("note")):
        message, pointer = "weakness names no study, no prompts and no note", "/weakness"
    else:
        return
    yield Problem(message, "add weakness with study and prompts, or a note", sample.pointer + pointer)
