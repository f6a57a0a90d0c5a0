"""Rules of text: what is missing or poor in descriptions and examples. These are debt: warnings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from apiguide.checks.references.said_twice import SaidTwice
from apiguide.examples.envelopes import Record, records
from apiguide.examples.values import own_value
from apiguide.model import LOCATIONS, Endpoint, Example, Field, Guide, Part
from apiguide.problems import Mark, Problem, mark_of
from apiguide.rule import WarningRule
from apiguide.view import GuideView
from apiguide.yaml_source import FrozenDict, Map, Seq, Text


class NoDescription(WarningRule):
    """A part has no description."""


class RepeatsName(WarningRule):
    """A description says no more than the name."""


class Todo(WarningRule):
    """A text that readers see contains `TODO`, `FIXME`, `TBD` or `XXX`."""


class TrailingSpaces(WarningRule):
    """A line of text ends with spaces."""


class CutText(WarningRule):
    """A text without quotes contains ` #`, and YAML takes the rest of the line for a comment."""


class NoExample(WarningRule):
    """A field has no stated value, so examples show one that is made up."""


class ExampleDiffers(WarningRule):
    """An example requests one record, but its response is about another."""


class Incomplete(WarningRule):
    """An endpoint's parameters or response are not known in detail."""


DEBT = frozenset(
    rule.code
    for rule in (
        ExampleDiffers,
        Incomplete,
        NoDescription,
        NoExample,
        SaidTwice,
        RepeatsName,
        Todo,
    )
)
"""Codes of what is missing or poor."""

_WORD = re.compile(r"[a-z0-9]{2,}")
_EMPTY = {
    *("an", "and", "are", "at", "be", "been", "for", "has", "have", "if", "in", "is", "it", "its", "of"),
    *("on", "or", "that", "the", "this", "to", "was", "when", "whether", "which"),
}
"""Words that tell nothing."""
PROSE = ("description", "info", "note", "warning", "reason")
"""Keys whose texts are Markdown."""
_SHOWN = frozenset(("title", *PROSE))
_CUT = _SHOWN | {"const", "default", "example", "value"}
"""Keys whose texts may have a `#` in them."""
_TRAILING = re.compile(r"(?<![ \t])[ \t]+(?=\n|\Z)")
_COMMENT = re.compile(r"(?: (?=#)|[ \t]+(?=#\S))(#.*)")
"""What may have been meant as text: a comment that is meant stands two spaces apart and begins with `# `."""
_TODO = re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b")


def check_text(guide: Guide) -> Iterator[Problem]:
    """Endpoints, resources and objects' fields without a good description; endpoints not known in detail."""
    for resource in guide.resources.values():
        if resource.description is None:
            yield _missing(f"the resource `{resource.title}`", mark_of(resource.title))
    for endpoint in guide.endpoints.values():
        if endpoint.description is None:
            yield _missing(f"the endpoint `{endpoint.title}`", mark_of(endpoint.title))
        else:
            yield from _repeats(f"the title `{endpoint.title}`", endpoint.title, endpoint.description)
        for gap in endpoint.incomplete or ():
            what = "response" if gap == "reply" else gap
            is_or_are = "is" if gap == "reply" else "are"
            message = f"the {what} of `{endpoint.title}` {is_or_are} not known in detail"
            yield Incomplete.at(mark_of(gap), message, "document it, and delete this")
    for _, name, each in guide.declared_objects():
        for field_name, field in each.fields.items():
            if _wraps(each.fields):
                continue
            if field.description is not None:
                yield from _repeats(f"the name `{field_name}`", field_name, field.description)
            elif each.extends is None and field.extends is None:
                yield _missing(f"the field `{field_name}` of `{name}`", mark_of(field_name))
    for part in guide.parts:
        yield from _words_of(part)


