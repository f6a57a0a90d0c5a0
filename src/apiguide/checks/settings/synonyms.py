"""Rules of `synonyms` in guide.yaml: what readers say for the words of a guide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from apiguide.problems import Problem, mark_of, quoted
from apiguide.rule import Rule


class BadSynonym(Rule):
    """A synonym has no letter or digit, is too long, or is one of too many."""


class DuplicateSynonym(Rule):
    """A word, or one of its synonyms, is listed twice."""


class MutualSynonyms(Rule):
    """Two words are synonyms of each other."""


LENGTH = 60
"""So many characters a synonym has at most."""
MANY = 50
"""So many synonyms a word has at most."""
WORDS = 500
"""So many words of a guide have synonyms at most."""


def check_synonyms(synonyms: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Problems of synonyms: texts that are none, that stand twice, or that stand for each other."""
    if len(synonyms) > WORDS:
        word = next(islice(synonyms, WORDS, None))
        hint = "keep those that readers really use"
        yield BadSynonym.at(mark_of(word), f"more than {WORDS} words have synonyms", hint)
        return
    words: dict[str, str] = {}
    for word, others in synonyms.items():
        yield from _text(word)
        first = words.setdefault(_plain(word), word)
        if first is not word:
            message = f"{quoted(word)} is the same word as {quoted(first)}"
            yield DuplicateSynonym.at(mark_of(word), message, f"add its synonyms to those of `{first}`")
        if len(others) > MANY:
            message = f"{quoted(word)} has more than {MANY} synonyms"
            yield BadSynonym.at(mark_of(others[MANY]), message, "keep those that readers really use")
        else:
            yield from _of_word(word, others)
    yield from _mutual(synonyms)


def _of_word(word: str, others: Sequence[str]) -> Iterator[Problem]:
    seen = {_plain(word)}
    for other in others:
        yield from _text(other)
        plain = _plain(other)
        if plain and plain in seen:
            what = "is the word itself" if plain == _plain(word) else "is listed twice"
            message = f"the synonym {quoted(other)} of {quoted(word)} {what}"
            yield DuplicateSynonym.at(mark_of(other), message, "delete it")
        seen.add(plain)


def _text(text: str) -> Iterator[Problem]:
    if not any(each.isalnum() for each in text):
        yield BadSynonym.at(mark_of(text), f"{quoted(text)} has no letter or digit", "write a word or phrase")
    elif len(text) > LENGTH:
        hint = "write a word or a short phrase"
        yield BadSynonym.at(mark_of(text), f"a synonym has at most {LENGTH} characters", hint)


def _mutual(synonyms: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """A word of the guide and one of readers cannot change places."""
    known = {(_plain(word), _plain(other)) for word, others in synonyms.items() for other in others}
    for word, others in synonyms.items():
        for other in others:
            pair = (_plain(word), _plain(other))
            if pair[0] > pair[1] and pair[::-1] in known:
                message = f"{quoted(word)} and {quoted(other)} are synonyms of each other"
                hint = "list only the word that the guide uses, and under it what readers say"
                yield MutualSynonyms.at(mark_of(other), message, hint)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
