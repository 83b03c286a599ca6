"""Published specifications as documents of our own."""

from __future__ import annotations

import pytest

from palms_spec.documents.published.reading import read_published
from palms_spec.documents.sample import Sample
from palms_spec.documents.spec import Spec
from palms_spec.errors import UnreadableSource, UsageError
from palms_spec.rulekit.published_example import PROMPTS, TEXT
from palms_spec.workflows.datasets import open_dataset
from palms_spec.workflows.importing_published import import_published, is_published_spec
from tests.projects import found, lint, write_files
from tests.workflows.test_published import BOTH

NARROW = BOTH.replace("authority=user}", "authority=user tags=u18}").replace(
    "## Point", '!!! meta "Commentary"\n    Why.\n\n## Point'
)


@pytest.fixture
def source(tmp_path):
    write_files(
        tmp_path, {"palms.toml": "", "theirs/values/2025-10-27.md": NARROW, "theirs/values/examples/k7f2.md": PROMPTS}
    )
    return tmp_path / "theirs/values/2025-10-27.md"


def _samples(root, name) -> list[Sample]:
    return sorted((one.sample for one in open_dataset(name, root).samples(whole=True)), key=lambda one: one.id or "")


def _told(sample: Sample):
    said = [[(turn.role, turn.content) for turn in turns] for turns in (sample.turns, sample.rejected)]
    return sample.id, sample.category, sample.positions, sample.metadata, said


def test_it_becomes_a_specification_prompts_and_two_datasets(source, tmp_path):
    done = import_published(source, tmp_path)
    assert done.folder == tmp_path / "specs" / "values"
    assert (done.name, done.version, done.positions, done.prompts, done.prompt_files) == (
        "values",
        "2025.10.27",
        3,
        2,
        1,
    )
    assert (done.pairs, done.answers, done.unsettled) == (1, 1, 0)
    assert sorted(path.name for path in done.folder.iterdir()) == ["answers", "pairs", "prompts.yaml", "spec.yaml"]


def test_the_specification_says_the_same_as_the_text(source, tmp_path):
    import_published(source, tmp_path)
    write_files(tmp_path, {"palms.toml": 'model-specs = ["theirs/**/*.md"]\n', "theirs/values/x": ""})
    published = read_published("values/2025-10-27.md", source.read_bytes())
    assert published is not None
    written = open_dataset("values", tmp_path / "specs").spec
    assert isinstance(published.model, Spec)
    assert written is not None
    assert written.categories == published.model.categories
    assert written.categories[0].positions[-1].attributes == {"tags": "u18"}


def test_the_samples_are_those_that_are_read_in_place(source, tmp_path):
    import_published(source, tmp_path, out=tmp_path / "specs" / "mine")
    own = {name: list(map(_told, _samples(tmp_path, f"mine{name}"))) for name in ("", "-answers")}
    write_files(tmp_path, {"palms.toml": 'exclude = ["specs"]\nmodel-specs = ["theirs/**/2025*.md"]\n'})
    assert {name: list(map(_told, _samples(tmp_path, f"values{name}"))) for name in own} == own


def test_only_what_a_published_text_lacks_is_found_afterwards(source, tmp_path):
    import_published(source, tmp_path)
    told = {rule for rule, _, _ in found(lint(tmp_path / "specs"))}
    assert told == {"position-without-stance", "missing-owner", "undeclared-context", "too-few-test-prompts"}


def test_prompts_without_a_footnote_are_imported_as_well(source, tmp_path):
    write_files(source.parent, {"examples/z9.md": PROMPTS.replace("k7f2", "z9")})
    assert import_published(source, tmp_path).prompts == 4


def test_comparisons_that_give_no_sample_are_counted_and_stay_text(source, tmp_path):
    source.write_text(NARROW.replace("<!-- GOOD -->", "<!-- BAD: long -->", 1), "utf-8")
    done = import_published(source, tmp_path)
    assert (done.pairs, done.unsettled) == (0, 1)
    assert "BAD: long" in (done.folder / "spec.yaml").read_text("utf-8")


def test_an_import_is_replaced_only_if_asked_and_nothing_else_ever(source, tmp_path):
    import_published(source, tmp_path)
    with pytest.raises(UsageError, match="there already"):
        import_published(source, tmp_path)
    import_published(source, tmp_path, force=True)
    write_files(tmp_path, {"specs/values/notes.txt": "mine"})
    with pytest.raises(UsageError, match=r"holds notes\.txt"):
        import_published(source, tmp_path, force=True)


def test_ids_that_are_taken_are_not_given_again(source, tmp_path):
    write_files(tmp_path, {"palms.toml": 'model-specs = ["theirs/**/2025*.md"]\n'})
    with pytest.raises(UsageError, match="there is a values-spec values in this project already: theirs/values"):
        import_published(source, tmp_path)


def test_what_is_no_published_specification_is_refused(tmp_path):
    write_files(tmp_path, {"readme.md": "# Read me\n", "broken.md": "# A {#a,b}\n\nText.\n", "k7f2.md": PROMPTS})
    for name in ("readme.md", "k7f2.md"):
        with pytest.raises(UsageError, match="is no published specification"):
            import_published(tmp_path / name, tmp_path, out=tmp_path / "out")
    with pytest.raises(UsageError, match=r"broken\.md cannot be read"):
        import_published(tmp_path / "broken.md", tmp_path, out=tmp_path / "out")
    with pytest.raises(UnreadableSource):
        import_published(tmp_path / "absent.md", tmp_path, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_markdown_with_ids_is_known_without_being_told(tmp_path):
    write_files(tmp_path, {"text.md": TEXT, "readme.md": "# Read me\n"})
    assert is_published_spec(tmp_path / "text.md", None)
    assert is_published_spec(tmp_path / "readme.md", "model-spec")
    assert not is_published_spec(tmp_path / "readme.md", None)
    assert not is_published_spec(tmp_path / "text.md", "chat")
