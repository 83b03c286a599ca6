"""What is imported and compiled to the shape it had says the same, for every shape; and nothing that stood beside it is
lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palms_spec.workflows.compile import compile_dataset
from palms_spec.workflows.datasets import open_dataset
from palms_spec.workflows.importing import import_data
from tests.projects import lint, write_files
from tests.training.datasets import rows_of as rows_in
from tests.training.readers.conversations import SHAPES, Shape, rows_of

SHAPED = pytest.mark.parametrize("name", SHAPES)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def canonical(values) -> list[str]:
    return sorted(json.dumps(value, sort_keys=True) for value in values)


def import_rows(root, rows, **options):
    write_files(root, {"palms.toml": "", "data.jsonl": "".join(json.dumps(row) + "\n" for row in rows)})
    return import_data(root / "data.jsonl", root, **options)


@SHAPED
@QUICK
@given(data=st.data(), as_rows=st.booleans())
def test_import_then_compile_gives_the_same_conversations(tmp_path_factory, name, data, as_rows):
    shape: Shape = SHAPES[name]
    drawn = data.draw(rows_of(shape))
    rows = [{**columns, **row} for row, columns in drawn]
    root = tmp_path_factory.mktemp("there")
    done = import_rows(root, rows, most_files=0 if as_rows else 500)
    assert (done.lost, done.samples, done.as_files) == (0, len(rows), not as_rows)

    compiled = compile_dataset(
        "data", root, targets=[shape.target], method=shape.method, shape=name, out=root / "out", lint=False
    )
    (target,) = compiled.targets
    assert [(one.reason.rule, one.reason.message) for one in target.refusals] == []
    written = rows_in(root / "out" / target.plan.folder / "train.jsonl")
    assert canonical(map(shape.said, written)) == canonical(shape.said(row) for row, _ in drawn)


@SHAPED
@QUICK
@given(data=st.data())
def test_columns_of_their_own_stand_in_the_metadata_as_they_were(tmp_path_factory, name, data):
    drawn = data.draw(rows_of(SHAPES[name]))
    root = tmp_path_factory.mktemp("kept")
    import_rows(root, [{**columns, **row} for row, columns in drawn])
    found = {}
    for standing in open_dataset("data", root).samples(whole=True):
        assert standing.sample.metadata is not None
        metadata = dict(standing.sample.metadata)
        found[metadata.pop("imported")["line"]] = metadata
    for line, (_, columns) in enumerate(drawn, start=1):
        wanted = {"imported_" if key == "imported" else key: value for key, value in columns.items()}
        assert {key: found[line][key] for key in wanted} == wanted


@SHAPED
@settings(QUICK, max_examples=5)
@given(data=st.data())
def test_what_is_imported_has_no_defect_of_structure(tmp_path_factory, name, data):
    root = tmp_path_factory.mktemp("linted")
    import_rows(root, [{**columns, **row} for row, columns in data.draw(rows_of(SHAPES[name]))])
    outcome = lint(root / "datasets", select=("DOC",))
    assert [(one.rule, one.message) for one in outcome.stream()] == []
