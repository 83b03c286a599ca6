from __future__ import annotations

import shutil

import pytest

from palms_spec.engine.settings import load_settings
from palms_spec.errors import UsageError
from palms_spec.rulekit.examples import SPEC_PATH
from palms_spec.workflows.diff import diff
from palms_spec.workflows.diff_sides import find_sides
from tests.projects import write_files, write_project
from tests.scratch import ANN, BOB, OWNED, REVERSED, REWORDED, kinds, new_scratch

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
REVERSAL = [("position-reversed", "health.no-diagnosis")]
REWORDING = [("position-reworded", "health.no-diagnosis")]


@pytest.fixture
def scratch(tmp_path):
    return new_scratch(tmp_path / "repository")


def test_the_base_is_where_the_branches_went_apart(scratch):
    scratch.commit({SPEC_PATH: REVERSED})
    scratch.git("checkout", "--quiet", "main")
    other = OWNED.replace("name: Politics", "name: Political opinion")
    scratch.commit({SPEC_PATH: other})
    scratch.git("checkout", "--quiet", "change")
    found = scratch.diff()
    assert kinds(found) == REVERSAL
    assert found.base == f"main ({scratch.git('merge-base', 'main', 'change')[:8]})"
    assert kinds(scratch.diff("main", "change")) == REVERSAL
    assert ("category-reworded", "political") in kinds(scratch.diff("main", direct=True))
    assert scratch.diff("main", direct=True).base == "main"


def test_what_is_not_committed_counts_and_what_is_ignored_does_not(scratch):
    scratch.commit({".gitignore": "out/\n"})
    scratch.write({SPEC_PATH: REVERSED, "specs/new/spec.yaml": OWNED.replace("id: example", "id: new")})
    scratch.write({"out/spec.yaml": OWNED.replace("id: example", "id: ignored")})
    assert kinds(scratch.diff()) == [*REVERSAL, ("document-added", "new")]
    assert kinds(scratch.diff("main", "HEAD")) == []


def test_a_deleted_file_is_gone_before_it_is_committed(scratch):
    scratch.write({"datasets/example/samples/sore-throat.md": None})
    assert kinds(scratch.diff()) == [("sample-dropped", "sore-throat")]


def test_a_repository_with_longer_ids(tmp_path):
    scratch = new_scratch(tmp_path, options="--object-format=sha256")
    assert kinds(scratch.diff()) == []
    scratch.write({SPEC_PATH: REVERSED})
    assert kinds(scratch.diff()) == REVERSAL


def test_a_project_in_a_folder_of_a_repository(tmp_path):
    scratch = new_scratch(tmp_path)
    scratch.git("checkout", "--quiet", "main")
    (tmp_path / "policy").mkdir()
    for name in ("palms.toml", "specs", "datasets"):
        scratch.git("mv", name, f"policy/{name}")
    scratch.commit()
    root = tmp_path / "policy"
    write_files(root, {SPEC_PATH: REVERSED})
    settings = load_settings(root)
    assert kinds(diff(find_sides("main", None, settings, root), settings, cache=False)) == REVERSAL
    for word in (f"main:policy/{SPEC_PATH}", f"main:./{SPEC_PATH}"):
        assert kinds(diff(find_sides(word, None, settings, root), settings, cache=False)) == REVERSAL


def test_a_file_of_a_revision(scratch):
    scratch.commit({SPEC_PATH: REVERSED, "datasets/example/samples/sore-throat.md": None})
    assert kinds(scratch.diff(f"main:{SPEC_PATH}")) == REVERSAL
    assert kinds(scratch.diff(f"main:{SPEC_PATH}", f"change:{SPEC_PATH}")) == REVERSAL
    assert kinds(scratch.diff("main:specs/", "change:specs")) == REVERSAL
    assert scratch.diff(f"main:{SPEC_PATH}").base == f"main:{SPEC_PATH}"


def test_a_file_of_a_revision_and_one_at_hand(scratch, monkeypatch):
    scratch.write({"specs/draft.yaml": REVERSED})
    assert kinds(scratch.diff(f"main:{SPEC_PATH}", "specs/draft.yaml")) == REVERSAL


def test_two_folders(tmp_path, monkeypatch):
    for name, spec in (("old", OWNED), ("new", REVERSED)):
        write_project(tmp_path / name, {SPEC_PATH: spec})
    settings = load_settings(tmp_path)
    sides = find_sides("old", "new", settings, tmp_path)
    found = diff(sides, settings, cache=False)
    assert kinds(found) == REVERSAL
    assert found.root == tmp_path / "new"
    (first,) = [one.finding for one in found.said if one.change is not None]
    assert (first.path, first.related[0].place.path) == (SPEC_PATH, f"../old/{SPEC_PATH}")


