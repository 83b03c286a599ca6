"""Links lead somewhere."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest

from palms_spec.rulekit.staleness import CHECKOUT
from tests.docs.pages import DOCS, PAGES, WRITTEN, anchors, inline


def links(path):
    for token in inline(path):
        if token.type in ("link_open", "image"):
            yield str(token.attrs.get("href") or token.attrs.get("src"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_links_of_a_page_lead_to_what_is_there(path):
    broken = []
    for link in links(path):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if (
            not target.exists()
            or not target.is_relative_to(CHECKOUT)
            or (parts.fragment and parts.fragment not in anchors(target))
        ):
            broken.append(link)
    assert broken == []


def test_every_written_page_can_be_reached_from_the_index():
    seen = {DOCS / "README.md"}
    queue = list(seen)
    while queue:
        page = queue.pop()
        for link in links(page):
            target = (page.parent / unquote(urlsplit(link).path)).resolve()
            if target.suffix == ".md" and target.exists() and target not in seen:
                seen.add(target)
                queue.append(target)
    assert [str(path) for path in WRITTEN if path.is_relative_to(DOCS) and path not in seen] == []
