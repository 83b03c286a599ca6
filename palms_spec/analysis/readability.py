"""How hard a text is to read, by a formula that needs no dictionary and no syllables."""

from __future__ import annotations


def automated_readability(characters: int, words: int, sentences: int) -> float:
    """The automated readability index, about the grade of a U.S. school that a text asks for (Senter and Smith 1967).

    4.71 characters a word + 0.5 words a sentence - 21.43, characters being letters and digits. Meant for English;
    elsewhere it compares texts of one language with each other.
    """
    return 4.71 * characters / words + 0.5 * words / sentences - 21.43