def check_shown_text(guide: Guide, view: GuideView) -> Iterator[Problem]:
    """What a release shows of parameters and inner fields without a good description, and poor examples."""
    shown = _Shown(view, frozenset(_extending(guide)))
    for id_, endpoint in view.endpoints.items():
        stated = (*guide.endpoints[id_].parameters.path, *guide.resources[id_.partition("/")[0]].parameters)
        for location in LOCATIONS:
            fields = endpoint.parameters.location(location)
            if location == "path":
                # These are called after the placeholders, which have no places of their own.
                fields = FrozenDict({name: fields[name] for name in stated if name in fields})
            yield from shown.fields(fields, "parameter")
        for response in endpoint.responses.values():
            if response is not None and response.body is not None:
                yield from shown.inside(response.body, "field")
        yield from shown.records(endpoint)
    for each in view.objects.values():
        for name, field in each.fields.items():
            if mark_of(name) not in shown.extending:
                yield from shown.made_up(name, field)
                yield from shown.inside(field, "field")


def _extending(guide: Guide) -> Iterator[Mark]:
    """Where the names of fields stand that extend an object's field: what is poor in them is poor there."""
    for part in guide.parts:
        for _, held in part.stated_values():
            if isinstance(held, FrozenDict):
                for name, field in held.items():
                    if isinstance(field, Field) and field.extends is not None:
                        yield mark_of(name)


class _Shown:
    """What a release shows of fields."""

    def __init__(self, view: GuideView, extending: Set[Mark]) -> None:
        self.view = view
        self.extending = extending
        """Where the names of fields stand that extend others."""
        self.members = {
            endpoint.path: single[0].field.object
            for endpoint in view.endpoints.values()
            if endpoint.method == "GET"
            for _, body in _replied(endpoint)
            if len(single := [each for each in records(view, body) if each.is_single]) == 1
        }
        """The objects of records, by the path of the endpoint that gives one."""

    def fields(
        self, fields: Mapping[str, Field], what: str, object_name: str | None = None
    ) -> Iterator[Problem]:
        """Problems of named fields; those that are inherited from an object are that object's."""
        holder = self.view.objects.get(object_name or "")
        inherited = holder.fields if holder is not None else {}
        wraps = _wraps(fields)
        for name, field in fields.items():
            if name in inherited or mark_of(name) in self.extending:
                continue
            if field.description is not None:
                yield from _repeats(f"the name `{name}`", name, field.description) if not wraps else ()
            elif field.object is None and field.fields is None and not wraps:
                yield _missing(f"the {what} `{name}`", mark_of(name))
            yield from self.made_up(name, field)
            yield from self.inside(field, what)

    def inside(self, field: Field, what: str) -> Iterator[Problem]:
        """Problems of the fields inside a field."""
        for held in (field, field.items, field.additional_fields):
            if held is not None and held.fields is not None:
                yield from self.fields(held.fields, what, held.object)

    @staticmethod
    def made_up(name: str, field: Field) -> Iterator[Problem]:
        """A single value that is made by type since nobody has stated one."""
        item = field.held if own_value(field) is None else field
        if own_value(item) is None and not item.is_object and not item.is_array:
            message = f"`{name}` has no example value, so examples show one that is made up"
            yield NoExample.at(mark_of(name), message, "add `example: …`")

    def records(self, endpoint: Endpoint) -> Iterator[Problem]:
        """A response that is not about the record which the path of the example names."""
        for number, (code, body) in enumerate(_replied(endpoint)):
            examples = [
                example
                for example in endpoint.examples or (Example(),)
                if (code in example.responses if example.responses else not number)
            ]
            for record in records(self.view, body):
                yield from self._record(endpoint, record, code, examples)

    def _record(
        self, endpoint: Endpoint, record: Record, code: str, examples: Iterable[Example]
    ) -> Iterator[Problem]:
        """Examples that show a response, but of another record than they ask for."""
        members = self.view.members(record.field) or {}
        for name, field in endpoint.parameters.path.items():
            if name not in members or (name == "id" and not self._is_member(endpoint, record)):
                continue
            own = own_value(members[name])
            others = {str(own_value(each)) for each in members.values()}
            for example in examples:
                asked = example.parameters.path.get(name, own_value(field))
                stated = [each for each in _maps(example.responses.get(code), *record.path) if name in each]
                for values in stated or [Map()]:
                    got = values.get(name, own)
                    if asked is None or got is None or got == asked or str(asked) in others:
                        continue
                    message = f"the example asks for `{name}` {asked}, but the response has {got}"
                    at = mark_of(got if name in values else asked)
                    yield ExampleDiffers.at(at, message, "show the same record in both")

    def _is_member(self, endpoint: Endpoint, record: Record) -> bool:
        """Whether a response holds the very record whose number is the path's `:id`."""
        path = endpoint.path.partition("/:id")[0] + "/:id"
        return record.is_single and self.members.get(path) == record.field.object is not None


