from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.facts.target import TargetFacts
from palms_spec.rulekit.problem import Problem
from palms_spec.rulekit.rule import Example, rule
from palms_spec.rules.tgt._rows import GOOD

TINY = "[lint.rules.file-too-large]\nmegabytes = 0.0002\n"


@dataclass(frozen=True, slots=True)
class Settings:
    megabytes: float = field(
        default=0.0,
        metadata={"minimum": 0, "description": "A limit of your own, which counts if it is the lower one; 0 is none."},
    )


@rule(
    code="TGT005",
    severity="error",
    since="0.1",
    subject="target",
    settings=Settings,
    expected="A training file is no larger than the target takes.",
    examples=[
        Example(
            bad={"palms.toml": TINY, "azure.jsonl": GOOD * 2},
            good={"palms.toml": TINY, "azure.jsonl": GOOD},
        )
    ],
    near_misses=[{"openai.jsonl": GOOD * 100}],
)
def file_too_large(facts: TargetFacts, settings: Settings) -> Iterator[Problem]:
    """A training file has more bytes than the target takes.

    Of a file that is packed (.gz) the unpacked bytes count, since targets take no packed ones.

    ## Why it matters

    The upload is refused, at its beginning or at its end.
    """
    limit, found, name = facts.plan.limits.file_bytes, facts.bytes or 0, facts.plan.profile.name
    limits = [(float(limit.value), f"{name} takes")] if limit else []
    limits += [(settings.megabytes * 1e6, "the setting allows")] if settings.megabytes else []
    most, who = min(limits, default=(float(found), ""))
    if found > most:
        what = f"{_megabytes(found)} MB, and {who} {_megabytes(most)} MB at most"
        yield Problem(what, "split the rows over several files", facts.pointer)


def _megabytes(count: float) -> str:
    return f"{count / 1e6:,.0f}" if count >= 1e8 else f"{count / 1e6:,.4g}"
