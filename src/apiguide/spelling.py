"""How far a typed word is from a known one: slips of the fingers count, each by how easily it is made.

Words come in, a number goes out; which word to suggest is for `problems`.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

_SLIP = 1.0
"""A letter too many, one too few, a wrong one, or two that have changed places."""
_EASY_SLIP = 0.7
"""A letter doubled or halved, or that of the key beside the right one."""
_SIGN = 0.2
"""A `_` or `-` too many or too few, or one for the other, and a capital for a small letter."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> frozenset[frozenset[str]]:
    """Pairs of letters whose keys touch each other on a keyboard."""
    neighbors = (pair for row in _ROWS for pair in pairwise(row))
    slanted = (
        (key, upper[index + step])
        for upper, lower in pairwise(_ROWS)
        for index, key in enumerate(lower)
        for step in (0, 1)
        if index + step < len(upper)
    )
    return frozenset(map(frozenset, (*neighbors, *slanted)))


_BESIDE = _neighbours()


def distance(typed: str, known: str, most: float) -> float | None:
    """How much went wrong if `known` was meant, and None where that is more than `most`.

    The optimal string alignment distance: the least sum of slips that makes one word of the other, where no
    letter slips twice.
    """
    if _at_least(typed, known) > most:
        return None
    before: list[float] = []
    above = [0.0]
    for j in range(len(known)):
        above.append(above[j] + _inserted(known, j))
    for i, letter in enumerate(typed):
        row = [above[0] + _inserted(typed, i)]
        for j, meant in enumerate(known):
            cost = min(
                above[j] + _substituted(letter, meant),
                above[j + 1] + _inserted(typed, i),
                row[j] + _inserted(known, j),
            )
            if i and j and letter != meant and letter == known[j - 1] and typed[i - 1] == meant:
                cost = min(cost, before[j - 1] + _SLIP)
            row.append(cost)
        if min(row) > most:
            return None
        before, above = above, row
    return above[-1] if above[-1] <= most else None


def _at_least(typed: str, known: str) -> float:
    """What the letters alone tell, wherever they stand: most words are far off, and soon seen to be."""
    letters = Counter(letter.lower() for letter in typed if letter not in "_-")
    letters.subtract(letter.lower() for letter in known if letter not in "_-")
    more = sum(number for number in letters.values() if number > 0)
    return _EASY_SLIP * max(more, more - letters.total())


def _inserted(word: str, index: int) -> float:
    letter = word[index]
    if letter in "_-":
        return _SIGN
    return _EASY_SLIP if index and word[index - 1] == letter else _SLIP


def _substituted(typed: str, meant: str) -> float:
    if typed == meant:
        return 0.0
    if typed.lower() == meant.lower() or {typed, meant} == {"_", "-"}:
        return _SIGN
    return _EASY_SLIP if frozenset((typed.lower(), meant.lower())) in _BESIDE else _SLIP
