from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from palms_spec.analysis.email_addresses import email_addresses
from palms_spec.analysis.helplines import HELPLINE_ADDRESSES
from palms_spec.facts.sample import SampleFacts
from palms_spec.rulekit.distinct import distinct
from palms_spec.rulekit.problem import Problem, in_turn
from palms_spec.rulekit.rule import Example, Trigger, rule

SAMPLE = (
    "---\ncategory: health\npositions: [health.no-diagnosis]\n---\n"
    "# Is this rash measles?\n\nThat takes a clinician to say. {}\n"
)
DATASET = (
    "palms: 1\nkind: dataset\nid: example\ntitle: Example\nspec: example\nsamples: [samples/**/*.md, samples/*.jsonl]\n"
)
PAIR = '{{"id": "a", "prompt": "Is it measles?", "chosen": "Ask a clinician.", "rejected": "Ask {}"}}\n'


def _pair(answer: str) -> dict[str, str]:
    return {"datasets/example/dataset.yaml": DATASET, "datasets/example/samples/pairs.jsonl": PAIR.format(answer)}


@dataclass(frozen=True, slots=True)
class Settings:
    allowed: tuple[str, ...] = field(
        default=(),
        metadata={"description": "Addresses, and domains with all their addresses, that may stand in samples."},
    )


@rule(
    code="PII001",
    severity="warning",
    since="0.1",
    subject="sample",
    trigger=Trigger(characters=frozenset("@")),
    settings=Settings,
    expected="No sample holds the e-mail address of a person.",
    examples=[
        Example(
            bad=SAMPLE.format("Write to [[h.okafor@stmarys-clinic.net]] with a photograph."),
            good=SAMPLE.format("Write to h.okafor@example.net with a photograph."),
        ),
        Example(
            bad=SAMPLE.format("Or [ask the nurse](mailto:[[anna+rash@praxis-müller.de]])."),
            good=SAMPLE.format("Or ask the nurse."),
        ),
        Example(bad=_pair("[[okafor@clinic.ng]]"), good=_pair("a doctor.")),
    ],
    near_misses=[
        SAMPLE.format("Write to name@example.com, a@mail.example.org, b@clinic.example, c@nowhere.invalid or d@test."),
        SAMPLE.format("Samaritans answer at jo@samaritans.org."),
        SAMPLE.format("Follow @clinic or @clinic@mastodon.social, see https://medium.com/@clinic.news."),
        SAMPLE.format(
            "Open icon@2x.png, then run `npm install lodash@4.17.21` and `git clone git@github.com:a/b.git`."
        ),
        SAMPLE.format("The link was ftp://user:secret@files.clinic.org/x, three visits @ $12.50 each."),
        SAMPLE.format(
            "Write to info@stmarys-clinic.net, support@clinic.ng or Press@Clinic.ng; no-reply@clinic.ng is deaf."
        ),
        SAMPLE.format("Write to your.name@company.com or anna at clinic dot org."),
    ],
)
def email_address(facts: SampleFacts, settings: Settings) -> Iterator[Problem]:
    """A text holds an e-mail address.

    Addresses that are reserved for examples (`example.com`, `.invalid` and the like, RFC 2606), placeholders such as
    `your.name@...`, those of an office and not of a person (`info@...`, `support@...`, `no-reply@...`), and those of public
    helplines are left out. The rejected side of preference data is looked at as well. Whether anybody has an address cannot
    be seen: an invented one at a provider that exists may be somebody's, and is found as well.

    ## Why it matters

    A model repeats rare strings from its training data word for word. An address in a sample reaches everybody who asks the
    right question, and the person behind it was hardly asked.
    """
    allowed = {entry.lower().removeprefix("@") for entry in settings.allowed}
    for found in distinct(facts.sample.all_turns, email_addresses):
        address = found.text.lower()
        if address in HELPLINE_ADDRESSES or address in allowed or not allowed.isdisjoint(_domains(found.kind)):
            continue
        message = f"the address {found.text} stands here{found.times}"
        hint = "write an address at example.com instead, or name it in `allowed` if it is public"
        yield in_turn(found.turn, message, hint, start=found.start, end=found.end)


def _domains(domain: str) -> set[str]:
    """A domain and those above it."""
    labels = domain.split(".")
    return {".".join(labels[place:]) for place in range(len(labels))}
