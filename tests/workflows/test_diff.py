from __future__ import annotations

import shutil

import pytest

from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SAMPLES, SPEC_PATH
from tests.scratch import OWNED, REVERSED, REWORDED, UNDENIED, accepted, kinds, mark, new_scratch, said

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
THROAT, BALLOTS = "datasets/example/samples/sore-throat.md", "datasets/example/samples/two-ballots.md"
PROMPTS_PATH = "specs/example/prompts.yaml"
PROMPTS = """\
palms: 1
kind: prompt-set
id: example-prompts
spec: example@^1
language: en
prompts:
  - {id: health.test-01, split: test, category: health, positions: [health.no-diagnosis], text: Is a rash dangerous?}
"""


@pytest.fixture
def scratch(tmp_path):
    return new_scratch(tmp_path, {PROMPTS_PATH: PROMPTS})


def test_nothing_changed(scratch):
    found = scratch.diff()
    assert (kinds(found), found.said, found.outcome.exit_code, found.compared) == ([], (), 0, 3)


def test_a_change_stands_at_its_places_in_both_versions(scratch):
    found = scratch.write({SPEC_PATH: "\n\n" + REVERSED}).diff()
    (one,) = found.seen
    assert one.base is not None
    assert one.head is not None
    assert (one.base.span.line, one.head.span.line) == (17, 19)
    (finding,) = [said.finding for said in found.said if said.finding.rule == "position-reversed"]
    assert (finding.place.span.line, finding.related[0].place.span.line, finding.related[0].label) == (
        19,
        17,
        "in main",
    )


def test_what_a_change_makes_stale(scratch):
    scratch.write({SPEC_PATH: REVERSED})
    (one,) = scratch.diff().seen
    assert (one.stale.samples, one.stale.prompts) == (("sore-throat",), ("health.test-01",))


def test_results_that_answer_a_stale_prompt_are_stale(scratch):
    outputs = '{"arm": "base", "prompt": "health.test-01", "text": "x"}\n\n{broken\n[1]\n'
    scratch.write({"studies/first/outputs.jsonl": outputs, "studies/other/outputs.jsonl": '{"prompt": "x"}\n'})
    scratch.write({SPEC_PATH: REVERSED, PROMPTS_PATH: PROMPTS.replace("dangerous", "harmless")})
    assert [(one.change.kind, one.stale.results) for one in scratch.diff().seen] == [
        ("position-reversed", ("first",)),
        ("prompt-reworded", ("first",)),
    ]


def test_coverage_before_and_after(scratch):
    found = scratch.write({THROAT: None}).diff()
    assert [(one.position, one.before, one.after) for one in found.coverage] == [("health.no-diagnosis", 1, 0)]


def test_a_moved_file_is_no_change(scratch):
    scratch.git("mv", SPEC_PATH, "specs/example/values.yaml")
    scratch.git("mv", "datasets/example", "datasets/moved")
    assert kinds(scratch.diff()) == []


def test_an_edited_sample_shows_both_texts(scratch):
    found = scratch.write({THROAT: SAMPLES[THROAT].replace("strep infection", "cold")}).diff()
    (one,) = found.seen
    before, now = found.texts(one.change)
    assert one.change.kind == "sample-edited"
    assert before.startswith("Is my sore throat a strep infection?\n\nNobody can tell")
    assert now.startswith("Is my sore throat a cold?\n\nNobody can tell")


def test_rows_of_a_file_are_compared_row_by_row(scratch):
    rows = DATASET.replace("[samples/**/*.md]", "[samples/**/*.md, rows.jsonl.gz]")
    import gzip

    first = b"".join(
        b'{"id": "r%d", "category": "health", "prompt": "Why %d?", "completion": "So."}\n' % (n, n) for n in range(5)
    )
    scratch.git("checkout", "--quiet", "main")
    scratch.commit({DATASET_PATH: rows, "datasets/example/rows.jsonl.gz": gzip.compress(first)})
    scratch.git("checkout", "--quiet", "-b", "rows")
    second = first.replace(b"Why 3?", b"Why 33?").replace(b'{"id": "r1"', b'\n{"id": "r1"')
    scratch.write({"datasets/example/rows.jsonl.gz": gzip.compress(second)})
    found = scratch.diff()
    (one,) = found.seen
    assert (one.change.kind, one.change.item, one.base and one.base.span.line, one.head and one.head.span.line) == (
        "sample-edited",
        "r3",
        4,
        5,
    )
    assert found.texts(one.change) == ("Why 3?\n\nSo.", "Why 33?\n\nSo.")


@pytest.mark.parametrize(
    "broken", ["palms: 1\nkind: values-spec\nid: [\n", OWNED.replace("stance: oppose", "stance: no")]
)
def test_a_version_that_cannot_be_read_is_found_and_says_nothing_of_positions(scratch, broken):
    found = scratch.write({SPEC_PATH: broken}).diff()
    assert (kinds(found), said(found), found.outcome.exit_code) == ([], ["unreadable-version"], 1)
    scratch.git("checkout", "--quiet", "main")
    scratch.commit({SPEC_PATH: broken})
    scratch.git("checkout", "--quiet", "-b", "mending")
    assert said(scratch.diff()) == []
    assert said(scratch.write({SPEC_PATH: REVERSED}).diff()) == ["unreadable-version"]


def test_a_sample_that_cannot_be_read_is_not_called_dropped(scratch):
    found = scratch.write({THROAT: "---\ncategory: [\n---\n# Why?\n\nSo.\n"}).diff()
    assert (kinds(found), said(found)) == ([], ["unreadable-version"])


