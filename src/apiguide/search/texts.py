"""All that pages say: as texts or, where these are long, as the words in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

LONG = 400_000
"""More characters of texts are told by their words: no result shows a part of them, but they are small."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def texts_file(texts: Iterable[str]) -> dict[str, Any]:
    """The content of the file of texts, by the numbers of their pages."""
    texts = [*texts]
    return {"texts": texts} if sum(map(len, texts)) <= LONG else {"words": words(texts)}


def words(texts: Iterable[str]) -> dict[str, list[int]]:
    """The words of texts in lower case, each with the numbers of those that have it, less the one before."""
    found: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for number, text in enumerate(texts):
        for word in sorted({*_WORD.findall(text.lower().replace("’", "'"))}):
            found.setdefault(word, []).append(number - last.get(word, 0))
            last[word] = number
    return dict(sorted(found.items()))
