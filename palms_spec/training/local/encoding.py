"""A row as tokens, with the answer told apart: only its tokens are learnt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from palms_spec.errors import PalmsError, UsageError

IGNORED = -100
"""The label of a token that is read and not learnt."""
Row = dict[str, Any]


class UnlearnableRow(PalmsError):
    """A row cannot be learnt as it stands. `line` is its number in the file, 0 as long as nobody has said it."""

    def __init__(self, message: str, *, hint: str = "", line: int = 0) -> None:
        super().__init__(message, hint=hint)
        self.line = line


class Tokenizer(Protocol):
    """What is needed of a tokenizer of transformers."""

    @property
    def chat_template(self) -> str | None: ...
    @property
    def eos_token(self) -> str | None: ...
    @property
    def all_special_tokens(self) -> list[str]: ...
    def __call__(self, text: str) -> Any: ...
    def apply_chat_template(self, conversation: list[dict[str, str]], **given: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Encoded:
    """The tokens of a row; those from `answer` on are the answer's."""

    tokens: Sequence[int]
    answer: int

    @property
    def labels(self) -> list[int]:
        """For each token what is to be learnt there."""
        return [IGNORED] * self.answer + list(self.tokens[self.answer :])


class Encoder:
    """Turns rows of prompt and completion into tokens, as the model will read them when it is asked."""

    def __init__(self, tokenizer: Tokenizer, separator: str, most: int) -> None:
        self._tokenizer = tokenizer
        self._separator = separator
        self._most = most
        self._marks = [mark for mark in tokenizer.all_special_tokens if mark.strip()]

    def encode(self, row: Row) -> Encoded:
        """The tokens of a row. Raises UnlearnableRow, and UsageError where the model takes no such rows at all."""
        chat = isinstance(row["prompt"], list)
        self._check_marks([one["content"] for one in row["prompt"] + row["completion"]] if chat else list(row.values()))
        asked, answered = self._chat(row) if chat else self._text(row)
        if answered[: len(asked)] != asked:
            raise UnlearnableRow("the question has other tokens once an answer follows it", hint=_BOUNDARY[chat])
        if len(answered) == len(asked):
            raise UnlearnableRow("the answer has no tokens")
        if len(answered) > self._most:
            raise UnlearnableRow(
                f"it has {len(answered):,} tokens, and there is room for {self._most:,}",
                hint="shorten the sample, or set max_tokens if the model takes more",
            )
        return Encoded(answered, len(asked))

    def _chat(self, row: Row) -> tuple[list[int], list[int]]:
        tokenizer = self._tokenizer
        if not tokenizer.chat_template:
            raise UsageError(
                "this model has no chat template, so it cannot be trained on messages",
                hint="compile with --shape prompt-completion, or take a model for chats",
            )
        asked = tokenizer.apply_chat_template(row["prompt"], add_generation_prompt=True, return_dict=True)
        answered = tokenizer.apply_chat_template(row["prompt"] + row["completion"], return_dict=True)
        return list(asked["input_ids"]), list(answered["input_ids"])

    def _text(self, row: Row) -> tuple[list[int], list[int]]:
        prompt = row["prompt"] + self._separator
        end = self._tokenizer.eos_token or ""
        answered = self._tokenizer(prompt + row["completion"] + end)
        return list(self._tokenizer(prompt)["input_ids"]), list(answered["input_ids"])

    def _check_marks(self, texts: list[str]) -> None:
        for mark in self._marks:
            if any(mark in text for text in texts):
                raise UnlearnableRow(
                    f"its text holds {mark}, which this model takes for a mark of its own", hint="rewrite the sample"
                )


_BOUNDARY = {
    True: "the model's chat template writes a conversation another way when it goes on; take another model",
    False: 'set separator to what no token runs across, such as "\\n"',
}