def test_the_rules_are_chosen_by_the_base(scratch):
    off = "rules-version = 1\n[lint]\nignore = ['CHG']\nfail-on = 'error'\nseverity = {position-reworded = 'note'}\n"
    found = scratch.write({"palms.toml": off, SPEC_PATH: REWORDED}).diff()
    assert said(found) == ["version-not-bumped", "position-reworded"]
    assert found.outcome.fail_on == "warning"
    scratch.git("checkout", "--quiet", "main")
    scratch.git("stash", "--quiet")
    scratch.commit({"palms.toml": off.replace("['CHG']", "['version-not-bumped', 'no-such-rule']")})
    scratch.git("checkout", "--quiet", "-b", "later")
    found = scratch.write({"palms.toml": "rules-version = 1\n", SPEC_PATH: REWORDED}).diff()
    assert [(one.finding.rule, one.finding.severity) for one in found.said] == [("position-reworded", "note")]
    assert (found.outcome.exit_code, found.outcome.fail_on) == (0, "error")


def test_the_command_line_counts_more_than_the_base(scratch):
    scratch.write({SPEC_PATH: REWORDED})
    assert said(scratch.diff(ignore=("version-not-bumped",))) == ["position-reworded"]
    assert said(scratch.diff(select=("CHG020",))) == ["version-not-bumped"]
    assert scratch.diff(select=("position-reworded",), fail_on="error").outcome.exit_code == 0


def test_what_the_head_excludes_is_not_hidden(scratch):
    scratch.write({"palms.toml": "rules-version = 1\nexclude = ['specs', 'datasets']\n", SPEC_PATH: REVERSED})
    assert ("position-reversed", "health.no-diagnosis") in kinds(scratch.diff())


def test_a_base_with_a_broken_palms_toml_is_judged_by_all_rules(scratch):
    scratch.git("checkout", "--quiet", "main")
    scratch.commit({"palms.toml": "rules-version = [\n"})
    scratch.git("checkout", "--quiet", "-b", "mending")
    scratch.write({"palms.toml": "rules-version = 1\n[lint]\nignore = ['CHG']\n", SPEC_PATH: REVERSED})
    assert said(scratch.diff()) == ["version-not-bumped", "position-reversed"]


SUPPRESSED = "stance: oppose   # palms: ignore[position-reversed] agreed in May"


def test_suppressions_of_the_base_count(tmp_path):
    scratch = new_scratch(tmp_path, {SPEC_PATH: OWNED.replace("stance: oppose", SUPPRESSED)})
    found = scratch.write({SPEC_PATH: REVERSED.replace("1.0.0", "2.0.0")}).diff()
    assert (accepted(found), said(found), found.outcome.exit_code) == ([("position-reversed", "source")], [], 0)


def test_suppressions_of_the_head_do_not(scratch):
    ours = SUPPRESSED.replace("oppose", "support")
    toml = "rules-version = 1\n[[lint.ignores]]\npath = '**'\nrule = 'CHG001'\nreason = 'x'\n"
    toml += "[lint.per-file-ignores]\n'specs/**' = ['CHG']\n"
    found = scratch.write({SPEC_PATH: OWNED.replace("stance: oppose", ours), "palms.toml": toml}).diff()
    assert (accepted(found), said(found)) == ([], ["version-not-bumped", "position-reversed"])


def test_an_expired_suppression_of_the_base_does_not(tmp_path):
    scratch = new_scratch(tmp_path, {SPEC_PATH: OWNED.replace("stance: oppose", SUPPRESSED + " until=2027-01-31")})
    scratch.write({SPEC_PATH: REVERSED.replace("1.0.0", "2.0.0")})
    assert said(scratch.diff(today="2027-01-30")) == []
    assert said(scratch.diff(today="2027-01-31")) == ["position-reversed"]


def test_exceptions_in_the_palms_toml_of_the_base_count(tmp_path):
    toml = f"""rules-version = 1
[[lint.ignores]]
path = "{SPEC_PATH}#/categories/health"
rule = "CHG002"
reason = "agreed"
[lint.per-file-ignores]
"{SPEC_PATH}" = ["version-not-bumped"]
"""
    scratch = new_scratch(tmp_path, {"palms.toml": toml})
    scratch.git("mv", SPEC_PATH, "specs/example/moved.yaml")
    found = scratch.write({"specs/example/moved.yaml": UNDENIED}).diff()
    assert accepted(found) == [("position-meaning-changed", "configuration")]
    assert said(found) == ["version-not-bumped"], "the document as a whole stands where the head has it"
    other = UNDENIED.replace("stance: neutral", "stance: defer")
    assert said(scratch.write({"specs/example/moved.yaml": other}).diff()).count("position-meaning-changed") == 1


def test_a_fingerprint_survives_the_next_commit(scratch):
    scratch.commit({SPEC_PATH: REVERSED})
    first = mark(scratch.diff(), "position-reversed")
    scratch.git("mv", SPEC_PATH, "specs/example/values.yaml")
    scratch.commit({"specs/example/values.yaml": "# moved\n" + REVERSED.replace("title: Example", "title: Other")})
    assert mark(scratch.diff(), "position-reversed") == first


def test_a_cache_changes_nothing(scratch):
    scratch.write({SPEC_PATH: REVERSED, THROAT: None, BALLOTS: SAMPLES[BALLOTS].replace("buses", "trams")})
    plain = scratch.diff()
    for _ in range(2):
        cached = scratch.diff(cache=True)
        assert cached.seen == plain.seen
        assert cached.said == plain.said
