"""Three releases of a published specification: nothing in them is lost.

What is counted here is counted by expressions over the raw text that share nothing with the reader.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

import pytest

from palms_spec.documents.document import Document
from palms_spec.documents.published.reading import published_samples, read_published
from palms_spec.documents.spec import Position, Spec
from palms_spec.sources.node import MappingNode, ScalarNode, plain, walk
from palms_spec.workflows.compile import compile_dataset
from palms_spec.workflows.importing_published import import_published
from tests.projects import lint, write_files
from tests.real_releases import HEADING, HERE, RELEASES, outside_of, text_of
from tests.realdata import needs_real_data

LABEL = re.compile(r"<assistant[^>]*> *<!-- (GOOD|BAD|OK)(?:\[#(\w+)\])?")
MARKUP = re.compile(
    r"""</?(?:system|developer|user|assistant|tool|comparison)\b(?:\ (?:recipient|name|end_turn|comment)=)?"""
    r"""|^[#]+|\{\#|\}|authority=|\[\^|\]|\*\*Example\*\*:|~~~xml|~~~|!!!\ meta\ "Commentary"|<!--|-->|\[\#|[<>":,]"""
    r"""|(?:recipient|name|comment)=""",
    re.MULTILINE | re.VERBOSE,
)


@cache
def _read(release: str) -> Document:
    document = read_published(f"model-spec/{release}.md", text_of(release).encode())
    assert document is not None
    return document


def _spec(release: str) -> Spec:
    model = _read(release).model
    assert isinstance(model, Spec)
    return model


def _positions(release: str) -> dict[str, Position]:
    return {one.id: one for category in _spec(release).categories for one in category.positions}


def _samples(release: str) -> list[dict[str, Any]]:
    root = _read(release).root
    assert isinstance(root, MappingNode)
    samples: Any = plain(root.entries["samples"].value)
    return list(samples)


@needs_real_data
@pytest.mark.parametrize(("release", "sections"), list(zip(RELEASES, (71, 71, 78), strict=True)))
def test_every_section_is_there_with_its_authority(release, sections):
    headings = HEADING.findall(outside_of(release))
    assert len(headings) == sections
    spec, positions = _spec(release), _positions(release)
    assert [one.id for one in spec.categories] == [name for rank, _, name, _ in headings if rank == "#"]
    for rank, title, name, authority in headings:
        if rank == "#" and name not in positions:
            assert re.search(rf"\{{#{name}\}}\n+##", outside_of(release)), "it has no text of its own"
            continue
        assert (positions[name].subject, positions[name].authority or "") == (title, authority)
    assert len(positions) + sum(one.id not in positions for one in spec.categories) == sections


@needs_real_data
@pytest.mark.parametrize("release", RELEASES)
def test_sections_stand_in_those_around_them(release):
    around: list[tuple[int, str]] = []
    positions = _positions(release)
    for marks, _, name, _ in HEADING.findall(outside_of(release)):
        around = [one for one in around if one[0] < len(marks)]
        parents = [parent for _, parent in around if parent in positions]
        assert name not in positions or positions[name].within == (parents[-1] if parents else None)
        around.append((len(marks), name))


@needs_real_data
@pytest.mark.parametrize(
    ("release", "comparisons", "labels"),
    [
        ("2025-02-12", 163, {"GOOD": 168, "BAD": 162, "OK": 7}),
        ("2025-04-11", 163, {"GOOD": 168, "BAD": 162, "OK": 7}),
        ("2025-10-27", 190, {"GOOD": 194, "BAD": 194, "OK": 8}),
    ],
)
def test_every_comparison_is_a_sample_or_pairs_of_all_its_answers(release, comparisons, labels):
    found = re.findall(r"<comparison>(.*?)</comparison>", text_of(release), re.DOTALL)
    assert (len(found), dict(Counter(label for label, _ in LABEL.findall(text_of(release))))) == (comparisons, labels)
    rank = {"GOOD": 0, "OK": 1, "BAD": 2}
    expected: Counter[tuple[str, ...]] = Counter()
    for text in found:
        answers = [label for label, _ in LABEL.findall(text)]
        assert len(answers) == text.count("</assistant>")
        pairs: list[tuple[str, ...]] = [(one, other) for one in answers for other in answers if rank[one] < rank[other]]
        expected.update(pairs or [(one,) for one in answers if one != "BAD"])
    told: Counter[tuple[str, ...]] = Counter()
    for sample in _samples(release):
        sides = [sample["metadata"].get(side) for side in ("answer", "chosen", "rejected")]
        told[tuple(side["label"] for side in sides if side)] += 1
    assert told == expected
    numbers = {re.sub(r"\+\d+$", "", sample["id"]) for sample in _samples(release)}
    assert len(numbers) == comparisons


@needs_real_data
@pytest.mark.parametrize("release", RELEASES)
def test_what_labels_blame_and_say_is_kept(release):
    blamed = Counter(name for _, name in LABEL.findall(text_of(release)) if name)
    remarks = re.findall(r"<!-- (?:GOOD|BAD|OK)(?:\[#\w+\])?[:,] *(.*?) *-->", text_of(release))
    sides = {
        (sample["id"].split("+")[0], side["label"], side.get("comment"), said)
        for sample in _samples(release)
        for name, side in sample["metadata"].items()
        if name in ("answer", "chosen", "rejected")
        for said in [str(sample.get("completion" if name == "answer" else name) or sample["messages"][-1])]
    }
    assert Counter(comment for _, _, comment, _ in sides if comment) == Counter(remarks)
    told = {
        (sample["id"].split("+")[0], side["blames"], side.get("comment"), str(sample["rejected"]))
        for sample in _samples(release)
        if (side := sample["metadata"].get("rejected", {})).get("blames")
    }
    assert Counter(name for _, name, _, _ in told) == blamed


