"""E-mail addresses, and which of them reach no person: those of offices are named as RFC 2142 has it, and others."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST = 64
_LOCAL_MARKS = frozenset("._%+-'&")
_DOMAIN = re.compile(
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}([^\W\d_]{2,24}|xn--[a-z0-9-]{2,59})(?![\w@-])", re.IGNORECASE
)
_NO_DOMAINS = """
png jpg jpeg gif svg webp ico css js ts jsx tsx mjs json yaml yml toml html htm xml txt md pdf zip gz tgz tar exe dll so
whl jar local lan internal
"""
_NAMES = """
your yours yourname your.name your_name your-name youremail your.email your-email your_email name yourusername username
firstname.lastname first.last firstname lastname email person user someone somebody anybody nobody test example sample
"""
_OFFICES = """
noreply no-reply no_reply donotreply do-not-reply mailer-daemon bounce bounces alert alerts notification notifications
newsletter newsletters updates info information inquiries enquiries contact contactus contact-us hello office reception
admin administrator root support customersupport customer-support customerservice customer-service customercare service
services help helpdesk help-desk servicedesk sales marketing orders billing invoices accounts accounting bookings
reservations press media pr jobs careers recruiting recruitment hr privacy legal compliance security abuse noc
postmaster hostmaster webmaster www usenet news uucp ftp git feedback complaints
"""
_DOMAINS = """
domain.com yourdomain.com your-domain.com mydomain.com company.com yourcompany.com mycompany.com yourschool.edu
youremail.com sample.com placeholder.com
"""
_FILE_ENDINGS = frozenset(_NO_DOMAINS.split())
_RESERVED = frozenset(("example", "invalid", "test", "localhost"))
_PLACEHOLDERS = frozenset(_NAMES.split())
_ROLES = frozenset(_OFFICES.split())
_PLACEHOLDER_DOMAINS = frozenset(_DOMAINS.split())


def email_addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and domain of every address in a text, in order, without those that are nobody's."""
    at = text.find("@")
    while at != -1:
        domain = _DOMAIN.match(text, at + 1)
        if domain is not None and domain[1].lower() not in _FILE_ENDINGS:
            start = _start_of_local(text, at)
            if start is not None and not _reaches_no_person(text[start:at].lower(), domain[0].lower()):
                yield start, domain.end(), domain[0].lower()
        at = text.find("@", at + 1)


def _start_of_local(text: str, at: int) -> int | None:
    """Where the part before the @ begins; None where it cannot be one."""
    start = at
    while start > 0 and at - start <= _LONGEST and (text[start - 1].isalnum() or text[start - 1] in _LOCAL_MARKS):
        start -= 1
    while start < at and not (text[start].isalnum() or text[start] == "_"):
        start += 1
    local = text[start:at]
    if not local or len(local) > _LONGEST or local.endswith(".") or ".." in local:
        return None
    before = text[max(0, start - _LONGEST) : start]
    if before.endswith("@"):
        return None  # @name@host is a name in a network of networks
    if before.endswith((":", "/")) and "://" in before.split()[-1]:
        return None  # user and password in a link
    return start


def _reaches_no_person(local: str, domain: str) -> bool:
    labels = domain.split(".")
    if labels[-1] in _RESERVED or "example" in labels:
        return True
    return local.rstrip("0123456789") in _PLACEHOLDERS or local in _ROLES or domain in _PLACEHOLDER_DOMAINS
