from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palms_spec.render.sparkline import BARS, sparkline


@pytest.mark.parametrize(
    ("values", "width", "line"),
    [
        ([], 8, ""),
        ([1.0], 8, "▁"),
        ([1.0, 1.0], 8, "▁▁"),
        ([8, 7, 6, 5, 4, 3, 2, 1], 8, "█▇▆▅▄▃▂▁"),
        ([4, 4, 2, 2, 1, 1], 3, "█▃▁"),
        ([float("nan"), 2.0, float("inf"), 1.0], 8, "█▁"),
    ],
)
def test_numbers_are_bars(values, width, line):
    assert sparkline(values, width) == line


@given(st.lists(st.floats(width=32)), st.integers(1, 40))
def test_any_numbers_have_a_line_of_at_most_that_width(values, width):
    line = sparkline(values, width)
    assert len(line) <= width
    assert set(line) <= set(BARS)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", None, "no-such-encoding"])
def test_an_output_without_bars_gets_none(encoding):
    assert sparkline([1.0, 2.0], 8, encoding) == ""
