"""Requests over HTTP, for providers whose protocol we speak ourselves. The one place that knows httpx.

Redirects are never followed by themselves: a key does not travel to where an answer points.
"""

from __future__ import annotations

import logging
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from palms_spec.errors import MissingExtra, ProviderError
from palms_spec.providers.addresses import host_of
from palms_spec.providers.answers import Answer, answer_of
from palms_spec.providers.provider import Sent, TrainingFile
from palms_spec.providers.refusals import refusal, unreachable
from palms_spec.providers.retries import Retries
from palms_spec.providers.secrets import Secret
from palms_spec.providers.sending import SentFile

CONNECT_SECONDS = 15.0
ANSWER_SECONDS = 60.0
UPLOAD_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Got:
    """An answer of success: its status, its headers by name in lower case, and its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Http:
    """Asks one provider. `answer_seconds` is for how long an answer may say nothing."""

    def __init__(
        self,
        whose: str,
        base: str,
        secret: Secret,
        key_name: str,
        retries: Retries,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        try:
            import httpx
        except ImportError:
            raise MissingExtra("httpx", "providers") from None
        # At these levels both write whole addresses and headers, with signatures that are as good as a key.
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.WARNING)
        self.whose = whose
        self.base = base
        self.retries = retries
        self._httpx = httpx
        self._secret = secret
        self._key_name = key_name
        self._answer_seconds = answer_seconds
        self._client = httpx.Client(follow_redirects=False, headers={"user-agent": "palms"})

    def get(self, path: str, about: str, query: Mapping[str, str] | None = None) -> Answer:
        """The object at a path."""
        return self.retries.call(lambda: self.read(self.once("GET", path, about, params=query), about))

    def post(self, path: str, about: str, value: Mapping[str, Any], query: Mapping[str, str] | None = None) -> Answer:
        """What a request that may be made twice gives."""
        return self.retries.call(lambda: self.post_once(path, about, value, query))

    def post_once(
        self, path: str, about: str, value: Mapping[str, Any], query: Mapping[str, str] | None = None
    ) -> Answer:
        """What a request gives, without another try."""
        return self.read(self.once("POST", path, about, params=query, json=value), about)

    def once(self, method: str, path: str, about: str, *, expect: Container[int] = (), **content: Any) -> Got:
        """One request to the provider. Raises ProviderError for what is no success, but for the statuses `expect`."""
        with self._translated(about, self._answer_seconds):
            response = self._client.request(
                method,
                self.base + path,
                headers=self._authorization,
                timeout=self._timeout(self._answer_seconds),
                **content,
            )
        return self._got(response, about, self._secret, expect)

    def send_form(self, path: str, about: str, file: TrainingFile, sent: Sent) -> None:
        """Send a file to the provider as the part `file` of a form; one try."""
        with SentFile(file, sent) as content:
            self._send(
                "POST",
                self.base + path,
                about,
                self._secret,
                headers=self._authorization,
                files={"file": (file.name, content, "application/jsonl")},
            )
            content.check()

    def send_to(self, url: str, about: str, file: TrainingFile, sent: Sent, headers: Mapping[str, str]) -> None:
        """Send a file to an address that the provider gave; one try. The address is as secret as a key, and the key
        does not go there."""
        self._check_address(url)
        with SentFile(file, sent) as content:
            length = {"content-length": str(file.bytes)}
            self._send("PUT", url, about, Secret(url), headers={**length, **headers}, content=content.parts())
            content.check()

    def fetch(self, url: str, about: str) -> bytes:
        """The bytes at an address that the provider gave, which is as secret as a key."""
        self._check_address(url)

        def attempt() -> bytes:
            with self._translated(about, self._answer_seconds):
                response = self._client.get(url, timeout=self._timeout(self._answer_seconds))
            return self._got(response, about, Secret(url)).body

        return self.retries.call(attempt)

    def _send(self, method: str, url: str, about: str, secret: Secret, **content: Any) -> None:
        with self._translated(about, UPLOAD_SECONDS):
            response = self._client.request(method, url, timeout=self._timeout(UPLOAD_SECONDS), **content)
        self._got(response, about, secret)

    def _got(self, response: Any, about: str, secret: Secret, expect: Container[int] = ()) -> Got:
        headers = {name.lower(): value for name, value in response.headers.items()}
        if response.is_success or response.status_code in expect:
            return Got(response.status_code, headers, response.content)
        raise refusal(
            self.whose,
            about,
            status=response.status_code,
            headers=headers,
            body=response.content,
            secret=secret,
            key_name=self._key_name,
        )

    def read(self, got: Got, about: str) -> Answer:
        """The object in an answer; nothing at all counts as an empty one."""
        return answer_of(got.body or b"{}", self.whose, about)

    @property
    def _authorization(self) -> dict[str, str]:
        key = self._secret.reveal()
        return {"authorization": f"Bearer {key}"} if key else {}

    def _timeout(self, seconds: float) -> Any:
        return self._httpx.Timeout(seconds, connect=CONNECT_SECONDS)

    def _check_address(self, url: str) -> None:
        parts = urlsplit(url)
        if not (parts.scheme == "https" or (parts.scheme == "http" and urlsplit(self.base).scheme == "http")):
            raise ProviderError(f"{self.whose} points to an address that is not encrypted", undone=True)

    @contextmanager
    def _translated(self, about: str, seconds: float) -> Iterator[None]:
        httpx = self._httpx
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError):
            raise unreachable(self.whose, about, f"no connection to {host_of(self.base)}", undone=True) from None
        except httpx.TimeoutException:
            raise unreachable(self.whose, about, f"nothing for {seconds:.0f} s", undone=False) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise unreachable(self.whose, about, _words(error), undone=False) from None


def _words(error: Exception) -> str:
    """What broke a connection. The message of an error may quote what was sent, so its kind has to do."""
    return {
        "ReadError": "the connection broke",
        "WriteError": "the connection broke",
        "RemoteProtocolError": "the connection was closed before the answer was complete",
    }.get(type(error).__name__, type(error).__name__)
