"""Providers by name, with their keys from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from palms_spec.documents.suggestion import did_you_mean
from palms_spec.errors import UsageError
from palms_spec.providers.addresses import LOOPBACK, checked_base, host_of
from palms_spec.providers.provider import Provider
from palms_spec.providers.retries import Retries
from palms_spec.providers.secrets import NO_SECRET, Secret, secret_of

PROVIDERS = ("openai", "azure", "together", "fireworks", "local")
TARGETS = {"openai": "openai", "azure": "azure", "together": "together", "fireworks": "fireworks", "local": "trl"}
"""The target that files have to be compiled for."""
KEYS = {
    "openai": ("OPENAI_API_KEY",),
    "azure": ("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN"),
    "together": ("TOGETHER_API_KEY",),
    "fireworks": ("FIREWORKS_API_KEY",),
}
ADDRESSES = {
    "openai": ("OPENAI_BASE_URL", "https://api.openai.com/v1"),
    "azure": ("AZURE_OPENAI_ENDPOINT", ""),
    "together": ("TOGETHER_BASE_URL", "https://api.together.ai"),
    "fireworks": ("FIREWORKS_BASE_URL", "https://api.fireworks.ai"),
}
"""The variable with another address, and the address that is meant without it."""
ACCOUNT = "FIREWORKS_ACCOUNT_ID"
LOCAL_FOLDER = ".palms/local"
OPENAI_AT_ONCE = 500_000_000
AZURE_AT_ONCE = 150_000_000


@dataclass(frozen=True, slots=True)
class Connection:
    """Whom to ask. `base_url`, and `key_variable`, which names the variable with the key, are None for the usual."""

    provider: str
    base_url: str | None = None
    key_variable: str | None = None


def provider_named(name: str) -> str:
    """The name itself. Raises UsageError where there is no such provider."""
    if name not in PROVIDERS:
        hint = did_you_mean(name, PROVIDERS) or f"one of {', '.join(PROVIDERS)}"
        raise UsageError(f"there is no provider {name}", hint=hint)
    return name


def resolved(connection: Connection, environment: Mapping[str, str] = os.environ) -> Connection:
    """A connection that leads to the same place whatever the environment says of addresses later."""
    name = provider_named(connection.provider)
    given = environment.get(ADDRESSES[name][0], "").strip() if name in ADDRESSES else ""
    return replace(connection, base_url=connection.base_url or given or None)


def connect(
    connection: Connection, root: Path, retries: Retries, environment: Mapping[str, str] = os.environ
) -> Provider:
    """The provider that a connection leads to; `root` is the project. Nobody is asked for anything yet.

    Raises UsageError where an address or a key is missing or cannot be right, MissingExtra where a client is.
    """
    name = provider_named(connection.provider)
    if name == "local":
        from palms_spec.training.local.provider import local_provider

        return local_provider(root / LOCAL_FOLDER)
    base = _base(connection, environment)
    secret, key_name = _key(connection, base, environment)
    if name in ("openai", "azure"):
        from palms_spec.providers.openai_compatible import OpenAICompatible
        from palms_spec.providers.openai_sdk import Client

        at_once = AZURE_AT_ONCE if name == "azure" else OPENAI_AT_ONCE
        return OpenAICompatible(name, Client(name, base, secret, key_name), retries, at_once)
    from palms_spec.providers.http import Http

    http = Http(name, base.removesuffix("/v1"), secret, key_name, retries)
    if name == "together":
        from palms_spec.providers.together import Together

        return Together(http)
    from palms_spec.providers.fireworks import Fireworks

    account = environment.get(ACCOUNT, "").strip().removeprefix("accounts/")
    if not account:
        raise UsageError(f"fireworks asks for an account, and {ACCOUNT} is not set", hint="set it to the account's id")
    return Fireworks(http, account)


def is_own(connection: Connection) -> bool:
    """Whether a connection leads to a provider's own address, so that what is known of the provider holds there."""
    given, (_, usual) = connection.base_url, ADDRESSES.get(connection.provider, ("", ""))
    if given and connection.provider == "azure":
        return host_of(given).partition(":")[0].endswith(".azure.com")
    return not given or host_of(given) == host_of(usual)


def _base(connection: Connection, environment: Mapping[str, str]) -> str:
    name = connection.provider
    variable, usual = ADDRESSES[name]
    base = connection.base_url or environment.get(variable, "").strip() or usual
    if not base:
        raise UsageError(
            "azure asks for the address of your resource",
            hint=f"--base-url https://RESOURCE.openai.azure.com/openai/v1, or set {variable}",
        )
    base = checked_base(base, name)
    if name == "azure" and not urlsplit(base).path:
        base += "/openai/v1"  # people know the address of their resource, and the variable is commonly set to it
    return base


def _key(connection: Connection, base: str, environment: Mapping[str, str]) -> tuple[Secret, str]:
    name = connection.provider
    names = (connection.key_variable,) if connection.key_variable else KEYS[name]
    here = host_of(base).rpartition(":")[0].strip("[]") in LOOPBACK
    if here and not any(environment.get(one, "").strip() for one in names):
        return NO_SECRET, names[0]  # a server on this machine may ask for none
    found = next((one for one in names if environment.get(one, "").strip()), names[0])
    return secret_of(names, name, environment), found
