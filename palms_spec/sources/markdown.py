"""A sample as one Markdown file: front matter, the question as heading, the answer as body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from palms_spec.errors import SourceError, SourceSyntaxError
from palms_spec.sources.node import Node, ScalarNode, plain
from palms_spec.sources.text import SourceText
from palms_spec.sources.yaml import read_yaml

_END = r"(?:\r\n|[\r\n]|\Z)"
_OPENING = re.compile(rf"---[ \t]*+{_END}")
_CLOSING = re.compile(rf"(?:\A|(?<=[\r\n]))---[ \t]*+{_END}")
_BLANK_LINES = re.compile(r"(?:[ \t]*+(?:\r\n|[\r\n]))*+(?:[ \t]*+\Z)?")
_HEADING = re.compile(r"#(?:[ \t]++([^\r\n]*))?(?=[\r\n]|\Z)")
_LINE_END = re.compile(r"[\r\n]|\Z")
_LINE_ENDS = re.compile("\r\n|\r")


@dataclass(frozen=True, slots=True)
class SampleMarkdown:
    """The parts of a sample. `front` is None where there is no front matter or nothing in it."""

    front: Node | None
    question: ScalarNode | None
    answer: ScalarNode


def read_sample_markdown(source: SourceText) -> SampleMarkdown:
    """Front matter between lines of `---`, one `# question`, and the rest as the answer.

    The question is the text of the heading without blanks around it, the answer the body without blank lines around it;
    neither is taken as Markdown. Line ends become LF, so that a sample is the same on every system; `value_span` leads
    from the value back to the file. Without a heading there is no question, and the whole body is the answer.

    Raises SourceSyntaxError, with its offset in the whole text, where the front matter is not closed or no YAML.
    """
    text = source.text
    front, at = _front_matter(source)
    at = _behind_blank_lines(text, at)
    question = None
    if heading := _HEADING.match(text, at):
        written = heading[1] or ""
        stripped = written.rstrip(" \t")
        start = heading.start(1) if heading[1] else heading.end()
        question = ScalarNode(stripped, start, start + len(stripped), "plain")
        at = _behind_blank_lines(text, heading.end())
    return SampleMarkdown(front, question, _answer(text, at))


def write_sample_markdown(front: dict[str, Any], question: str, answer: str) -> str | None:
    """The text that reads back as exactly these parts; None where no Markdown does, as for a question of two lines."""
    from palms_spec.sources.yaml_writing import write_yaml  # reading, which a run of the linter does, goes without it

    try:
        matter = f"---\n{write_yaml(front)}---\n" if front else ""
        text = f"{matter}# {question}\n\n{answer}\n"
        text.encode("utf-8")
        parts = read_sample_markdown(SourceText("", text))
    except (ValueError, SourceError):
        return None
    read = (plain(parts.front) if parts.front else {}, parts.question and parts.question.value, parts.answer.value)
    return text if "\0" not in text and question and read == (front, question, answer) else None


def front_matter(text: str) -> tuple[int, int] | None:
    """Where the front matter stands, without the lines of `---` around it; None where there is none."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    return (opening.end(), closing.start()) if opening and closing else None


def _front_matter(source: SourceText) -> tuple[Node | None, int]:
    """The tree of the front matter and where the text behind it begins."""
    text = source.text
    opening = _OPENING.match(text)
    if opening is None:
        return None, 0
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        hint = "write a second line of --- where it ends"
        raise SourceSyntaxError("the front matter is not closed", offset=0, hint=hint)
    return read_yaml(source, opening.end(), closing.start()), closing.end()


def _behind_blank_lines(text: str, at: int) -> int:
    match = _BLANK_LINES.match(text, at)
    return match.end() if match else at


def _answer(text: str, start: int) -> ScalarNode:
    content = start + len(text[start:].rstrip(" \t\r\n"))
    line_end = _LINE_END.search(text, content)
    end = line_end.start() if line_end and content > start else content
    return ScalarNode(_LINE_ENDS.sub("\n", text[start:end]), start, end, "plain")
