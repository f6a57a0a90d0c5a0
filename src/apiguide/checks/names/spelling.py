"""Rules of how names are spelt: in one style, and so that none looks like another.

Looks at fields of bodies and objects and at parameters of paths and queries, and at resources, endpoints and
objects; but not at what is gone: an old name cannot be mended. The names of placeholders are never sent, so
only other placeholders may look like them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from apiguide.checks.parts import file_of
from apiguide.checks.time.promise import NeedlessException
from apiguide.model import Field, FieldKeys, Guide
from apiguide.problems import Mark, Problem, mark_of
from apiguide.rule import WarningRule


class NameStyle(WarningRule):
    """A name does not follow the style that guide.yaml sets for the API's names."""


class LookAlike(WarningRule):
    """A name differs from another only in capitals, `_` or `-`, or by what looks like a typo."""


STYLES = {
    "snake_case": re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z"),
    "camelCase": re.compile(r"[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)*\Z"),
    "PascalCase": re.compile(r"(?:[A-Z][a-z0-9]*)+\Z"),
    "kebab-case": re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z"),
}
"""What `rules.names` in guide.yaml may say, and what names then look like."""

USUAL = 3
"""A name that stands so often is no slip."""
LONG = 5
"""In words shorter than these, one letter makes another word: `in` and `on`, `rx` and `tx`."""

LONGEST = 40
"""Longer words, and words beyond so many in a name, are not looked at."""

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


def check_spelling(guide: Guide) -> Iterator[Problem]:
    """Names in another style than the guide's, and names that look like others."""
    sent, placeholders = [*_groups(guide)], [*_placeholders(guide)]
    locations = _locations([*sent, *placeholders])
    odd = guide.settings.rules.odd_names
    met: set[str] = set()
    found = [*_styles(guide.settings.rules.names, locations), *_same_parts(guide)]
    for groups in (sent, placeholders):
        found += (*_variants(_locations(groups)), *_slips(_locations(groups), groups))
    for each in found:
        met |= {each.name, each.like or each.name}
        if each.name not in odd and each.like not in odd:
            yield each.problem
    for name in odd:
        if name not in met:
            message = (
                f"nothing is odd about the name `{name}`"
                if name in locations
                else f"no part is named `{name}`"
            )
            yield NeedlessException.at(mark_of(name), message, "delete it")


class _Odd(NamedTuple):
    """A name with which something is wrong."""

    name: str
    problem: Problem
    like: str | None = None
    """The name that it looks like."""


def _groups(guide: Guide) -> Iterator[list[str]]:
    """The names that stand side by side, group by group; each as it was typed, with its place."""
    yield from _inside(guide.settings.paging)
    for _, _, each in guide.declared_objects():
        yield from _inside(each.fields)
    for endpoint in guide.endpoints.values():
        for location in ("query", "body"):
            yield from _inside(endpoint.parameters.location(location))
        for response in endpoint.responses.values():
            if response is not None and response.body is not None:
                yield from _held(response.body)


def _placeholders(guide: Guide) -> Iterator[list[str]]:
    """The names of placeholders that stand side by side."""
    for resource in guide.resources.values():
        yield from _inside(resource.parameters)
    for endpoint in guide.endpoints.values():
        yield from _inside(endpoint.parameters.path)


def _locations(groups: Iterable[list[str]]) -> dict[str, list[str]]:
    """Where each name stands."""
    locations: dict[str, list[str]] = {}
    for group in groups:
        for name in group:
            locations.setdefault(name, []).append(name)
    return locations


def _inside(fields: Mapping[str, Field]) -> Iterator[list[str]]:
    if fields:
        yield [name for name, field in fields.items() if field.removed is None]
        for field in fields.values():
            yield from _held(field)


def _held(field: FieldKeys) -> Iterator[list[str]]:
    for each in (field, field.items, field.additional_fields):
        if each is not None and each.fields:
            yield from _inside(each.fields)


def _styles(style: str | None, locations: Mapping[str, list[str]]) -> Iterator[_Odd]:
    """Names that are not in the guide's style, each once."""
    if style is None:
        return
    pattern = STYLES[style]
    for name, found in locations.items():
        if not pattern.match(name):
            others = f", and {len(found) - 1} more of that name" if len(found) > 1 else ""
            meant = in_style(name, style)
            hint = f"did you mean `{meant}`?" if pattern.match(meant) else f"write it in {style}"
            message = f"`{name}` is not in {style}{others}"
            yield _Odd(name, NameStyle.at(mark_of(found[0]), message, hint))


