"""English words: one and many of a thing, by the regular rules. What pages say is in `texts/`."""

from __future__ import annotations

from collections.abc import Iterator

_ENDINGS = (
    *(("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")),
    *(("ss", "ss"), ("us", "us"), ("s", "")),
)
"""How words in the plural end, each with the end of the singular."""


def plural(word: str) -> str:
    """Many of what a word names."""
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "i", "o", "u", ""):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def singular(words: str) -> str:
    """One of what a word or title in the plural names."""
    for ending, instead in _ENDINGS:
        if words.endswith(ending):
            return words.removesuffix(ending) + instead
    return words


def forms(word: str) -> Iterator[str]:
    """A word as it is and all that may be its singular or plural, whether or not it is an English one."""
    yield from (word, f"{word}s", f"{word}es")
    for ending, other in (("y", "ies"), ("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending):
            yield word.removesuffix(ending) + other


def article(words: str) -> str:
    """Words with the article that they take."""
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"
