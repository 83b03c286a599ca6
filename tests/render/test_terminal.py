from __future__ import annotations

import io

import pytest

from palms_spec.render.terminal import Output, Terminal, terminal_for


class Stream(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self):
        return True

    def fileno(self):
        raise io.UnsupportedOperation


@pytest.mark.parametrize(
    ("stream", "choice", "environment", "color"),
    [
        pytest.param(io.StringIO(), "auto", {}, False, id="a pipe has none"),
        pytest.param(Stream(), "auto", {}, True, id="a terminal has colour"),
        pytest.param(Stream(), "auto", {"TERM": "dumb"}, False, id="a dumb terminal has none"),
        pytest.param(Stream(), "auto", {"NO_COLOR": "1"}, False, id="NO_COLOR"),
        pytest.param(Stream(), "auto", {"NO_COLOR": ""}, True, id="NO_COLOR that is empty says nothing"),
        pytest.param(io.StringIO(), "auto", {"FORCE_COLOR": "1"}, True, id="FORCE_COLOR"),
        pytest.param(io.StringIO(), "auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, id="NO_COLOR wins"),
        pytest.param(io.StringIO(), "always", {"NO_COLOR": "1"}, True, id="the command line wins"),
        pytest.param(Stream(), "never", {"FORCE_COLOR": "1"}, False, id="the command line wins again"),
    ],
)
def test_colour(stream, choice, environment, color):
    assert terminal_for(stream, choice, environment).color is color


@pytest.mark.parametrize(
    ("stream", "environment", "width"),
    [
        pytest.param(io.StringIO(), {}, 80, id="a pipe has 80 columns"),
        pytest.param(io.StringIO(), {"COLUMNS": "120"}, 120, id="COLUMNS"),
        pytest.param(io.StringIO(), {"COLUMNS": "wide"}, 80, id="COLUMNS that is no number says nothing"),
        pytest.param(io.StringIO(), {"COLUMNS": "7"}, 40, id="no less than 40"),
        pytest.param(Stream(), {}, 80, id="a terminal that does not know"),
    ],
)
def test_width(stream, environment, width):
    assert terminal_for(stream, "auto", environment).width == width


def test_parts_are_written_one_after_another_and_never_parsed():
    stream = io.StringIO()
    Output(stream, Terminal(color=True)).line("[red]a[/red] ", (":smile:", "error"), "!")
    assert stream.getvalue() == "[red]a[/red] \x1b[1;31m:smile:\x1b[0m!\n"


@pytest.mark.parametrize(
    ("environment", "obeyed"), [({}, False), ({"GITHUB_ACTIONS": "true"}, True), ({"TF_BUILD": "True"}, True)]
)
def test_commands_are_disarmed_in_the_logs_that_obey_them(environment, obeyed):
    stream = io.StringIO()
    Output(stream, terminal_for(stream, environment=environment)).line("::error::a ##[error]b")
    assert stream.getvalue() == ("\u200b::error::a #\u200b#[error]b\n" if obeyed else "::error::a ##[error]b\n")
