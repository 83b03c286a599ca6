"""`palms review`, answered from a pipe and at a terminal, and killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess

import pytest

from palms_spec.render.escaping import NO_WIDTH, is_safe
from palms_spec.rulekit.examples import DATASET, DATASET_PATH, SAMPLES, SPEC, SPEC_PATH
from tests.cli.repositories import Repository
from tests.cli.running import PALMS, clean_environment, palms
from tests.cli.terminals import at_terminal
from tests.projects import write_files, write_project
from tests.render.hostile import TEXTS
from tests.reviews import ANA, BEN, write_reviews

HEALTH, POLITICAL = SAMPLES
ASKING = {DATASET_PATH: DATASET + "reviews: {required: 1, by: human}\n"}
REWORDED = SPEC.replace("sets out the main views fairly", "sets out the main views evenly")
TURNED = SPEC.replace("does not say what condition", "says what condition")


def answered(*arguments: str, given: str, cwd, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `palms review` with answers from a pipe."""
    return subprocess.run(
        [PALMS, "review", *arguments],
        cwd=cwd,
        env=clean_environment(COLUMNS="80", **environment),
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def records(root, path: str = BEN) -> list[tuple[str, int, str]]:
    """Sample, score and rationale of what is on record."""
    file = root / path
    if not file.exists():
        return []
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [(line["sample"], line["score"], line["rationale"]) for line in lines]


@pytest.fixture
def asking(tmp_path):
    return write_project(tmp_path, ASKING)


@pytest.fixture
def committed(tmp_path):
    """A project whose samples Ana has reviewed, in a repository."""
    root = tmp_path / "project"
    write_reviews(write_project(root, ASKING), rationale="It names none.")
    repository = Repository(root, tmp_path)
    repository.git("init", "--quiet")
    repository.commit()
    return root


def test_a_session_shows_each_sample_and_keeps_each_verdict(asking, snapshot):
    done = answered("--by", "Ben", given="4 It names no illness.\n2\n", cwd=asking)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == snapshot
    assert records(asking) == [("sore-throat", 4, "It names no illness."), ("two-ballots", 2, "")]
    assert answered("--by", "Ben", given="", cwd=asking).stdout == "Nothing is open for human:Ben.\n"


def test_lint_says_what_review_clears(asking):
    write_files(asking, {DATASET_PATH: ASKING[DATASET_PATH].replace("draft", "released")})
    select = ("lint", "--select", "review-missing,review-stale", "--output-format", "concise")
    assert palms(*select, cwd=asking).stdout.count("review-missing") == 2
    answered("--by", "Ben", given="5\n5\n", cwd=asking)
    assert palms(*select, cwd=asking).returncode == 0
    write_files(asking, {SPEC_PATH: TURNED})
    done = palms(*select, cwd=asking)
    assert [done.stdout.count(rule) for rule in ("review-missing", "review-stale")] == [0, 1]
    assert answered("--by", "Ben", given="5\n", cwd=asking).stdout.endswith("\n1 reviewed.\n")
    assert palms(*select, cwd=asking).returncode == 0


def test_back_and_skip(asking):
    done = answered("--by", "Ben", given="b\ns\nb\n4 now\nb\n1 no\n?\n5\n", cwd=asking)
    assert records(asking) == [("sore-throat", 4, "now"), ("sore-throat", 1, "no"), ("two-ballots", 5, "")]
    assert done.stdout.endswith("\n2 reviewed.\n")


def test_a_session_is_taken_up_where_it_was_left(asking):
    assert answered("--by", "Ben", given="4\nq\n", cwd=asking).stdout.endswith("\n1 reviewed, 1 left.\n")
    done = answered("--by", "Ben", given="s\n", cwd=asking)
    assert "1 of 1 · review missing\ndatasets/example/samples/two-ballots.md" in done.stdout
    assert done.stdout.endswith("\n0 reviewed, 1 skipped.\n")
    assert records(asking) == [("sore-throat", 4, "")]


def test_what_is_missing_comes_before_what_is_stale(asking):
    write_reviews(asking)
    reworded = {
        SPEC_PATH: REWORDED,
        HEALTH: SAMPLES[HEALTH],
        "datasets/example/samples/zebra.md": SAMPLES[HEALTH].replace("strep", "viral"),
    }
    write_files(asking, reworded)
    shown = answered("--by", "Ben", given="q\n", cwd=asking).stdout
    assert "1 of 2 · review missing\ndatasets/example/samples/zebra.md" in shown
    assert "2 of 2 · review stale" in answered("--by", "Ben", given="s\n", cwd=asking).stdout


def test_the_words_that_changed_since_the_last_review_are_shown(committed, snapshot):
    swabs = {SPEC_PATH: REWORDED, POLITICAL: SAMPLES[POLITICAL].replace("closest to it", "nearest")}
    write_files(committed, swabs)
    done = answered("--by", "Ana", given="4\n", cwd=committed)
    assert done.stdout == snapshot
    assert records(committed, ANA)[2:] == [("two-ballots", 4, "")]


def test_a_change_of_style_is_carried_over_and_the_records_say_so(committed):
    write_files(committed, {SPEC_PATH: REWORDED})
    refused = answered("--carry-over", "style", "--by", "Ben", given="", cwd=committed)
    assert refused.returncode == 2
    assert "there is no terminal to ask whether 1 review may be renewed" in refused.stderr
    done = answered("--carry-over", "style", "--by", "Ben", "--yes", given="", cwd=committed)
    assert done.stdout.endswith("\nRenewed: 1 of 1.\n")
    last = json.loads((committed / ANA).read_text().splitlines()[-1])
    assert (last["reviewer"], last["score"], last["carried_over"]) == ("human:Ana", 5, "style (Ben)")
    assert palms("lint", "--select", "review-stale", cwd=committed).returncode == 0
    again = answered("--carry-over", "style", "--by", "Ben", "--yes", given="", cwd=committed)
    assert again.stdout == "No review is stale.\n"


def test_a_change_of_meaning_is_carried_over_only_if_an_owner_calls_it_editorial(committed, snapshot):
    write_files(committed, {SPEC_PATH: TURNED})
    done = answered("--carry-over", "style", "--by", "Ben", "--yes", given="", cwd=committed)
    assert done.stdout == snapshot
    assert len(records(committed, ANA)) == 2
    repository = Repository(committed, committed.parent)
    repository.git("checkout", "--quiet", "-b", "turned")
    repository.commit()
    (command,) = [line.strip() for line in done.stdout.splitlines() if line.strip().startswith("palms approve")]
    approve = [*command.split()[1:-2], "--reason", "the same in fewer words", "--by", "the maintainers"]
    assert palms(*approve, cwd=committed).returncode == 0
    done = answered("--carry-over", "style", "--by", "Ben", "--yes", given="", cwd=committed)
    assert done.stdout.endswith("\nRenewed: 1 of 1.\n")


def test_what_somebody_wrote_is_for_others_to_review(asking):
    own = SAMPLES[HEALTH].replace("category: health\n", "category: health\nauthors: [Ben]\n")
    write_files(asking, {HEALTH: own})
    done = answered("--by", "Ben", given="5\n", cwd=asking)
    assert "Passed over: 1 sample that you wrote yourself (--own offers them).\n1 reviewed.\n" in done.stdout
    assert records(asking) == [("two-ballots", 5, "")]
    answered("--by", "Ben", "--own", given="5\n", cwd=asking)
    assert records(asking)[1:] == [("sore-throat", 5, "")]


def test_the_reviewer_is_who_git_says(tmp_path):
    root = write_project(tmp_path / "project", ASKING)
    repository = Repository(root, tmp_path)
    environment = {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    done = answered(given="5\n", cwd=root, **environment)
    assert (done.returncode, done.stderr) == (2, "error: git does not know who you are\nhint: say it with --by NAME\n")
    repository.git("init", "--quiet")
    repository.git("config", "user.name", "Ben Ó Sé")
    answered(given="5\n", cwd=root, **environment)
    assert records(root, "datasets/example/reviews/ben-o-se.jsonl") == [("sore-throat", 5, "")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--by", "model:m@1"), "model:m@1 is a model, and palms review is for people"),
        (("--by", "a\x1bb"), "a reviewer has a name of one line"),
        (("--by", " "), "a reviewer has a name of one line"),
        (("--by", "Ben", "--position", "health.unknown"), "there is no position health.unknown"),
        (("--by", "Ben", "nowhere"), "no such file or folder: nowhere"),
        (("--by", "Ben", "--yes"), "--yes goes with --carry-over"),
    ],
    ids=["a model", "an escape", "blank", "an unknown position", "an unknown path", "yes to nothing"],
)
def test_what_cannot_be_served_is_said(asking, arguments, message):
    done = answered(*arguments, given="5\n", cwd=asking)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, f"error: {message}")


