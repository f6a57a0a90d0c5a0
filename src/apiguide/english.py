"""English words: one and many of a thing, by the regular rules, and several in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def plural(word: str) -> str:
    """Many of what a word names."""
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "i", "o", "u", ""):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def counted(number: int, word: str) -> str:
    """So many of what a word names: `1 endpoint`, `2 endpoints`."""
    return f"{number:,} {word if number == 1 else plural(word)}"


def enumerated(parts: Sequence[str]) -> str:
    """Parts of a sentence in a row: `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def singular(words: str) -> str:
    """One of what a word or title in the plural names."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("us", "us"), ("s", "")):
        if words.endswith(ending):
            return words.removesuffix(ending) + instead
    return words


def forms(word: str) -> Iterator[str]:
    """A word as it is and all that may be its singular or plural, whether or not it is an English one."""
    yield from (word, f"{word}s", f"{word}es")
    for ending, other in (("y", "ies"), ("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending):
            yield word.removesuffix(ending) + other
