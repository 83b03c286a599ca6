from __future__ import annotations

import pytest

from palms_spec.analysis.email_addresses import email_addresses


def found(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in email_addresses(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Write to anna.berg@posteo.de.", "anna.berg@posteo.de"),
        ("(j.o'neil+news@mail.co.uk)", "j.o'neil+news@mail.co.uk"),
        ("mailto:anna@posteo.de", "anna@posteo.de"),
        ("<anna@posteo.de>", "anna@posteo.de"),
        ("**anna@posteo.de**", "anna@posteo.de"),
        ("https://clinic.org/join?mail=anna@posteo.de", "anna@posteo.de"),
        ("jürgen@müller.de", "jürgen@müller.de"),
        ("ANNA@POSTEO.DE", "ANNA@POSTEO.DE"),
        ("info.berg@posteo.de", "info.berg@posteo.de"),
    ],
)
def test_an_address_is_found_without_what_stands_around_it(text, address):
    assert found(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "a@example.com, b@mail.example.org, c@clinic.example, d@x.invalid, e@x.test, f@localhost",
        "person1@clinic.org, your.name@company.com, firstname.lastname@clinic.org, no-reply@clinic.org",
        "info@clinic.org, Support@clinic.org, alerts@info6.bank.com, webmaster@clinic.org, customer-service@clinic.org",
        "@anna, @anna@mastodon.social, https://medium.com/@user.name",
        "icon@2x.png, lodash@4.17.21, react@next.js, git@github.com:a/b.git, root@server.local",
        "https://user:secret@db.clinic.org/x and ftp://user@files.clinic.org",
        "three @ $2.50, a @ b.com, a@b, anna at posteo dot de, a..b@c.de, .@c.de",
    ],
)
def test_what_is_no_address_of_a_person_is_left_alone(text):
    assert found(text) == []


def test_long_texts_take_no_longer_than_they_are():
    assert found("a" * 100_000 + "@" + "b." * 50_000) == []
    assert found("a@" * 50_000) == []
