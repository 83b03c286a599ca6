"""The kinds of documents, and the model of each."""

from __future__ import annotations

from palms_spec.documents.dataset import Dataset
from palms_spec.documents.model import Model
from palms_spec.documents.packs import RulePack
from palms_spec.documents.prompts import PromptSet
from palms_spec.documents.sample import CompletionSample, MessagesSample, PreferenceSample
from palms_spec.documents.spec import Spec

FORMAT_VERSION = 1

KINDS: dict[str, type[Model]] = {
    "values-spec": Spec,
    "prompt-set": PromptSet,
    "dataset": Dataset,
    "rule-pack": RulePack,
}

SAMPLE_FORMS: dict[str, type[Model]] = {
    "sample": CompletionSample,
    "messages-sample": MessagesSample,
    "preference-sample": PreferenceSample,
}
