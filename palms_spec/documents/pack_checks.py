"""The kinds of checks that a rule of a pack can make, and the fields of each."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from palms_spec.documents.model import Model, Text

Case = Literal["fold", "exact"]
Repairable = Literal["safe", "unsafe", "shown"]


class Wording(Model):
    """How words and phrases are looked for: as whole words, whatever white space stands between them."""

    case: Case = Field(default="fold", description="fold: upper and lower case are the same.")
    inside_words: bool = Field(default=False, description="Find them inside of longer words as well.")
    at: Literal["anywhere", "start", "end"] = Field(default="anywhere", description="Of the text.")


class Absence(Wording):
    """None of the words is in the text; without words, the field is not set."""

    kind: Literal["absence"]
    words: list[Text] = []
    unless_quoted: bool = Field(default=False, description="Let words in quotation marks, code and quotes pass.")


class Presence(Wording):
    """One of the words, or each of them, is in the text; without words, the field is set and holds something."""

    kind: Literal["presence"]
    words: list[Text] = []
    need: Literal["any", "all"] = "any"


class Pattern(Model):
    """Regular expressions (Python's `re`) that must not, or must, be found in the text."""

    kind: Literal["pattern"]
    forbid: list[Text] = Field(default=[], description="None of them is found.")
    require: list[Text] = Field(default=[], description="Each of them is found.")
    case: Case = "exact"
    unless_quoted: bool = Field(default=False, description="Let matches in quotation marks, code and quotes pass.")


class Swap(Wording):
    """Words that give way to others."""

    kind: Literal["swap"]
    swap: dict[str, Text] = Field(description="What is written, and what is to be written instead.")
    unless_quoted: bool = Field(default=False, description="Let words in quotation marks, code and quotes pass.")
    fix: Repairable = Field(default="unsafe", description="safe: the meaning of no answer can change by it.")


class Count(Wording):
    """How often one of the words is in the text."""

    kind: Literal["count"]
    words: list[Text] = Field(min_length=1)
    min: int = Field(default=0, ge=0)
    max: int | None = Field(default=None, ge=0)


class Length(Model):
    """How long a text is, or how many items a list has."""

    kind: Literal["length"]
    of: Literal["words", "characters", "sentences", "paragraphs", "lines", "items"] = "words"
    min: int = Field(default=0, ge=0)
    max: int | None = Field(default=None, ge=0)


class OneOf(Model):
    """The value is one of a few."""

    kind: Literal["one-of"]
    values: list[Any] = Field(min_length=1)


class Unique(Model):
    """No value is there twice: in the dataset or the project for samples, elsewhere in the document."""

    kind: Literal["unique"]
    within: Literal["document", "dataset", "project"] | None = Field(
        default=None, description="For samples dataset (the default) or project; elsewhere document."
    )
    case: Case = "fold"


class Consistent(Model):
    """What is equal at another path has equal values here: the same prompt, the same category."""

    kind: Literal["consistent"]
    by: Text = Field(description="The other path, into the same sample, position, category or prompt.")
    within: Literal["document", "dataset", "project"] | None = Field(
        default=None, description="For samples dataset (the default) or project; elsewhere document."
    )
    case: Case = "fold"


class RefersTo(Model):
    """The value is among those at another path of the dataset, of its specification or of its prompts."""

    kind: Literal["refers-to"]
    to: Text = Field(description="The path of the values that may be named.")


class Metric(Model):
    """A number that is measured on the text lies within bounds."""

    kind: Literal["metric"]
    metric: Literal[
        "words", "sentences", "sentence-length", "longest-sentence", "word-length", "distinct-words", "readability"
    ] = Field(
        description=(
            "sentence-length and word-length are means, in words and letters; distinct-words is a share of 0 to 1; "
            "readability is the automated readability index, about the U.S. school grade."
        )
    )
    min: float | None = None
    max: float | None = None
    least_words: int = Field(default=1, ge=1, description="Texts of fewer words are passed over.")


class Tokens(Model):
    """None of the patterns over spaCy's tokens is in the text. Needs the extra [nlp]; without it, not evaluated."""

    kind: Literal["tokens"]
    patterns: list[list[dict[str, Any]]] = Field(
        min_length=1, description="Patterns of spaCy's Matcher, each a list of tokens: [{LOWER: very}, {POS: ADJ}]."
    )


CHECKS: dict[str, type[Model]] = {
    "absence": Absence,
    "presence": Presence,
    "pattern": Pattern,
    "swap": Swap,
    "count": Count,
    "length": Length,
    "one-of": OneOf,
    "unique": Unique,
    "consistent": Consistent,
    "refers-to": RefersTo,
    "metric": Metric,
    "tokens": Tokens,
}
