"""Addresses of providers: where keys may travel."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from palms_spec.errors import UsageError

LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


def checked_base(base: str, whose: str) -> str:
    """An address to send a key to, without a slash at its end.

    Raises UsageError for what is none, for one that is not encrypted and not on this machine, and for one with a
    password in it.
    """
    try:
        parts = urlsplit(base)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("http", "https"):
        shown = "" if "@" in base else f" {base}"
        raise UsageError(f"the address{shown} of {whose} is none", hint="write it as https://example.org/v1")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise UsageError(
            f"the address of {whose} has more than a host and a path in it",
            hint="keys come from the environment, not with the address",
        )
    if parts.scheme == "http" and host not in LOOPBACK:
        raise UsageError(f"{base} is not encrypted, and a key would travel there for all to read", hint="use https://")
    return base.rstrip("/")


def host_of(base: str) -> str:
    """The machine in an address, with its port."""
    return urlsplit(base).netloc


def segment(name: str) -> str:
    """A name as one part of a path, whatever is in it."""
    quoted = quote(name, safe="", errors="surrogatepass")
    return quoted if quoted.strip(".") else quoted.replace(".", "%2E")
