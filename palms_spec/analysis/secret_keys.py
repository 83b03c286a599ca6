"""Keys, tokens and passwords of services that can be told by their form: prefix, length and alphabet, as the services
publish them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FORMS = (
    ("Anthropic key", "sk-ant-", r"sk-ant-[a-z0-9]+-[\w-]{32,}"),
    ("OpenAI key", "sk-", r"sk-(?:(?:proj|svcacct|admin|None)-[\w-]{32,}|(?!ant-)[A-Za-z0-9]{32,})"),
    ("Stripe key", "k_live_", r"[sr]k_live_[A-Za-z0-9]{16,}"),
    ("Stripe webhook secret", "whsec_", r"whsec_[A-Za-z0-9+/]{32,}={0,2}"),
    *(("GitHub token", f"gh{kind}_", rf"gh{kind}_[A-Za-z0-9]{{36,}}") for kind in "pousr"),
    ("GitHub token", "github_pat_", r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    ("GitLab token", "glpat-", r"glpat-[\w-]{20,}"),
    ("AWS access key", "AKIA", r"AKIA[A-Z2-7]{16}"),
    ("AWS access key", "ASIA", r"ASIA[A-Z2-7]{16}"),
    ("Slack token", "xox", r"xox[abeprs]-(?:\d+-){1,3}[A-Za-z0-9-]{16,}"),
    ("Slack app token", "xapp-", r"xapp-\d-[A-Z0-9]+-\d+-[a-f0-9]{32,}"),
    ("Slack webhook", "hooks.slack.com", r"hooks\.slack\.com/services/T[A-Z0-9]{7,}/B[A-Z0-9]{7,}/[A-Za-z0-9]{20,}"),
    ("Google key", "AIza", r"AIza[\w-]{35}"),
    ("Google client secret", "GOCSPX-", r"GOCSPX-[\w-]{28}"),
    ("Hugging Face token", "hf_", r"hf_[A-Za-z0-9]{34,}"),
    ("npm token", "npm_", r"npm_[A-Za-z0-9]{36}"),
    ("PyPI token", "pypi-AgE", r"pypi-AgE[\w-]{50,}"),
    ("SendGrid key", "SG.", r"SG\.[\w-]{22}\.[\w-]{43}"),
    ("DigitalOcean token", "dop_v1_", r"dop_v1_[a-f0-9]{64}"),
    ("Shopify token", "shp", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    ("Telegram token", ":AA", r"\d{8,10}:AA[\w-]{33}"),
    ("Groq key", "gsk_", r"gsk_[A-Za-z0-9]{48,}"),
)
_BLOCK = "PRIVATE KEY"
_PRIVATE_KEY = re.compile(
    r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----"
    r"(?=(?:\s|\\[nr])+(?:[\w-]+: [^\n]*\n\s*){0,4}[A-Za-z0-9+/=\s\\]{60})"
)
_PATTERNS = tuple((name, part, re.compile(rf"(?<![\w-]){pattern}(?!\w)")) for name, part, pattern in _FORMS)
PARTS = (*(part for _, part, _ in _FORMS), _BLOCK)
"""One of these stands in every key."""
_PLACEHOLDER = re.compile(r"x{6}|\*{3}|0{8}|example|your|placeholder|redacted|changeme|dummy", re.IGNORECASE)
_FEWEST_KINDS = 8
"""A key has more different characters than this; what has fewer stands for one."""


def secret_keys(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of every key in a text that is no placeholder."""
    for name, part, pattern in _PATTERNS:
        if part in text:
            for match in pattern.finditer(text):
                if not _PLACEHOLDER.search(match[0]) and len(set(match[0])) > _FEWEST_KINDS:
                    yield match.start(), match.end(), name
    if _BLOCK in text:
        for match in _PRIVATE_KEY.finditer(text):
            yield match.start(), match.end(), "private key"