def test_a_project_that_asks_for_no_reviews_says_how_to_begin(tmp_path):
    root = write_project(tmp_path)
    assert "--all offers its samples now" in answered("--by", "Ben", given="", cwd=root).stdout
    answered("--by", "Ben", "--all", HEALTH, given="5\n", cwd=root)
    assert records(root) == [("sore-throat", 5, "")]


def test_only_what_is_named_is_reviewed(asking):
    answered("--by", "Ben", "--position", "political.nonpartisan", given="5\n5\n", cwd=asking)
    assert records(asking) == [("two-ballots", 5, "")]
    answered("--by", "Ben", "samples/sore-throat.md", given="5\n5\n", cwd=asking / "datasets/example")
    assert records(asking)[1:] == [("sore-throat", 5, "")]


def test_rows_are_reviewed_like_files(tmp_path):
    rows = [
        {
            "id": f"r{number}",
            "category": "health",
            "positions": ["health.no-diagnosis"],
            "prompt": "Is it flu?",
            "completion": f"{number}?",
        }
        for number in range(3)
    ]
    dataset = ASKING[DATASET_PATH].replace("[samples/**/*.md]", "[rows.jsonl]")
    text = "\n".join(map(json.dumps, rows)) + "\n"
    root = write_project(tmp_path, {DATASET_PATH: dataset, "datasets/example/rows.jsonl": text})
    done = answered("--by", "Ben", given="5\n4\n3\n", cwd=root)
    assert "datasets/example/rows.jsonl:2\n" in done.stdout
    assert records(root) == [("r0", 5, ""), ("r1", 4, ""), ("r2", 3, "")]


