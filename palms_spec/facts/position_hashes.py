"""The wordings of all positions at hand, as reviews know them."""

from __future__ import annotations

from collections.abc import Iterable

from palms_spec.documents.identity import position_hash
from palms_spec.documents.reviews import Review
from palms_spec.documents.spec import Spec


class PositionHashes:
    """Hashes of the positions of specifications; of positions with one id in a specification, of the first."""

    def __init__(self, specs: Iterable[Spec]) -> None:
        self._now: dict[str, dict[str, str]] = {}
        self._ids: dict[str, dict[str, None]] = {}
        for spec in specs:
            own = self._now.setdefault(spec.id, {})
            for category in spec.categories:
                for position in category.positions:
                    if position.id not in own:
                        hashed = own[position.id] = position_hash(position)
                        self._ids.setdefault(hashed, {})[position.id] = None

    def now(self, spec: str, position: str) -> str:
        """The hash of a position as it reads now; "" where there is none."""
        return self._now.get(spec, {}).get(position, "")

    def meant(self, review: Review) -> tuple[str, ...]:
        """Ids of the positions that a review is about: those that read as the one it judged, whatever they are called;
        where none does any more, the one of its name."""
        return tuple(self._ids.get(review.position_hash, ())) or (review.position,)

    def ids(self) -> set[str]:
        """The ids of all positions."""
        return {name for own in self._now.values() for name in own}