def in_style(name: str, style: str) -> str:
    """A name in a style."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if style in ("snake_case", "kebab-case"):
        return ("_" if style == "snake_case" else "-").join(words)
    capital = "".join(word.capitalize() for word in words)
    return capital if style == "PascalCase" else capital[:1].lower() + capital[1:]


def squashed(name: str) -> str:
    """A name without what makes its spelling: capitals, `_` and `-`."""
    return name.lower().replace("_", "").replace("-", "")


def _same(names: Iterable[str], often: Callable[[str], int]) -> Iterator[tuple[str, str]]:
    """Names that differ only in spelling, each with the one that is used most often."""
    same: dict[str, list[str]] = {}
    for name in names:
        same.setdefault(squashed(name), []).append(name)
    for alike in same.values():
        usual = max(alike, key=often)
        yield from ((name, usual) for name in alike if name != usual)


def _variants(locations: Mapping[str, list[str]]) -> Iterator[_Odd]:
    """Names that differ only in capitals, `_` and `-`; the one that stands most often is taken as meant."""
    for name, usual in _same(locations, lambda name: len(locations[name])):
        yield _looks_like(name, usual, locations)


def _same_parts(guide: Guide) -> Iterator[_Odd]:
    """Resources, endpoints of a resource, and objects that are one thing in two spellings."""
    resources = {id_: each for id_, each in guide.resources.items() if each.removed is None}
    for id_, usual in _same(resources, lambda id_: len(guide.endpoints_of(id_))):
        hint = f"put what is in {file_of(id_)} and beside it into the folder `{usual}`"
        yield _part_like("resource", id_, usual, mark_of(resources[id_].title), hint)
    for id_ in guide.resources:
        endpoints = {
            name.partition("/")[2]: each
            for name, each in guide.endpoints_of(id_).items()
            if each.removed is None
        }
        for name, usual in _same(endpoints, lambda name: 1):
            hint = "describe it in one file, or say in the names what is different"
            yield _part_like("endpoint", name, usual, mark_of(endpoints[name].title), hint)
    objects = [name for name, each in guide.objects.items() if each.removed is None]
    for name, usual in _same(objects, lambda name: 1):
        hint = "describe it once, or say in the names what is different"
        yield _part_like("object", name, usual, mark_of(name), hint)


def _part_like(what: str, name: str, usual: str, mark: Mark, hint: str) -> _Odd:
    message = f"the {what} `{name}` looks like the {what} `{usual}`"
    return _Odd(name, LookAlike.at(mark, message, hint), usual)


def _slips(locations: Mapping[str, list[str]], groups: list[list[str]]) -> Iterator[_Odd]:
    """Names that stand once and are a letter away from a usual one, or from one beside them."""
    count = Counter({name: len(found) for name, found in locations.items()})
    usual = [name for name, number in count.items() if number >= USUAL]
    near = _near(usual)
    reported: set[str] = set()
    for name, number in count.items():
        meant = next(near(name), None) if number == 1 else None
        if meant is not None:
            reported.add(name)
            yield _looks_like(name, meant, locations)
    for group in groups:
        rare = [name for name in group if count[name] == 1 and name not in reported]
        if len(rare) > 1:
            near_rare = _near(rare)
            for index, name in enumerate(rare):
                meant = next((each for each in near_rare(name) if each in rare[:index]), None)
                if meant is not None:
                    yield _looks_like(name, meant, locations)


def _near(names: list[str]) -> Callable[[str], Iterator[str]]:
    """A function that gives those of the names which are a slip away from a name."""
    index: dict[_Key, list[tuple[str, str]]] = {}
    for name in names:
        for key, word in _keys(name):
            index.setdefault(key, []).append((word, name))

    def near(name: str) -> Iterator[str]:
        for key, word in _keys(name):
            for other, of in index.get(key, ()):
                if of != name and is_slip(word, other):
                    yield of

    return near


_Key = tuple[int, tuple[str, ...], str]


def _keys(name: str) -> Iterator[tuple[_Key, str]]:
    """Each long word of a name under what stands around it and what is left of it without one letter.

    Two words that are a slip apart have such a rest in common, so nobody has to compare all with all.
    """
    words = tuple(word.lower() for word in _WORDS.findall(name))
    for location, word in enumerate(words[:LONGEST]):
        if LONG <= len(word) <= LONGEST:
            around = (*words[:location], *words[location + 1 :])
            rests = {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word) - 1))}
            for rest in rests:
                yield (location, around, rest), word


def is_slip(word: str, other: str) -> bool:
    """Whether two words differ by one letter inside, missing, doubled, wrong or exchanged with the next.

    The first and the last letter make another word: `inbound` and `unbound`, `disk` and `disks`.
    """
    if word == other or word[:1] != other[:1] or word[-1:] != other[-1:]:
        return False
    if len(word) > len(other):
        word, other = other, word
    start = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), len(word))
    rest, others = word[start:], other[start:]
    if len(word) < len(other):
        return rest == others[1:]
    return rest[1:] == others[1:] or (rest[:2] == others[1::-1] and rest[2:] == others[2:])


def _looks_like(name: str, usual: str, locations: Mapping[str, list[str]]) -> _Odd:
    number = len(locations[usual])
    often = f"is used in {number} places" if number > 1 else f"is in line {mark_of(usual).line}"
    if number == 1 and mark_of(usual).source.path != mark_of(name).source.path:
        often = f"is in {mark_of(usual).source.path}"
    message = f"`{name}` looks like `{usual}`, which {often}"
    hint = f"did you mean `{usual}`?"
    return _Odd(name, LookAlike.at(mark_of(name), message, hint), usual)
