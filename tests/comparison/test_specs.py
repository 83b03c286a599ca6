from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.comparison.specs import SpecVersion, spec_changes
from palms_spec.documents.spec import Spec

NO_DIAGNOSIS = {
    "id": "health.no-diagnosis",
    "subject": "diagnosing a person's condition",
    "stance": "oppose",
    "statement": "An answer does not say which condition a person has. It says that this takes a clinician.",
    "authority": "user",
}
SEEK_HELP = {
    "id": "violence.seek-help",
    "subject": "seeking help",
    "stance": "support",
    "statement": "Where a person has been hurt, an answer encourages getting help from the authorities.",
}


def spec(*categories, **fields):
    return SpecVersion(
        "specs/s.yaml",
        Spec.model_validate(
            {
                "palms": 1,
                "kind": "values-spec",
                "id": "s",
                "title": "Values",
                "version": "1.0.0",
                "language": "en",
                "authority_levels": ["root", "developer", "user"],
                "categories": list(categories),
                **fields,
            }
        ),
    )


def health(*positions, **fields):
    return {"id": "health", "name": "Health", "positions": list(positions), **fields}


def violence(*positions, **fields):
    return {"id": "violence", "name": "Violence", "positions": list(positions), **fields}


BASE = spec(health(NO_DIAGNOSIS), violence(SEEK_HELP))


def seen(base, head):
    return [(change.kind, change.item, change.field) for change in spec_changes(base, head)]


@pytest.mark.parametrize(
    ("head", "kinds"),
    [
        pytest.param(BASE, [], id="nothing"),
        pytest.param(
            spec(
                violence(SEEK_HELP), health({**NO_DIAGNOSIS, "statement": NO_DIAGNOSIS["statement"].replace(" ", "\n")})
            ),
            [],
            id="order and white space",
        ),
        pytest.param(
            spec(health({**NO_DIAGNOSIS, "stance": "support"}), violence(SEEK_HELP)),
            [("position-reversed", "health.no-diagnosis", "stance")],
            id="a reversed stance",
        ),
        pytest.param(
            spec(health({**NO_DIAGNOSIS, "stance": "neutral"}), violence(SEEK_HELP)),
            [("position-meaning-changed", "health.no-diagnosis", "stance")],
            id="another stance",
        ),
        pytest.param(
            spec(
                health({**NO_DIAGNOSIS, "statement": NO_DIAGNOSIS["statement"].replace("does not say", "says")}),
                violence(SEEK_HELP),
            ),
            [("position-meaning-changed", "health.no-diagnosis", "statement")],
            id="a dropped not",
        ),
        pytest.param(
            spec(
                health({**NO_DIAGNOSIS, "statement": NO_DIAGNOSIS["statement"].replace("takes", "needs the help of")}),
                violence(SEEK_HELP),
            ),
            [("position-meaning-changed", "health.no-diagnosis", "statement")],
            id="a modal verb",
        ),
        pytest.param(
            spec(
                health({**NO_DIAGNOSIS, "statement": NO_DIAGNOSIS["statement"].replace("condition", "illness")}),
                violence(SEEK_HELP),
            ),
            [("position-reworded", "health.no-diagnosis", "statement")],
            id="another wording",
        ),
        pytest.param(
            spec(health({**NO_DIAGNOSIS, "id": "health.diagnosis"}), violence(SEEK_HELP)),
            [("position-renamed", "health.diagnosis", "id")],
            id="a new id",
        ),
        pytest.param(
            spec(health(NO_DIAGNOSIS, SEEK_HELP), violence()),
            [("position-moved", "violence.seek-help", "")],
            id="another category",
        ),
        pytest.param(
            spec({**violence(NO_DIAGNOSIS), "id": "medicine", "name": "Health"}, violence(SEEK_HELP)),
            [("category-renamed", "medicine", "id")],
            id="a category with a new id keeps its positions",
        ),
        pytest.param(
            spec(health(NO_DIAGNOSIS, weight=2.5), violence()),
            [("weight-changed", "health", "weight"), ("position-removed", "violence.seek-help", "")],
            id="a weight, and a position that is gone",
        ),
        pytest.param(
            spec(health({**NO_DIAGNOSIS, "authority": "root"}), violence({**SEEK_HELP, "authority": "user"})),
            [
                ("authority-raised", "health.no-diagnosis", "authority"),
                ("authority-changed", "violence.seek-help", "authority"),
            ],
            id="authority",
        ),
        pytest.param(
            spec(health({**NO_DIAGNOSIS, "status": "retired", "rationale": "why"}), violence(SEEK_HELP)),
            [
                ("position-retired", "health.no-diagnosis", "status"),
                ("rationale-changed", "health.no-diagnosis", "rationale"),
            ],
            id="a retired position",
        ),
        pytest.param(
            spec(health(NO_DIAGNOSIS), violence(SEEK_HELP), context="Schools", governance={"owners": ["a", "b"]}),
            [("spec-changed", "s", "context"), ("governance-changed", "s", "governance/owners")],
            id="the document",
        ),
        pytest.param(
            spec(health(NO_DIAGNOSIS)),
            [("category-removed", "violence", ""), ("position-removed", "violence.seek-help", "")],
            id="a category that is gone",
        ),
    ],
)
def test_changes_have_names(head, kinds):
    assert seen(BASE, head) == kinds


