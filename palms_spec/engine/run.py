"""One run of the linter, from inputs to findings in order of report.

A project of which nothing changed is answered from one cache entry, without importing what reads documents and runs
rules; all else is the work of a `Survey`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

from palms_spec.documents.discovery import PROJECT_FILE
from palms_spec.documents.review_files import FOLDER
from palms_spec.engine.cache import Cache, key_over
from palms_spec.engine.content import Content
from palms_spec.engine.days import clock
from palms_spec.engine.inputs import Inputs
from palms_spec.engine.options import DEFAULT_OPTIONS, Options
from palms_spec.engine.outcome import Judged, Outcome, Scope, seen
from palms_spec.engine.packing import dumps, loads, pack, pack_suppressions
from palms_spec.engine.settings import Settings
from palms_spec.engine.spool import Spool
from palms_spec.findings import BaselineEntry

CACHED_ROW_BYTES = 16_000_000
CACHED_FINDINGS = 4_000_000


def run_lint(inputs: Inputs, settings: Settings, options: Options = DEFAULT_OPTIONS) -> Outcome:
    """Lint the inputs. The outcome holds all findings that are to be seen."""
    if options.timing is not None:
        settings = replace(settings, rulebook=replace(settings.rulebook, timing=options.timing))
    cache = Cache(inputs.root if options.cache and settings.configuration else None)
    spool, suppressions = Spool(), Spool()
    try:
        scope = _fill(spool, suppressions, inputs, settings, options, cache)
    finally:
        cache.close()
    judged = _all_of(spool)
    stale: tuple[tuple[BaselineEntry, int], ...] = ()
    if suppressions.size or settings.ignores or settings.baseline:
        from palms_spec.engine.accepting import Accepting

        with options.phase("applying suppressions and baseline"):
            accepting = Accepting(spool, suppressions, inputs, settings)
        judged, stale = accepting.judged, accepting.stale
    return Outcome(
        lambda: (finding for finding, acceptance in seen(judged(), inputs.shows, settings) if acceptance is None),
        scope,
        settings.fail_on,
        judged=lambda: seen(judged(), inputs.shows, settings),
        stale=stale,
        records=settings.rulebook.records,
        not_evaluated=settings.not_evaluated,
    )


def _all_of(spool: Spool) -> Callable[[], Iterator[Judged]]:
    return lambda: ((finding, None) for finding in spool.findings())


def _fill(
    spool: Spool, suppressions: Spool, inputs: Inputs, settings: Settings, options: Options, cache: Cache
) -> Scope:
    """All findings and suppressions into the spools; what was looked at."""
    rulebook, content = settings.rulebook, Content(inputs.root, inputs.stand_ins)
    rules = [[record.name, record.release, record.definition] for record in rulebook.records]
    rules_key = key_over(rules, rulebook.settings)
    with options.phase("looking for earlier results"):
        key = _whole_key(inputs, content, rules_key) if cache.is_open else None
        value = cache.get(key) if key is not None else None
    today = settings.today or clock()
    if value is not None:
        head, _, packed = value.partition(b"\n")
        scope, length, (after, until) = loads(head)
        if not after < today <= (until or today):
            value = None  # what is known of a target has changed since
    if value is not None:
        spool.add("all", packed[length:])
        suppressions.add("all", packed[:length])
        return Scope(*scope)
    from palms_spec.engine.survey import Survey

    survey = Survey(inputs, rulebook, options, cache, content, spool, suppressions, rules_key, today)
    found = survey.findings()
    if key is not None and spool.size + suppressions.size <= CACHED_FINDINGS:
        written = pack_suppressions(suppressions.suppressions())
        cache.put(key, dumps([found.as_json(), len(written), survey.days]) + b"\n" + written + pack(spool.findings()))
    return found


def _whole_key(inputs: Inputs, content: Content, rules_key: bytes) -> bytes | None:
    """The key of the whole run; None where hashing all rows would take longer than it is worth."""
    rows = set(inputs.rows)
    lined = (name for name in inputs.names if name in rows or f"/{FOLDER}/" in name)
    if sum(_size(content.on_disk(name)) for name in lined) > CACHED_ROW_BYTES:
        return None
    digests = [content.digest(name).hex() for name in inputs.names]
    published = inputs.published
    texts = [sorted(published.names), list(published.unmatched)]
    marks = content.digest(PROJECT_FILE).hex() if published.unmatched else ""
    return key_over(rules_key, list(inputs.names), digests, list(inputs.rows), inputs.named_rows, texts, marks)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
