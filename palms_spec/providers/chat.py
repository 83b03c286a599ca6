"""A model that is asked over the chat completions of OpenAI and those who speak as it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from palms_spec.providers.answers import Answer, malformed
from palms_spec.providers.openai_sdk import Client
from palms_spec.providers.pace import Pace
from palms_spec.providers.retries import Retries

OWN_FIELDS = frozenset(("model", "messages", "response_format", "stream", "stream_options", "n", "tools", "functions"))
"""What a request says by itself, and no setting may."""


@dataclass(frozen=True, slots=True)
class Message:
    """What one side says."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model answers. `refusal` is what it says in place of an answer, "" if it answers; `finish` is the server's
    word for why it ends. Tokens are None where the server does not tell."""

    text: str
    refusal: str
    finish: str
    tokens_in: int | None
    tokens_out: int | None


class ChatModel:
    """One model at one address. `settings` are further fields of the request, by the server's names for them."""

    def __init__(
        self, client: Client, model: str, retries: Retries, pace: Pace, settings: Mapping[str, object] | None = None
    ) -> None:
        self.model = model
        self._client = client
        self._retries = retries
        self._pace = pace
        self._settings = dict(settings or {})

    def complete(
        self, about: str, messages: Sequence[Message], response_format: Mapping[str, Any] | None = None
    ) -> Completion:
        """The model's answer. What is worth trying again is tried again; raises ProviderError."""
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": one.role, "content": one.content} for one in messages],
        }
        if response_format is not None:
            body["response_format"] = response_format

        def attempt() -> Completion:
            self._pace.wait()
            answer = self._client.call(
                about,
                lambda sdk: sdk.chat.completions.with_raw_response.create(**body, extra_body=self._settings or None),
            )
            return _completion(answer)

        return self._retries.call(attempt)


def _completion(answer: Answer) -> Completion:
    choices = answer.objects("choices")
    if not choices:
        raise malformed(answer.whose, answer.about, "no choice")
    message, usage = choices[0].object("message"), answer.object("usage")
    if "message" not in choices[0]:
        raise malformed(answer.whose, answer.about, "no message")
    return Completion(
        message.text("content"),
        message.text("refusal"),
        choices[0].text("finish_reason"),
        usage.whole("prompt_tokens"),
        usage.whole("completion_tokens"),
    )