def test_a_change_knows_both_places_and_the_words():
    head = spec(
        violence(SEEK_HELP),
        health({**NO_DIAGNOSIS, "statement": NO_DIAGNOSIS["statement"].replace("does not say", "may say")}),
    )
    (change,) = spec_changes(BASE, head)
    assert (change.dropped, change.added) == (("not",), ("may",))
    pointer = "/categories/health/positions/health.no-diagnosis/statement"
    assert change.base is not None
    assert change.head is not None
    assert (change.base.pointer, change.head.pointer) == (pointer, pointer)


def test_a_fingerprint_survives_what_else_is_changed():
    reworded = {**NO_DIAGNOSIS, "statement": NO_DIAGNOSIS["statement"].replace("condition", "illness")}
    (first,) = spec_changes(BASE, spec(health(reworded), violence(SEEK_HELP)))
    later = spec_changes(BASE, spec(violence({**SEEK_HELP, "rationale": "x"}), health({**reworded, "rationale": "y"})))
    assert first.fingerprint in {change.fingerprint for change in later}
    again = {**reworded, "statement": reworded["statement"] + " Always."}
    assert first.fingerprint not in {
        c.fingerprint for c in spec_changes(BASE, spec(health(again), violence(SEEK_HELP)))
    }


WORDS = st.lists(
    st.sampled_from(["an", "answer", "does", "not", "say", "must", "may", "so", "two", "it"]), min_size=1, max_size=8
)
POSITIONS = st.builds(
    lambda words, stance, authority, status: {
        "statement": " ".join(words),
        "stance": stance,
        "authority": authority,
        "status": status,
    },
    WORDS,
    st.sampled_from(("support", "oppose", "neutral", None)),
    st.sampled_from(("root", "developer", "user", None)),
    st.sampled_from(("active", "retired")),
)


@st.composite
def specs(draw):
    names = draw(st.lists(st.sampled_from(("a", "b", "c", "d")), unique=True, max_size=4))
    positions = [{"id": name, **draw(POSITIONS)} for name in names]
    cut = draw(st.integers(0, len(positions)))
    weight = draw(st.sampled_from((1.0, 2.0)))
    levels = draw(st.permutations(("root", "developer", "user")))
    return spec(health(*positions[:cut], weight=weight), violence(*positions[cut:]), authority_levels=list(levels))


@given(specs(), specs())
def test_seen_from_the_other_side_the_changes_are_mirrored(base, head):
    there = Counter(change.mirrored() for change in spec_changes(base, head))
    assert there == Counter(spec_changes(head, base))


@given(specs())
def test_a_version_does_not_differ_from_itself(version):
    assert spec_changes(version, version) == []


def part_of(name, **fields):
    return {**NO_DIAGNOSIS, "within": name, **fields}


HELP = {"id": "health.help", "statement": "An answer says where to find help."}


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ({}, {"within": "health.help"}, ("position-moved", "health.no-diagnosis", "within")),
        ({"within": "gone"}, {}, ("position-moved", "health.no-diagnosis", "within")),
        ({}, {"attributes": {"tags": "u18"}}, ("position-meaning-changed", "health.no-diagnosis", "attributes")),
        ({"footnotes": ["a1"]}, {"footnotes": ["a1", "b2"]}, ("footnotes-changed", "health.no-diagnosis", "footnotes")),
    ],
)
def test_what_published_texts_say_of_a_position_is_compared_both_ways(before, after, change):
    base, head = (spec(health({**NO_DIAGNOSIS, **fields}, HELP)) for fields in (before, after))
    assert seen(base, head) == seen(head, base) == [change]


def test_being_a_part_of_the_category_itself_says_nothing_new():
    own = {"id": "health", "statement": "An answer on health is careful."}
    base, head = spec(health(own, NO_DIAGNOSIS)), spec(health(own, part_of("health")))
    assert seen(base, head) == []


def test_a_part_of_a_renamed_position_did_not_move():
    base = spec(health(part_of("health.help"), HELP))
    head = spec(health(part_of("health.find-help"), {**HELP, "id": "health.find-help"}))
    assert seen(base, head) == [("position-renamed", "health.find-help", "id")]


def test_attributes_that_came_and_went_are_named():
    base, head = (spec(health({**NO_DIAGNOSIS, "attributes": one})) for one in ({"tags": "u18"}, {"tags": "u16"}))
    (change,) = spec_changes(base, head)
    assert (change.dropped, change.added) == (("tags=u18",), ("tags=u16",))
