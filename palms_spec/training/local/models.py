"""Models and tokenizers. The only file that imports transformers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import transformers
from huggingface_hub import snapshot_download

from palms_spec.errors import PalmsError

FETCHED = ("*.json", "*.safetensors", "*.model", "*.txt", "*.jinja")
"""Weights in formats that can hold code are not fetched."""

Callback: Any = transformers.TrainerCallback


def quieten() -> None:
    """Have nothing written but warnings."""
    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_warning()


def set_seeds(seed: int) -> None:
    """Begin all random numbers anew."""
    transformers.set_seed(seed)


def folder_of(base: str, revision: str | None) -> Path:
    """The folder of a model, fetched first if it is a name. Raises PalmsError where it cannot be fetched."""
    if os.path.isabs(base):
        return Path(base)
    try:
        return Path(snapshot_download(base, revision=revision, allow_patterns=list(FETCHED)))
    except Exception as error:
        raise PalmsError(
            f"{base} cannot be fetched: {_words(error)}",
            hint="fetch it where there is a network, and name the folder",
        ) from error


def load_tokenizer(folder: Path) -> Any:
    """The tokenizer in a model's folder. One without a token to fill up with takes that which ends a text."""
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
    except Exception as error:  # of whatever library reads the file that is broken
        raise PalmsError(f"{folder} holds no tokenizer that can be loaded: {_words(error)}") from error
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def load_model(folder: Path, number_type: Any) -> Any:
    """The model for causal language in a folder. Raises PalmsError where some of it is not there or cannot be read."""
    try:
        model, found = transformers.AutoModelForCausalLM.from_pretrained(
            str(folder), dtype=number_type, local_files_only=True, use_safetensors=True, output_loading_info=True
        )
    except Exception as error:  # of whatever library reads the file that is broken
        raise PalmsError(f"{folder} holds no model that can be trained here: {_words(error)}") from error
    if missing := sorted(found["missing_keys"]):
        raise PalmsError(f"{folder} holds no weights for {', '.join(missing[:3])}", hint="is it whole?")
    return model


def room_of(model: Any) -> int | None:
    """The most tokens that a model takes, None if it does not say so."""
    return getattr(model.config.get_text_config(), "max_position_embeddings", None)


def stops_of(model: Any, tokenizer: Any) -> frozenset[int]:
    """The tokens at which a model stops writing."""
    found = model.generation_config.eos_token_id
    stops = found if isinstance(found, list) else [found]
    return frozenset(stop for stop in (*stops, tokenizer.eos_token_id) if stop is not None)


def save(model: Any, tokenizer: Any, folder: Path) -> None:
    """Write a model and its tokenizer into a folder that `from_pretrained` loads."""
    model.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))


def _words(error: Exception) -> str:
    """What an error says, in one line."""
    return " ".join(str(error).split())
