from __future__ import annotations

import traceback

import pytest

from palms_spec.errors import UsageError
from palms_spec.providers.secrets import Secret, secret_of


def test_a_secret_shows_itself_to_nobody():
    secret = Secret("sk-SECRET")
    shown = [
        repr(secret),
        str(secret),
        f"{secret}",
        f"{secret!r}",
        f"{[secret]}",
        f"{vars(secret) if hasattr(secret, '__dict__') else ''}",
    ]
    assert not any("SECRET" in one for one in shown)
    assert secret.reveal() == "sk-SECRET"
    assert secret.hide_in("a sk-SECRET b") == "a [hidden] b"
    assert Secret("").hide_in("ab") == "ab"


def test_the_first_variable_that_is_set_counts():
    environment = {"A": " ", "B": " sk-1 \n"}
    assert secret_of(("A", "B"), "x", environment).reveal() == "sk-1"
    with pytest.raises(UsageError, match="A is not set"):
        secret_of(("A",), "x", environment)


@pytest.mark.parametrize(
    "value", ["sk\nSECRET", "sk SECRET", "sk\x00SECRET", "sk-SÉCRET-SECRET", "sk\u202eSECRET"], ids=repr
)
def test_a_value_that_cannot_stand_in_a_header_is_refused_and_not_shown(value):
    try:
        secret_of(("A",), "x", {"A": value})
    except UsageError:
        assert "SECRET" not in traceback.format_exc()
    else:
        raise AssertionError("it was taken")
