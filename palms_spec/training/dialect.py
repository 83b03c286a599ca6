"""What a line shape leaves open, and a target settles."""

from __future__ import annotations

from dataclasses import dataclass, replace

from palms_spec.targets.profile import Method, Profile, Turns


@dataclass(frozen=True, slots=True)
class Features:
    """What some record of a dataset has, so that all rows get a field for it: weights of messages, of rows."""

    message_weights: bool = False
    row_weights: bool = False

    def __or__(self, other: Features) -> Features:
        return Features(
            self.message_weights or other.message_weights,
            self.row_weights or other.row_weights,
        )


@dataclass(frozen=True, slots=True)
class Dialect:
    """How rows of one file are written. `message_weight` is the key of a message's weight, "" where none has one;
    `row_weight` says whether rows have one. The other fields are those of the profile."""

    message_weight: str = ""
    row_weight: bool = False
    tools: bool = False
    call_id_length: int = 0
    turns: Turns = "any"
    system_first: bool = False
    markers: tuple[str, ...] = ()

    @classmethod
    def of(cls, profile: Profile, method: Method) -> Dialect:
        """The dialect of a target for records without weights."""
        return cls(
            tools=profile.tools and method == "sft",
            call_id_length=profile.call_id_length,
            turns=profile.turns_of(method),
            system_first=profile.system_first,
            markers=profile.markers,
        )

    def with_features(self, profile: Profile, features: Features) -> Dialect:
        """The dialect for records of which some have these features, as far as the target knows them."""
        return replace(
            self,
            message_weight=profile.message_weight if features.message_weights else "",
            row_weight=profile.row_weight and features.row_weights,
        )
