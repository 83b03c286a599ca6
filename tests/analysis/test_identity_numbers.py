"""Numbers that can be told by a check digit: cards, identity numbers; and keys, that can be told by their form."""

from __future__ import annotations

import time

import pytest

from palms_spec.analysis.national_ids import national_ids
from palms_spec.analysis.payment_cards import payment_cards
from palms_spec.analysis.secret_keys import PARTS, secret_keys


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        ("4539 1488 0343 6467", "Visa"),
        ("4539-1488-0343-6467", "Visa"),
        ("4111111111111111", "Visa"),
        ("5555 5555 5555 4444", "Mastercard"),
        ("2223003122003222", "Mastercard"),
        ("3714 496353 98431", "American Express"),
        ("6011 1111 1111 1117", "Discover"),
        ("3530111333300000", "JCB"),
        ("3056 930902 5904", "Diners Club"),
    ],
)
def test_a_card_number_is_found_with_its_issuer(number, issuer):
    text = f"It is {number}, valid until 12/29."
    assert [(text[start:end], name) for start, end, name in payment_cards(text)] == [(number, issuer)]


@pytest.mark.parametrize(
    "text",
    [
        "4539 1488 0343 6468",
        "0000 0000 0000 0000",
        "45391488 03436467",
        "0.4539148803436467",
        "4539148803436467a",
        "4539-1488-0343-6467-2",
        "12 4539 1488 0343 6467",
        "9539148803436467",
        "978-3-16-148410-0",
    ],
)
def test_what_is_no_card_number_is_left_alone(text):
    assert list(payment_cards(text)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It is 536-22-8437.", "536-22-8437"),
        ("SSN: 536228437", "536228437"),
        ("his social security number, 536 22 8437", "536 22 8437"),
        ("JG103759A", "JG103759A"),
        ("JG 10 37 59 A", "JG 10 37 59 A"),
        ("DNI 45821076Q", "45821076Q"),
        ("RSSMRA85T10A562S", "RSSMRA85T10A562S"),
        ("CPF 529.982.247-25", "529.982.247-25"),
        ("11010519491231002X", "11010519491231002X"),
    ],
)
def test_an_identity_number_is_found(text, number):
    assert [text[start:end] for start, end, _ in national_ids(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "000-12-3456, 666-12-3456, 912-34-5678, 536-00-8437, 536-22-0000",
        "078-05-1120, 219-09-9999, 123-45-6789",
        "536228437 and 536 22 8437",
        "BG123456A, QQ 12 34 56 C, JG103759E, jg103759a",
        "45821076A, RSSMRA85T10A562T, 529.982.247-26, 111.111.111-11, 110105194912310021",
        "1-536-22-8437, 536-22-84371",
    ],
)
def test_what_is_no_identity_number_is_left_alone(text):
    assert list(national_ids(text)) == []


BODY = "b7Qx2LmN9vRtY4wKzJ8sDfGhP3cA6eUo1iTqB5nVkZ0yXrWmC2dLpS7jHgFaQeRt"


@pytest.mark.parametrize(
    ("prefix", "length"),
    [
        ("sk-", 48),
        ("sk-proj-", 48),
        ("sk-ant-api03-", 48),
        ("sk_" + "live_", 24),
        ("gh" + "p_", 36),
        ("gh" + "s_", 36),
        ("glpat-", 20),
        ("xox" + "b-1234567890-", 24),
        ("AIza", 35),
        ("hf_", 34),
        ("npm_", 36),
    ],
)
def test_a_key_is_found_and_its_placeholder_is_not(prefix, length):
    key = prefix + BODY[:length]
    text = f"KEY='{key}'"
    assert [text[start:end] for start, end, _ in secret_keys(text)] == [key]
    assert list(secret_keys(prefix + "x" * length)) == []
    assert list(secret_keys(prefix + "...")) == []
    assert any(part in key for part in PARTS), "the trigger knows it"


def test_a_private_key_needs_its_content():
    head = "-----BEGIN OPENSSH " + "PRIVATE KEY-----"
    assert [text for text in (head, head + "\n...", head + "\n" + BODY) if list(secret_keys(text))] == [
        head + "\n" + BODY
    ]


def test_a_text_of_headers_takes_no_longer_than_it_is():
    started = time.perf_counter()
    assert list(secret_keys("-----BEGIN " + "PRIVATE KEY-----\n" + "a: " * 50_000)) == []
    assert time.perf_counter() - started < 5
