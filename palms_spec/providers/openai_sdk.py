"""The openai SDK, which does the talking: for OpenAI, Azure and whoever speaks as they do. The one place that knows it.

Answers are read from their bodies, not from the SDK's models, which take anything for valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from palms_spec.errors import MissingExtra
from palms_spec.providers.addresses import host_of
from palms_spec.providers.answers import Answer, answer_of
from palms_spec.providers.refusals import refusal, unreachable
from palms_spec.providers.secrets import Secret

CONNECT_SECONDS = 15.0
ANSWER_SECONDS = 60.0
UPLOAD_SECONDS = 600.0


class Client:
    """Calls the API at an address. `answer_seconds` is for how long an answer may say nothing.

    The SDK's own retries are off: it would start a job twice where the answer to the first request was lost.
    """

    def __init__(
        self, whose: str, base: str, secret: Secret, key_name: str, answer_seconds: float = ANSWER_SECONDS
    ) -> None:
        try:
            import openai
        except ImportError:
            raise MissingExtra("openai", "providers") from None
        self.whose = whose
        self.base = base
        self._openai = openai
        self._secret = secret
        self._key_name = key_name
        self._seconds = answer_seconds
        self._client = openai.OpenAI(
            api_key=secret.reveal() or "none", base_url=base, max_retries=0, timeout=self._timeout(answer_seconds)
        )

    @property
    def account(self) -> str:
        """The project or organization that the SDK takes from the environment, "" if it takes none."""
        return self._client.project or self._client.organization or ""

    def call(self, about: str, request: Callable[[Any], Any]) -> Answer:
        """The object that a request gives. `request` is handed the SDK's client, and returns a raw response."""
        return answer_of(self.content(about, request), self.whose, about)

    def content(self, about: str, request: Callable[[Any], Any]) -> bytes:
        """The bytes that a request gives."""
        with self._translated(about, self._seconds):
            content: bytes = request(self._client).content
        return content

    def upload(self, about: str, request: Callable[[Any], Any]) -> Answer:
        """The object that a request with a file in it gives; it may take its time."""
        with self._translated(about, UPLOAD_SECONDS):
            content = request(self._client.with_options(timeout=self._timeout(UPLOAD_SECONDS))).content
        return answer_of(content, self.whose, about)

    def _timeout(self, seconds: float) -> Any:
        return self._openai.Timeout(seconds, connect=CONNECT_SECONDS)

    @contextmanager
    def _translated(self, about: str, seconds: float) -> Iterator[None]:
        openai = self._openai
        try:
            yield
        except openai.APITimeoutError as error:
            connecting = type(error.__cause__).__name__ == "ConnectTimeout"
            raise unreachable(self.whose, about, f"nothing for {seconds:.0f} s", undone=connecting) from None
        except openai.APIConnectionError as error:
            raise self._no_connection(about, error) from None
        except openai.APIStatusError as error:
            headers: Mapping[str, str] = {name.lower(): value for name, value in error.response.headers.items()}
            raise refusal(
                self.whose,
                about,
                status=error.status_code,
                headers=headers,
                body=error.response.content,
                secret=self._secret,
                key_name=self._key_name,
            ) from None

    def _no_connection(self, about: str, error: Exception) -> Exception:
        kind = type(error.__cause__).__name__
        if kind in ("ConnectError", "ProxyError", "UnsupportedProtocol"):
            return unreachable(self.whose, about, f"no connection to {host_of(self.base)}", undone=True)
        return unreachable(self.whose, about, "the connection broke", undone=False)
