from __future__ import annotations

import pytest

from palms_spec.errors import UsageError
from palms_spec.providers.addresses import checked_base, segment


@pytest.mark.parametrize(
    "base",
    [
        "https://api.example.org/v1",
        "https://example.org:8443",
        "http://localhost:8000/v1",
        "http://127.0.0.1:1",
        "http://[::1]:8/",
    ],
)
def test_addresses_that_a_key_may_go_to(base):
    assert checked_base(base, "x") == base.rstrip("/")


@pytest.mark.parametrize(
    "base",
    [
        "http://example.org/v1",
        "http://10.0.0.1:8000/v1",
        "http://localhost.example.org",
        "ftp://example.org",
        "example.org/v1",
        "https://",
        "https://user:PASSWORD@example.org/v1",
        "https://PASSWORD@example.org",
        "https://user:PASSWORD@",
        "https://example.org/v1?key=PASSWORD",
        "https://example.org:port/",
        "https://[::1/",
        "",
    ],
)
def test_addresses_that_a_key_may_not_go_to(base):
    with pytest.raises(UsageError) as caught:
        checked_base(base, "x")
    assert "PASSWORD" not in caught.value.message + caught.value.hint


@pytest.mark.parametrize("name", ["..", ".", "", "a/b", "a?b", "ü", "\ud800", "a%2fb"], ids=repr)
def test_a_name_is_one_part_of_a_path(name):
    assert not {"/", "?", "#"} & set(segment(name))
    assert segment(name) not in (".", "..")
