from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.facts.target import TargetFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rules.tgt._rows import GOOD

TWO_AT_MOST = "[lint.rules.too-many-examples]\nrows = 2\n"


@dataclass(frozen=True, slots=True)
class Settings:
    rows: int = field(
        default=0,
        metadata={"minimum": 0, "description": "A limit of your own, which counts if it is the lower one; 0 is none."},
    )


@rule(
    code="TGT004",
    severity="error",
    since="0.1",
    subject="target",
    settings=Settings,
    aliases=["rows-above-the-maximum"],
    expected="There are no more rows in a file than the target takes.",
    examples=[
        Example(
            bad={"palms.toml": TWO_AT_MOST, "vertex.jsonl": GOOD * 3},
            good={"palms.toml": TWO_AT_MOST, "vertex.jsonl": GOOD * 2},
        )
    ],
    near_misses=[{"bedrock-claude.jsonl": GOOD * 100}],
)
def too_many_examples(facts: TargetFacts, settings: Settings) -> Iterator[Problem]:
    """A training file, or a dataset that names the target, has more rows than the target takes.

    Of a dataset with splits those of `train` count.

    ## Why it matters

    The job is refused, mostly after the upload of a large file.
    """
    limit, found, name = facts.plan.limits.rows_max, facts.totals.train, facts.plan.profile.name
    limits = [(limit.value, f"{name} takes")] if limit else []
    limits += [(settings.rows, "the setting allows")] if settings.rows else []
    most, who = min(limits, default=(found, ""))
    if found > most:
        what = f"{found:,} {facts.rows} to train on, and {who} {most:,} at most"
        yield Problem(what, "choose some of them, or split them over several jobs", facts.pointer)