def test_two_files(tmp_path):
    write_files(tmp_path, {"old.yaml": OWNED, "new.yaml": REVERSED})
    settings = load_settings(tmp_path)
    assert kinds(diff(find_sides("old.yaml", "new.yaml", settings, tmp_path), settings, cache=False)) == REVERSAL


def test_a_folder_and_a_revision(scratch, tmp_path):
    scratch.commit({SPEC_PATH: REVERSED})
    write_project(tmp_path / "copy", {SPEC_PATH: OWNED})
    settings = load_settings(scratch.root)
    for head in ("change", None):
        sides = find_sides(str(tmp_path / "copy"), head, settings, scratch.root)
        assert kinds(diff(sides, settings, cache=False)) == REVERSAL


def test_a_word_that_is_a_revision_and_a_path_is_a_revision(scratch):
    scratch.write({"main/notes.md": "x", SPEC_PATH: REVERSED})
    assert ("position-reversed", "health.no-diagnosis") in kinds(scratch.diff("main"))


@pytest.mark.parametrize(
    ("base", "head", "told"),
    [
        ("nothing", None, "there is no revision nothing in this repository"),
        ("main", "nothing", "there is no revision nothing in this repository"),
        ("nothing:a.yaml", None, "there is no revision nothing in this repository"),
        ("main:no/such", None, "there is nothing at main:no/such"),
        ("main:specs", "main:no", "there is nothing at main:no"),
        (":a", None, ":a is no revision with a path"),
        ("main:", None, "main: is no revision with a path"),
    ],
)
def test_what_is_not_there(scratch, base, head, told):
    with pytest.raises(UsageError) as error:
        scratch.sides(base, head)
    assert error.value.message == told


def test_outside_of_the_repository_there_is_nothing_to_compare_a_revision_with(scratch, tmp_path):
    write_files(tmp_path, {"elsewhere/spec.yaml": OWNED})
    with pytest.raises(UsageError, match=f"is outside of {scratch.root}, and main is a revision of what is in it"):
        scratch.sides("main", str(tmp_path / "elsewhere"))


def test_without_a_branch_that_changes_go_into_one_has_to_be_named(scratch):
    scratch.git("branch", "--quiet", "--move", "main", "trunk")
    with pytest.raises(UsageError) as error:
        scratch.sides()
    assert error.value.hint == "name a revision: palms diff REVISION"


def test_outside_of_a_repository_two_paths_are_asked_for(tmp_path):
    write_project(tmp_path)
    with pytest.raises(UsageError, match="is in no git repository"):
        find_sides("main", None, load_settings(tmp_path), tmp_path)


def test_branches_that_share_nothing(scratch):
    scratch.git("checkout", "--quiet", "--orphan", "other")
    scratch.commit({SPEC_PATH: REVERSED})
    with pytest.raises(UsageError) as error:
        scratch.sides("main")
    assert error.value.message == "main and HEAD have no commit in common"
    assert error.value.hint == "compare them as they are with --direct"
    assert kinds(scratch.diff("main", direct=True)) == REVERSAL


def test_a_shallow_clone_is_told_how_to_get_what_it_lacks(scratch, tmp_path):
    scratch.commit({SPEC_PATH: REVERSED})
    scratch.git("clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{scratch.root}", tmp_path / "shallow")
    settings = load_settings(tmp_path / "shallow")
    with pytest.raises(UsageError) as error:
        find_sides("origin/main", None, settings, tmp_path / "shallow")
    assert "a shallow clone lacks it; get it with: git fetch --unshallow" in error.value.hint
    scratch.git("-C", tmp_path / "shallow", "fetch", "--quiet", "--unshallow")
    sides = find_sides("origin/main", None, settings, tmp_path / "shallow")
    assert kinds(diff(sides, settings, cache=False)) == REVERSAL


def test_the_files_of_a_project_say_who_changed_them(scratch):
    scratch.commit({SPEC_PATH: REWORDED}, by=BOB)
    scratch.be(ANN).write({"palms.toml": "rules-version = 1\n\n"})
    sample = "datasets/example/samples/sore-throat.md"
    assert scratch.sides().authors_of([SPEC_PATH]) == {"Bob Roe", "bob@example.org"}
    scratch.write({SPEC_PATH: REVERSED, sample: None})
    assert scratch.sides().authors_of([SPEC_PATH]) == {"Bob Roe", "bob@example.org", "Ann Lee", "ann@example.org"}
    assert scratch.sides().authors_of([sample]) == {"Ann Lee", "ann@example.org"}
    assert scratch.sides("main", "HEAD").authors_of([SPEC_PATH]) == {"Bob Roe", "bob@example.org"}
