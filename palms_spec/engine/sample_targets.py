"""The samples of a dataset, looked at for the targets that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from palms_spec.documents.context import SampleContext
from palms_spec.documents.identity import content_id
from palms_spec.documents.sample import Sample
from palms_spec.documents.splits import split_of
from palms_spec.engine.row_rules import RowRules
from palms_spec.engine.running import Found
from palms_spec.errors import UsageError
from palms_spec.facts.row import RowFacts
from palms_spec.facts.row_totals import Place, RowTotals
from palms_spec.targets.plan import plan_for
from palms_spec.targets.rows.reading import RowReader
from palms_spec.targets.rows.samples import fields_of, sample_row


class SampleTargets:
    """The targets of one context that there are, made ready."""

    def __init__(self, context: SampleContext, rules: RowRules) -> None:
        self._context = context
        self._rules = rules
        self._readers = list(_readers(context))

    def look(self, sample: Sample, totals: dict[int, RowTotals]) -> Iterator[Found]:
        """What the rules about rows find in a sample, target by target. It is counted in the totals, which are by the
        number of the target."""
        context = self._context
        is_trained = context.shares is None or _split(sample, context) == "train"
        size = sum([len(turn.content.encode("utf-8", "surrogatepass")) for turn in sample.all_turns])
        size += len(context.system_prompt.encode("utf-8", "surrogatepass"))
        for number, reader in self._readers:
            row = sample_row(sample, reader, context.system_prompt)
            _count(
                totals.setdefault(number, RowTotals()),
                row.form,
                fields_of(sample, reader, context.system_prompt),
                reader,
                is_trained,
            )
            facts = RowFacts(reader, row, size, written=False)
            for record, problem in self._rules.found(facts):
                yield record, replace(problem, causes=(*problem.causes, context.dataset_path))


def _count(totals: RowTotals, form: tuple[str, ...], fields: list[str], reader: RowReader, is_trained: bool) -> None:
    totals.rows += 1
    totals.train += is_trained
    totals.add_form(form, Place(0, 0))
    if "system" in reader.plan.profile.all_or_none:
        totals.add_field("system", "system" in fields, Place(0, 0))


def _readers(context: SampleContext) -> Iterator[tuple[int, RowReader]]:
    for number, (target, method, shape, model, max_tokens) in enumerate(context.targets):
        try:
            plan = plan_for(target, method=method, shape=shape, model=model, max_tokens=max_tokens)
        except UsageError:
            continue  # a rule about the dataset says so
        yield number, RowReader(plan)


def _split(sample: Sample, context: SampleContext) -> str:
    assert context.shares is not None
    return split_of(context.seed, sample.id or content_id(sample.turns), context.shares)
