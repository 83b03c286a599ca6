"""Which files are documents, and what is said of those that nearly are."""

from __future__ import annotations

import pytest

from palms_spec.documents.reading import may_be_document, read_document

SPEC = "palms: 1\nkind: values-spec\nid: a\ntitle: A\nversion: 1.0.0\nlanguage: en\ncategories: []\n"

FOREIGN = {
    "another tool's kind": "kind: Deployment\nmetadata: {name: palms}\n",
    "a set of data of another tool": "kind: dataset\nname: palms\n",
    "a list": "- palms: 1\n",
    "a text": "palms\n",
    "a comment": "# palms: 1\n",
    "nothing": "",
    "a key further in": "trees:\n  palms: 1\n",
    "what does not parse": "trees: [palms\n",
}


@pytest.mark.parametrize("case", FOREIGN)
def test_is_no_document(case):
    assert read_document("x.yaml", FOREIGN[case].encode()) is None


def test_binary_files_are_no_documents():
    assert read_document("x.yaml", b"\x89PNG\r\n" + bytes(range(256))) is None


SAID = {
    "no palms": (SPEC.replace("palms: 1\n", ""), "schema-violation", "palms is missing", "write palms: 1 above kind"),
    "no kind": (
        SPEC.replace("kind: values-spec\n", ""),
        "schema-violation",
        "kind is missing",
        "kind is one of values-spec, prompt-set, dataset, rule-pack",
    ),
    "a misspelt kind": (
        SPEC.replace("values-spec", "value-spec"),
        "schema-violation",
        "“value-spec” is not a kind of document",
        "did you mean values-spec?",
    ),
    "a sample as a document": (
        SPEC.replace("values-spec", "sample"),
        "schema-violation",
        "“sample” is not a kind of document",
        "a sample says neither palms nor kind: a dataset claims its file",
    ),
    "a list of kinds": (
        SPEC.replace("values-spec", "[values-spec]"),
        "schema-violation",
        "a list is not a kind of document",
        "kind is one of values-spec, prompt-set, dataset, rule-pack",
    ),
    "a later format": (
        SPEC.replace("palms: 1", "palms: 2"),
        "outdated-format",
        "written in format 2, and this palms reads 1",
        "upgrade palms-spec",
    ),
    "a format in quotes": (
        SPEC.replace("palms: 1", 'palms: "1"'),
        "outdated-format",
        "expected palms: 1, found “1”",
        "write palms: 1",
    ),
    "no format": (
        SPEC.replace("palms: 1", "palms:"),
        "outdated-format",
        "expected palms: 1, found nothing",
        "write palms: 1",
    ),
    "what does not parse": (
        SPEC + "governance: [\n",
        "syntax-error",
        "expected a value here",
        "",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_what_is_said_of(case):
    text, *said = SAID[case]
    document = read_document("x.yaml", text.encode())
    assert document is not None
    assert [[defect.kind, defect.message, defect.hint] for defect in document.defects] == [said]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_other_encodings_are_named(encoding):
    document = read_document("x.yaml", SPEC.encode(encoding))
    assert document is not None
    assert [defect.message for defect in document.defects] == [f"encoded as {encoding.upper()}"]


@pytest.mark.parametrize("data", [SPEC.encode(), SPEC.encode("utf-16"), b"kind: values-spec", b'{"palms": 1}'])
def test_is_worth_reading(data):
    assert may_be_document(data)


def test_a_wrong_metadata_schema_costs_no_document():
    document = read_document("x.yaml", (SPEC + "sample_metadata: {type: objekt}\n").encode())
    assert document is not None
    assert document.model is not None
    assert [defect.pointer for defect in document.defects] == ["/sample_metadata/type"]
