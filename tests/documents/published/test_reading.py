"""Published specifications as documents."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palms_spec.documents.identity import position_hash
from palms_spec.documents.published.reading import read_published
from palms_spec.documents.snapshot import restored, snapshot
from palms_spec.engine.placing import place_in
from palms_spec.rulekit.published_example import TEXT
from palms_spec.sources.node import ScalarNode, walk
from palms_spec.sources.offsets import value_span
from tests.documents.published.reading import defects_of, positions_of, spec_of

NESTED = """\
# Stay in bounds {#bounds}

## Restricted {#restricted}

Some content is restricted.

### Hazards {#hazards authority=root tags="teens adults"}

No recipes for poisons[^a1].

!!! meta "Commentary"
    This is not a rule.

    Nor is [?](#bounds).

# Style {#style}

Be brief.
"""


def test_chapters_are_categories_and_sections_positions():
    spec = spec_of(NESTED)
    assert [(one.id, one.name, [position.id for position in one.positions]) for one in spec.categories] == [
        ("bounds", "Stay in bounds", ["restricted", "hazards"]),
        ("style", "Style", ["style"]),
    ]


def test_a_section_gives_heading_text_commentary_authority_and_what_is_around_it():
    hazards = positions_of(NESTED)["hazards"]
    assert hazards.subject == "Hazards"
    assert hazards.statement == "No recipes for poisons."
    assert hazards.rationale == "This is not a rule.\n\nNor is [?](#bounds)."
    assert (hazards.authority, hazards.within, hazards.footnotes) == ("root", "restricted", ["a1"])
    assert hazards.stance is None


def test_unknown_attributes_are_kept_and_are_part_of_the_meaning():
    narrow = positions_of(NESTED)["hazards"]
    wide = positions_of(NESTED.replace(' tags="teens adults"', ""))["hazards"]
    assert (narrow.attributes, wide.attributes) == ({"tags": "teens adults"}, {})
    assert position_hash(narrow) != position_hash(wide)


def test_a_section_without_text_says_its_heading():
    assert positions_of("# A {#a}\n\n## Be kind {#kind authority=user}\n")["kind"].statement == "Be kind"


def test_a_chapter_without_text_is_no_position():
    assert list(positions_of("# A {#a}\n\n## B {#b}\n\nText.\n")) == ["b"]


def test_a_first_heading_without_id_that_stands_alone_is_the_title():
    spec = spec_of(
        "# Our values\n\n## Health {#health}\n\n### No diagnosis {#no}\n\nNone.\n\n## Work {#work}\n\nFair.\n"
    )
    assert spec.title == "Our values"
    assert [category.id for category in spec.categories] == ["our-values", "health", "work"]
    assert positions_of("# Our values\n\nTo all.\n\n## Health {#health}\n\nx\n")["our-values"].statement == "To all."


def test_text_before_the_first_heading_is_kept():
    assert positions_of("For everyone.\n\n# A {#a}\n\nText.\n")["preamble"].statement == "For everyone."


def test_text_around_an_example_is_one_statement():
    statement = positions_of(TEXT.replace("## Point", "Rashes differ.\n\n## Point"))["no_diagnosis"].statement
    assert statement.endswith("see [?](#urgent_help).\n\nRashes differ.")


def test_only_commentary_is_left_out_of_the_statement():
    text = '# A {#a}\n\n!!! warning "Careful"\n    Binding.\n\n<!-- a remark -->\n\n!!! note "Commentary"\n    Not binding.\n'
    position = positions_of(text)["a"]
    assert position.statement == '!!! warning "Careful"\n    Binding.'
    assert position.rationale == "<!-- a remark -->\n\nNot binding."


def test_a_footnote_that_the_text_spells_out_stays_text():
    position = positions_of("# A {#a}\n\nOne[^x] two[^y].\n\n[^x]: By law.\n")["a"]
    assert position.statement == "One[^x] two.\n\n[^x]: By law."
    assert position.footnotes == ["y"]


@pytest.mark.parametrize(
    ("path", "name", "version"),
    [
        ("model-spec/2025-10-27.md", "model-spec", "2025.10.27"),
        ("model_spec.md", "model_spec", "0.0.0"),
        ("docs/spec-2025_04_11.md", "spec", "2025.04.11"),
        ("spec-v20250411.md", "spec", "2025.04.11"),
        ("2025-10-27.md", "published", "2025.10.27"),
        ("Our values (draft).md", "our-values-draft", "0.0.0"),
        ("spec-2025-13-45.md", "spec-2025-13-45", "0.0.0"),
    ],
)
def test_name_and_version_come_from_the_path(path, name, version):
    spec = spec_of("# A {#a}\n\nText.\n", path)
    assert (spec.id, spec.version) == (name, version)


def test_front_matter_counts_more_and_may_hold_more():
    front = "---\nlayout: post\nid: ours\nversion: 1.2.0\nlanguage: de\ngovernance:\n  owners: [Ada]\n---\n"
    spec = spec_of(front + NESTED)
    assert (spec.id, spec.version, spec.language, spec.governance.owners) == ("ours", "1.2.0", "de", ["Ada"])
    assert positions_of(front + NESTED)["style"].statement == "Be brief."


def test_what_looks_misspelt_in_front_matter_is_a_defect():
    assert defects_of("---\nlangauge: de\nlayout: post\n---\n# A {#a}\n") == [("unknown-field", "langauge")]
    assert defects_of("---\na: [\n---\n# A {#a}\n")[0][0] == "syntax-error"


def test_levels_of_authority_are_those_of_the_chain_of_command_or_those_given():
    text = "# A {#a authority=guideline}\n\n# B {#b authority=root}\n"
    assert spec_of(text).authority_levels == ["root", "system", "developer", "user", "guideline"]
    assert spec_of(text.replace("root", "platform")).authority_levels == ["platform", "developer", "user", "guideline"]
    assert spec_of(text.replace("guideline", "x").replace("root", "y")).authority_levels == []
    given_levels = "---\nauthority_levels: [x, y]\n---\n"
    assert spec_of(given_levels + text.replace("guideline", "x").replace("root", "y")).authority_levels == ["x", "y"]


def test_an_authority_beside_the_known_ones_is_a_defect():
    assert defects_of("# A {#a authority=root}\n\n# B {#b authority=guidline}\n") == [
        ("unresolved-reference", "guidline")
    ]


@pytest.mark.parametrize(
    ("text", "defects"),
    [
        ("# A {#a}\n\n# B {#a}\n", [("duplicate-id", "a")]),
        ("# A {#a tags=x tags=y}\n\nText.\n", [("duplicate-key", "x")]),
        ("# A {#a,b}\n\nText.\n", [("schema-violation", "")]),
        ("# A {#a}\n\n~~~xml\n<user>\n", [("syntax-error", "~~~xml")]),
        ("# A {#a}\n\n~~~xml\n<comparison>\n~~~\n", [("syntax-error", "<comparison>")]),
    ],
)
def test_what_is_wrong_with_the_structure_is_told(text, defects):
    assert defects_of(text)[: len(defects)] == defects


def test_texts_of_other_sorts_are_no_documents():
    assert read_published("readme.md", b"# Readme\n\nNothing with ids.\n") is None
    assert read_published("empty.md", b"") is None


def test_what_is_no_utf8_is_told():
    document = read_published("text.md", b"# A {#a}\n\n\xff\n")
    assert document is not None
    assert [defect.kind for defect in document.defects] == ["unreadable-document"]


def test_a_document_from_a_cache_points_at_the_same_places():
    data = NESTED.encode()
    document = read_published("text.md", data)
    again = restored("text.md", data, snapshot(document))
    assert document is not None
    assert again is not None
    assert again.model == document.model
    for pointer in ("/categories/bounds/positions/hazards/statement", "/categories/style/name", "/id"):
        assert place_in(again, pointer) == place_in(document, pointer)


def test_line_ends_make_no_difference():
    texts = [NESTED, NESTED.replace("\n", "\r\n"), NESTED.replace("\n", "\r")]
    assert len({spec_of(text).model_dump_json() for text in texts}) == 1


PARTS = [
    "# One {#one}",
    "## Two {#two authority=user tags=x}",
    "### Three",
    "A sentence[^f1] with [a link](#one) and `[^code]`.",
    '!!! meta "Commentary"\n\n    Some commentary.\n\n    - more',
    "**Example**: a title",
    (
        "~~~xml\n<user>\nAsked &amp; told.\n</user>\n<comparison>\n<assistant> <!-- GOOD: why -->\nYes.\n</assistant>\n"
        '<assistant recipient="x"> <!-- BAD[#one] -->\nNo <b>way</b>.\n</assistant>\n</comparison>\n[...]\n~~~'
    ),
    "~~~xml\n<user>\nJust asked.\n</user>\n~~~",
    "~~~xml\n<comparison>\n<assistant> <!-- BAD -->\nOnly bad.\n</assistant>\n</comparison>\n~~~",
    "~~~\nnot closed",
    "- item\n- another[^f2]",
    "> quoted",
    "Under\n-----",
    "<!-- hidden -->",
    "    code[^f3]",
    "Grüße, 世界 \U0001f600",
]
MARKUP = re.compile(
    r"""</?(?:user|assistant|comparison)(?:\ recipient=")?|[#{}<>"*~!:.()\[\]^&;=-]+|Example|authority|xml|meta|Commentary"""
    r"""|tags|amp""",
    re.VERBOSE,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=9), st.sampled_from(["\n", "\r\n"]))
def test_every_character_is_in_a_value_or_is_markup(parts, line_end):
    text = ("# First {#first}\n\n" + "\n\n".join(parts) + "\n").replace("\n", line_end)
    document = read_published("text.md", text.encode())
    assert document is not None
    assert document.root is not None
    covered = bytearray(len(text))
    for _, node in walk(document.root):
        if isinstance(node, ScalarNode):
            spans = [(run.start, run.end) for run in node.runs if run.is_verbatim] or [(node.start, node.end)]
            for start, end in spans:
                covered[start:end] = b"\1" * (end - start)
    left = "".join(character if not covered[at] else " " for at, character in enumerate(text))
    assert MARKUP.sub("", left).split() == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=9))
def test_every_word_of_a_value_leads_to_where_it_is_written(parts):
    text = "# First {#first}\n\n" + "\n\n".join(parts) + "\n"
    document = read_published("text.md", text.encode())
    assert document is not None
    assert document.root is not None
    for _, node in walk(document.root):
        if isinstance(node, ScalarNode) and node.runs:
            for word in re.finditer(r"\w+", str(node.value)):
                start, end = value_span(text, node, *word.span())
                assert text[start:end] in (word[0], "&amp;") or "[^" in text[start:end]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="#{}=ab ~`<>/!-[]^()\n*&;\"'", max_size=120))
def test_any_text_is_read(text):
    read_published("text.md", ("# A {#a}\n\n~~~\n<comparison>\n" + text).encode())
    read_published("text.md", ("# A {#a}\n\n" + text).encode())
