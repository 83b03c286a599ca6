from __future__ import annotations

from collections.abc import Callable, Iterator

from palms_spec.analysis.readability import automated_readability
from palms_spec.analysis.sentences import sentences
from palms_spec.analysis.words import count_words, folded_words
from palms_spec.documents.pack_checks import Metric
from palms_spec.rulekit.packs.checking import Checker, Hit
from palms_spec.rulekit.packs.values import Value


def checker(check: Metric) -> Checker:
    """A number that is measured on the text lies within bounds."""
    measure = METRICS[check.metric]
    name = check.metric.replace("-", " ")

    def find(value: Value) -> Iterator[Hit]:
        text = value.text or ""
        words = folded_words(text)
        if len(words) < check.least_words:
            return
        number = measure(text, words)
        said = {"count": _shown(number), "min": _shown(check.min or 0), "max": _shown(check.max or 0)}
        if check.min is not None and number < check.min:
            yield Hit(words={"what": f"{name} is {_shown(number)}, below {_shown(check.min)}", **said})
        elif check.max is not None and number > check.max:
            yield Hit(words={"what": f"{name} is {_shown(number)}, above {_shown(check.max)}", **said})

    return Checker(find, "{what}")


def _shown(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _sentence_length(text: str, words: list[str]) -> float:
    return len(words) / max(len(sentences(text)), 1)


def _longest_sentence(text: str, words: list[str]) -> float:
    return max(map(count_words, sentences(text)), default=0)


def _readability(text: str, words: list[str]) -> float:
    return automated_readability(sum(map(len, words)), len(words), max(len(sentences(text)), 1))


METRICS: dict[str, Callable[[str, list[str]], float]] = {
    "words": lambda text, words: len(words),
    "sentences": lambda text, words: len(sentences(text)),
    "sentence-length": _sentence_length,
    "longest-sentence": _longest_sentence,
    "word-length": lambda text, words: sum(map(len, words)) / len(words),
    "distinct-words": lambda text, words: len(set(words)) / len(words),
    "readability": _readability,
}
"""Each is called with a text of at least one word, and with its folded words."""
