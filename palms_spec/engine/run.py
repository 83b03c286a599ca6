"""One run of the linter, from inputs to findings in order of report.

A project of which nothing changed is answered from one cache entry, without importing what reads documents and runs
rules; all else is the work of a `Survey`.
"""

from __future__ import annotations

import os

from palms_spec.engine.cache import Cache, key_over
from palms_spec.engine.content import Content
from palms_spec.engine.inputs import Inputs
from palms_spec.engine.options import DEFAULT_OPTIONS, Options
from palms_spec.engine.outcome import Outcome, Scope, seen
from palms_spec.engine.packing import dumps, loads, pack
from palms_spec.engine.settings import Settings
from palms_spec.engine.spool import Spool

CACHED_ROW_BYTES = 16_000_000
CACHED_FINDINGS = 4_000_000


def run_lint(inputs: Inputs, settings: Settings, options: Options = DEFAULT_OPTIONS) -> Outcome:
    """Lint the inputs. The outcome holds all findings that are to be seen."""
    cache = Cache(inputs.root if options.cache and settings.configuration else None)
    spool = Spool()
    try:
        scope = _fill(spool, inputs, settings, options, cache)
    finally:
        cache.close()
    return Outcome(
        lambda: seen(spool.findings(), inputs.shows, settings.severities),
        scope,
        settings.fail_on,
    )


def _fill(spool: Spool, inputs: Inputs, settings: Settings, options: Options, cache: Cache) -> Scope:
    """All findings into the spool; what was looked at."""
    rulebook, content = settings.rulebook, Content(inputs.root)
    rules_key = key_over([record.name for record in rulebook.records], rulebook.settings)
    key = _whole_key(inputs, content, rules_key) if cache.is_open else None
    if key is not None and (value := cache.get(key)) is not None:
        head, _, packed = value.partition(b"\n")
        spool.add("all", packed)
        return Scope(*loads(head))
    from palms_spec.engine.survey import Survey

    scope = Survey(inputs, rulebook, options, cache, content, spool, rules_key).findings()
    if key is not None and spool.size <= CACHED_FINDINGS:
        cache.put(key, dumps(scope.as_json()) + b"\n" + pack(spool.findings()))
    return scope


def _whole_key(inputs: Inputs, content: Content, rules_key: bytes) -> bytes | None:
    """The key of the whole run; None where hashing all rows would take longer than it is worth."""
    rows = set(inputs.rows)
    if sum(_size(content.on_disk(name)) for name in inputs.names if name in rows) > CACHED_ROW_BYTES:
        return None
    digests = [content.digest(name).hex() for name in inputs.names]
    return key_over(rules_key, list(inputs.names), digests, list(inputs.rows), inputs.named_rows)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