def _replied(endpoint: Endpoint) -> list[tuple[str, Field]]:
    """The bodies that the endpoint answers with when it succeeds, by status."""
    return [
        (code, response.body)
        for code, response in sorted(endpoint.responses.items())
        if code.startswith("2") and response is not None and response.body is not None
    ]


def _maps(node: Any, *path: str | None) -> Iterator[Map]:
    """The objects that a path of names leads to, each of those in lists; None stands for all keys."""
    for each in node if isinstance(node, Seq) else (node,):
        if isinstance(each, Map) and not path:
            yield each
        elif isinstance(each, Map):
            for inner in each.values() if path[0] is None else (each.get(path[0]),):
                yield from _maps(inner, *path[1:])


def _repeats(what: str, name: str, description: str) -> Iterator[Problem]:
    """A description that says nothing which the name does not say."""
    lowered = name.lower()
    # Most descriptions begin with a word that is not in the name, so few need a closer look.
    is_near = all(word in lowered for word in _telling(description))
    if is_near and set() < _words(description) <= _words(name):
        message = f"the description repeats {what}"
        hint = "say what the name does not: what it does, its unit, its limits"
        yield RepeatsName.at(mark_of(description), message, hint)


def _wraps(fields: Mapping[str, Field]) -> bool:
    """Whether fields are one alone that only wraps an object, or a list of them: `{"book": {…}}`."""
    return len(fields) == 1 and all(each.held.object or each.held.fields for each in fields.values())


def _words(text: str) -> set[str]:
    """The words that tell something."""
    return {*_telling(text)}


def _telling(text: str) -> Iterator[str]:
    """The words that tell something, one by one, in the singular and without endings of verbs."""
    for found in _WORD.finditer(text.lower().replace("_", " ")):
        word = found[0].rstrip("s")
        if word not in _EMPTY:
            yield word


def _words_of(part: Part) -> Iterator[Problem]:
    """What is wrong with the words that readers see: marks of work to do, and how they are typed."""
    for key, text in part.stated_values():
        if not isinstance(text, Text):
            continue
        if found := _TODO.search(text):
            yield Todo.at(text.mark, f"`{found[0]}` is visible to readers", "write the final text")
        if key in _SHOWN:
            yield from _spaces(key, text)
        if text.plain and key in _CUT:
            yield from _cut(key, text)


def _spaces(key: str, text: Text) -> Iterator[Problem]:
    """Spaces at the end of a line."""
    if found := _TRAILING.search(text):
        at = _line_end(text, text.count("\n", 0, found.start()))
        message = f"a line of the {key} ends with spaces"
        yield TrailingSpaces.at(at, message, "delete them")


def _cut(key: str, text: Text) -> Iterator[Problem]:
    """A comment behind a text that may have been meant as its end."""
    if "#" not in text.source.text:
        return
    source, _, _, line, column = text.mark
    if rest := _COMMENT.match(source.lines[line - 1], column - 1):
        at = Mark(source, line, rest.start(1) + 1, line, rest.end(1) + 1)
        message = f"the {key} ends before this ` #`, which begins a comment"
        hint = "quote the text, or put two spaces before a comment"
        yield CutText.at(at, message, hint)


def _line_end(text: Text, number: int) -> Mark:
    """The spaces at the end of a line of a text that is typed over several; else the text."""
    mark = text.mark
    for index in range(mark.line + number, min(mark.end_line, len(mark.source.lines)) + 1):
        line = mark.source.lines[index - 1]
        if line.strip() and line != line.rstrip():
            return Mark(mark.source, index, len(line.rstrip()) + 1, index, len(line) + 1)
    return mark


def _missing(what: str, mark: Mark) -> Problem:
    return NoDescription.at(mark, f"{what} has no description", "add `description: …`")
