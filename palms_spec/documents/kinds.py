"""The kinds of documents, and the model of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from palms_spec.documents.model import Model

FORMAT_VERSION = 1


class Models(Mapping[str, type[Model]]):
    """Models by the name of what they describe, each imported when it is asked for: most projects have no documents of
    some kinds. `places` are `module:class` in this folder."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = places

    def __getitem__(self, name: str) -> type[Model]:
        module, _, model = self._places[name].partition(":")
        found: type[Model] = getattr(import_module(f"palms_spec.documents.{module}"), model)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


KINDS = Models(
    {
        "values-spec": "spec:Spec",
        "prompt-set": "prompts:PromptSet",
        "dataset": "dataset:Dataset",
        "rule-pack": "packs:RulePack",
    }
)

SAMPLE_FORMS = Models(
    {
        "sample": "sample_forms:CompletionSample",
        "messages-sample": "sample_forms:MessagesSample",
        "preference-sample": "sample_forms:PreferenceSample",
        "preference-conversation": "sample_forms:PreferenceConversation",
    }
)

RECORDS = Models({"review": "reviews:Review", "approval": "approvals:Approval"})
