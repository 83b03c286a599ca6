"""A model as judge: it is asked several times, with the scale in either order, and its votes are counted."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from palms_spec.documents.identity import canonical_hash
from palms_spec.errors import ProviderError
from palms_spec.judging.answer_form import Structured, Unread, Vote, read_answer, response_format
from palms_spec.judging.case import Case
from palms_spec.judging.judge import Judged, Used, reviewer_of
from palms_spec.judging.prompt import VERSION, every_wording, messages
from palms_spec.judging.scale import ORDERS, Order
from palms_spec.judging.votes import Ballot, decide
from palms_spec.providers.chat import ChatModel, Completion
from palms_spec.providers.refusals import EMPTY_PURSE
from palms_spec.providers.side_by_side import side_by_side

OF_ALL = frozenset((401, 402, 403, 404))
"""Statuses that no other case would change: the key, the purse, the right, the address or the name of the model."""
NOT_TAKEN = frozenset((400, 422))
MOST_FAILURES = 5
"""So many cases in a row, with no answer to any, and the server is given up."""
WRITTEN = 110
"""Tokens of an answer, for the estimate of a cost: three sentences and the rest of its form."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a model is asked: all that decides what is sent besides the case, and how its votes are counted."""

    ballot: Ballot
    structured: Structured = "schema"
    settings: Mapping[str, object] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """SHA-256, in hex, over every wording there is, the forms of an answer, the ballot and the settings."""
        return canonical_hash(
            {
                "version": str(VERSION),
                "wordings": every_wording(),
                "forms": [json.dumps(response_format(order, self.structured), sort_keys=True) for order in ORDERS],
                "ballot": str(self.ballot),
                "settings": json.dumps(dict(self.settings), sort_keys=True),
            }
        )


class ModelJudge:
    """A model that is asked in some manner, up to `workers` cases at a time."""

    def __init__(self, model: ChatModel, manner: Manner, workers: int) -> None:
        self.reviewer = reviewer_of(model.model, manner.hash)
        self.used = Used()
        self._model = model
        self._manner = manner
        self._workers = workers
        self._lock = threading.Lock()

    def judged(self, cases: Sequence[Case]) -> Iterator[Judged]:
        """See Judge. Raises ProviderError where the server takes no request of this kind, and where it has failed for
        several cases in a row."""
        failures = 0
        for case, result in side_by_side(cases, self._judge, self._workers):
            if isinstance(result, Judged):
                failures = 0
                yield result
                continue
            if not isinstance(result, ProviderError) or result.status in OF_ALL or result.code in EMPTY_PURSE:
                raise result
            failures += 1
            if failures >= min(MOST_FAILURES, len(cases)):
                raise self._explained(result)
            yield Judged(case, Unread(result.message), asked=False)

    def _judge(self, case: Case) -> Judged:
        votes: list[Vote] = []
        unread: list[Unread] = []
        for order in self._manner.ballot.orders(case):
            answer = self._vote(case, order)
            if isinstance(answer, Vote):
                votes.append(answer)
            else:
                unread.append(answer)
        return Judged(case, decide(self._manner.ballot, votes, unread), tuple(votes))

    def _vote(self, case: Case, order: Order) -> Vote | Unread:
        """One vote. An answer that cannot be read is asked for once more."""
        answer = self._ask(case, order, "")
        if isinstance(answer, Unread) and not answer.final:
            answer = self._ask(case, order, answer.why)
        return answer

    def _ask(self, case: Case, order: Order, again: str) -> Vote | Unread:
        completion = self._model.complete(
            f"a question about {case.sample}",
            messages(case, order, again=again),
            response_format(order, self._manner.structured),
        )
        self._count(completion)
        return read_answer(completion, order)

    def _count(self, completion: Completion) -> None:
        with self._lock:
            self.used.requests += 1
            if completion.tokens_in is None or completion.tokens_out is None:
                self.used.untold += 1
            self.used.tokens_in += completion.tokens_in or 0
            self.used.tokens_out += completion.tokens_out or 0

    def _explained(self, error: ProviderError) -> ProviderError:
        hint = error.hint
        if error.status in NOT_TAKEN and self._manner.structured == "schema":
            hint = "a server that takes no JSON Schema is asked with --structured object, or with --structured none"
        return ProviderError(
            error.message, hint=hint, status=error.status, code=error.code, passing=error.passing, undone=error.undone
        )


def characters(case: Case, ballot: Ballot) -> int:
    """How many characters are sent to have a case judged."""
    return sum(len(one.content) for order in ballot.orders(case) for one in messages(case, order))
