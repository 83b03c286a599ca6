from __future__ import annotations

import pytest

from palms_spec.errors import UsageError
from palms_spec.providers.retries import Retries
from palms_spec.targets.registry import TARGETS as KNOWN
from palms_spec.workflows.finetune_providers import PROVIDERS, TARGETS, Connection, connect, is_own, resolved

KEYS = {
    "OPENAI_API_KEY": "sk-openai",
    "AZURE_OPENAI_API_KEY": "sk-azure",
    "TOGETHER_API_KEY": "sk-together",
    "FIREWORKS_API_KEY": "sk-fireworks",
    "FIREWORKS_ACCOUNT_ID": "acme",
}


def place_of(connection, tmp_path, **environment):
    environment = {**KEYS, **environment}
    return connect(resolved(connection, environment), tmp_path, Retries(), environment).place


@pytest.mark.parametrize(
    ("connection", "environment", "place"),
    [
        (Connection("openai"), {}, "https://api.openai.com/v1"),
        (Connection("openai"), {"OPENAI_BASE_URL": "https://eu.example.org/v1/"}, "https://eu.example.org/v1"),
        (Connection("openai", "http://127.0.0.1:8000/v1"), {"OPENAI_BASE_URL": "https://x.org"}, "http://127.0.0.1:8000/v1"),
        (Connection("azure", "https://r.openai.azure.com/"), {}, "https://r.openai.azure.com/openai/v1"),
        (Connection("azure"), {"AZURE_OPENAI_ENDPOINT": "https://r.openai.azure.com"}, "https://r.openai.azure.com/openai/v1"),
        (Connection("azure", "https://r.openai.azure.com/openai/v1/"), {}, "https://r.openai.azure.com/openai/v1"),
        (Connection("together"), {}, "https://api.together.ai"),
        (Connection("together"), {"TOGETHER_BASE_URL": "https://api.together.xyz/v1"}, "https://api.together.xyz"),
        (Connection("fireworks"), {}, "https://api.fireworks.ai acme"),
        (Connection("fireworks"), {"FIREWORKS_ACCOUNT_ID": "accounts/other"}, "https://api.fireworks.ai other"),
    ],
)  # fmt: skip
def test_where_a_connection_leads(connection, environment, place, tmp_path, monkeypatch):
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.delenv(name, raising=False)
    assert place_of(connection, tmp_path, **environment) == place


@pytest.mark.parametrize("name", [name for name in PROVIDERS if name != "local"])
def test_a_key_that_is_missing_is_named(name, tmp_path):
    base = "https://r.openai.azure.com" if name == "azure" else None
    with pytest.raises(UsageError, match="is not set") as caught:
        connect(Connection(name, base), tmp_path, Retries(), {})
    assert "read from the environment only" in caught.value.hint


def test_a_key_can_be_in_another_variable(tmp_path):
    with pytest.raises(UsageError, match="MY_KEY is not set"):
        connect(Connection("openai", None, "MY_KEY"), tmp_path, Retries(), KEYS)
    assert connect(Connection("openai", None, "MY_KEY"), tmp_path, Retries(), {"MY_KEY": "sk-x"}).name == "openai"


def test_a_server_on_this_machine_needs_no_key(tmp_path):
    assert connect(Connection("openai", "http://localhost:8000/v1"), tmp_path, Retries(), {}).name == "openai"
    with pytest.raises(UsageError):
        connect(Connection("openai", "https://example.org/v1"), tmp_path, Retries(), {})


@pytest.mark.parametrize(
    ("connection", "environment", "said"),
    [
        (Connection("opnai"), {}, "there is no provider opnai"),
        (Connection("azure"), {}, "azure asks for the address of your resource"),
        (Connection("openai", "http://example.org/v1"), {}, "is not encrypted"),
        (Connection("fireworks"), {"FIREWORKS_ACCOUNT_ID": " "}, "FIREWORKS_ACCOUNT_ID is not set"),
    ],
)
def test_connections_that_lead_nowhere(connection, environment, said, tmp_path):
    with pytest.raises(UsageError, match=said):
        connect(connection, tmp_path, Retries(), {**KEYS, **environment})


@pytest.mark.parametrize(
    ("connection", "own"),
    [
        (Connection("openai"), True),
        (Connection("openai", "https://api.openai.com/v1"), True),
        (Connection("openai", "http://localhost:8000/v1"), False),
        (Connection("azure", "https://r.openai.azure.com"), True),
        (Connection("azure", "https://openai.azure.com.example.org"), False),
        (Connection("local"), True),
    ],
)
def test_what_is_known_of_a_provider_holds_at_its_own_address(connection, own):
    assert is_own(connection) is own


def test_every_provider_takes_files_for_a_target_that_there_is():
    assert set(TARGETS) == set(PROVIDERS)
    assert set(TARGETS.values()) <= set(KNOWN)