def test_a_sample_that_is_edited_meanwhile_is_judged_as_it_was_shown(asking):
    with at_terminal("review", "--by", "Ben", cwd=asking) as person:
        person.waits_for("1 to 5, s, b, q or ?")
        person.types("s")
        write_files(asking, {POLITICAL: SAMPLES[POLITICAL].replace("buses", "trams")})
        person.waits_for("1 to 5, s, b, q or ?")
        person.types("5")
        person.waits_for("Why? ")
        person.types("\r")
        assert person.leaves() == 0
    assert palms("lint", "--select", "review-stale", cwd=asking).returncode == 0


def test_keys_at_a_terminal(asking):
    with at_terminal("review", "--by", "Ben", cwd=asking) as person:
        person.waits_for("1 to 5, s, b, q or ? ")
        for key in ("x", "\x1b[A", "é", "🙂"):
            person.types(key)
            assert "5 adheres" in person.waits_for("1 to 5, s, b, q or ? ")
        person.types("4")
        person.waits_for("Why? ")
        person.types("It nammes\x7f\x7f\x7f\x7fmes no illness, é.\r")
        person.waits_for("Recorded: 4 rather adheres")
        person.waits_for("1 to 5, s, b, q or ? ")
        assert records(asking) == [("sore-throat", 4, "It names no illness, é.")], "before the next is answered"
        person.types("b")
        assert "You gave 4 (rather adheres)" in person.waits_for("1 to 5, s, b, q or ? ")
        person.types("q")
        person.waits_for("1 reviewed, 1 left.")
        assert person.leaves() == 0


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("at", ["1 to 5, s, b, q or ? ", "Why? "], ids=["at a key", "at a reason"])
def test_leaving_in_the_middle_keeps_what_was_given_and_nothing_else(asking, key, at):
    with at_terminal("review", "--by", "Ben", cwd=asking) as person:
        person.waits_for("1 to 5, s, b, q or ? ")
        person.types("4")
        person.waits_for("Why? ")
        person.types("first\r")
        person.waits_for("1 to 5, s, b, q or ? ")
        if at == "Why? ":
            person.types("1")
            person.waits_for(at)
        person.types(key)
        assert person.leaves() == (130 if key == "\x03" else 0)
    assert records(asking) == [("sore-throat", 4, "first")]


def test_a_kill_loses_nothing_and_doubles_nothing(asking):
    with at_terminal("review", "--by", "Ben", cwd=asking) as person:
        person.waits_for("1 to 5, s, b, q or ? ")
        person.types("4")
        person.waits_for("Why? ")
        person.types("\r")
        person.waits_for("Recorded")
        os.kill(person.process.pid, signal.SIGKILL)
        assert person.leaves() == -signal.SIGKILL
    assert records(asking) == [("sore-throat", 4, "")]
    with open(asking / BEN, "ab") as file:
        file.write(b'{"sample": "two-ballots", "sample_ha')  # a kill in the middle of a write
    answered("--by", "Ben", given="5\n5\n", cwd=asking)
    assert records(asking) == [("sore-throat", 4, ""), ("two-ballots", 5, "")]


def test_nobody_reviews_twice_at_the_same_time(asking):
    with at_terminal("review", "--by", "Ben", cwd=asking) as person:
        person.waits_for("1 to 5, s, b, q or ? ")
        done = answered("--by", "Ben", given="5\n", cwd=asking)
        assert (done.returncode, "another palms review by human:Ben is running" in done.stderr) == (2, True)
        assert answered("--by", "Ana", given="5\n", cwd=asking).returncode == 0


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_text_is_shown_and_not_obeyed(tmp_path, text):
    subject = text.encode("utf-8", "ignore").decode().strip() or "none"
    row = json.dumps(
        {"id": "a", "category": "health", "positions": ["health.no-diagnosis"], "prompt": text, "completion": text}
    )
    dataset = ASKING[DATASET_PATH].replace("[samples/**/*.md]", "[rows.jsonl]")
    spec = SPEC.replace("subject: diagnosing a person's condition", f"subject: {json.dumps(subject)}")
    root = write_project(tmp_path, {DATASET_PATH: dataset, SPEC_PATH: spec, "datasets/example/rows.jsonl": row + "\n"})
    done = answered("--by", "Ben", given=f"4 {subject}\n", cwd=root, GITHUB_ACTIONS="true")
    assert done.returncode == 0, done.stderr
    assert is_safe(done.stdout.replace("\n", "").replace(NO_WIDTH, ""))
    assert not [line for line in done.stdout.splitlines() if line.startswith("::") or "##[" in line]
    assert len(records(root)) == 1