@needs_real_data
@pytest.mark.parametrize(("release", "footnotes"), list(zip(RELEASES, (120, 120, 118), strict=True)))
def test_every_footnote_hangs_on_its_section_and_is_no_word_of_it(release, footnotes):
    found = [(match.start(), match[1]) for match in re.finditer(r"\[\^(\w+)\]", outside_of(release))]
    assert len(found) == footnotes
    starts = [(match.start(), match[3]) for match in HEADING.finditer(outside_of(release))]
    positions = _positions(release)
    for at, name in found:
        section = max(start for start in starts if start[0] < at)[1]
        assert name in positions[section].footnotes
    assert sum(len(one.footnotes) for one in positions.values()) == footnotes
    assert not any("[^" in f"{one.statement}{one.rationale}" for one in positions.values())


@needs_real_data
@pytest.mark.parametrize(("release", "blocks"), list(zip(RELEASES, (20, 20, 28), strict=True)))
def test_commentary_demands_nothing(release, blocks):
    found = re.findall(r'^!!! meta "Commentary"\n+((?: {4}.*\n|\n)+)', outside_of(release), re.MULTILINE)
    assert len(found) == blocks
    rationales = "\n".join(one.rationale or "" for one in _positions(release).values())
    statements = "\n".join(one.statement for one in _positions(release).values())
    for block in found:
        for line in filter(None, (line.strip() for line in block.splitlines())):
            assert line in rationales
            assert line not in statements


@needs_real_data
@pytest.mark.parametrize("release", RELEASES)
def test_every_character_is_in_a_value_or_is_markup(release):
    document, text = _read(release), text_of(release)
    assert document.root is not None
    covered = bytearray(len(text))
    for _, node in walk(document.root):
        if isinstance(node, ScalarNode):
            runs = [run for run in node.runs if run.is_verbatim or run.length == 1]
            for start, end in [(run.start, run.end) for run in runs] or [(node.start, node.end)]:
                covered[start:end] = b"\1" * (end - start)
    left = "".join(" " if covered[at] and character != "\n" else character for at, character in enumerate(text))
    assert MARKUP.sub("", left).split() == []


@needs_real_data
def test_the_prompts_of_the_third_release_belong_to_its_footnotes(tmp_path):
    files = {f"ms/examples/{path.name}": path.read_bytes() for path in (HERE / "examples").iterdir()}
    text: dict[str, str | bytes | None] = {"ms/2025-10-27.md": text_of("2025-10-27"), **files}
    outcome = lint(write_files(tmp_path, {**text, "palms.toml": 'model-specs = ["ms/*.md"]\n'}))
    found = Counter(finding.rule for finding in outcome.stream() if finding.code.startswith("PUB"))
    names = {path.stem for path in (HERE / "examples").iterdir()}
    marks = set(re.findall(r"\[\^(\w+)\]", outside_of("2025-10-27")))
    titles = [
        title
        for data in files.values()
        for title in _twice(re.findall(r"^\*\*Example\*\*: (.*)$", data.decode(), re.M))
    ]
    good_only = [
        text
        for text in re.findall(r"<comparison>(.*?)</comparison>", text_of("2025-10-27"), re.DOTALL)
        if "<!-- BAD" not in text
    ]
    assert (names - marks, len(marks - names), len(titles), len(good_only)) == (set(), 4, 20, 30)
    assert found == {
        "footnote-without-examples": len(marks - names),
        "duplicate-example-title": len(titles),
        "comparison-without-bad-side": len(good_only),
    }
    done = import_published(tmp_path / "ms/2025-10-27.md", tmp_path, out=tmp_path / "specs/imported")
    fences = sum(data.count(b"~~~xml") for data in files.values())
    assert (done.prompts, done.prompt_files, fences) == (272, 114, 272)
    assert (done.pairs + done.answers, done.unsettled) == (len(_samples("2025-10-27")), 0)


def _twice(titles: list[str]) -> list[str]:
    seen: set[str] = set()
    return [title for title in titles if title.casefold() in seen or seen.add(title.casefold())]  # type: ignore[func-returns-value]


@needs_real_data
def test_the_earlier_releases_have_no_defect_but_notes_and_missing_prompts(tmp_path):
    for release in RELEASES[:2]:
        kinds = Counter(defect.kind for defect in _read(release).defects)
        assert kinds == {"comparison-without-bad-side": 28}


@needs_real_data
def test_the_third_release_is_compiled_in_place(tmp_path, monkeypatch):
    write_files(tmp_path, {"ms/2025-10-27.md": text_of("2025-10-27"), "palms.toml": 'model-specs = ["ms/*.md"]\n'})
    monkeypatch.chdir(tmp_path)
    rows = 0
    for name, method in (("ms", "dpo"), ("ms-answers", "sft")):
        done = compile_dataset(name, tmp_path, targets=["trl"], method=method, lint=False)
        assert [target.refusals for target in done.targets] == [()]
        (file,) = (tmp_path / "build" / name).rglob("train.jsonl")
        rows += len(file.read_bytes().splitlines())
    data = text_of("2025-10-27").encode()
    assert rows == sum(len(published_samples("x.md", data, "x", pairs=pairs)[1]) for pairs in (True, False)) == 248
