"""YAML text to values with positions, and nothing else.

Scalars stay text until a schema says what they are, so `3.10` is never 3.1 and `no` is a word. Read from
libyaml's events: its loaders guess types, forget positions and recurse without a limit. What YAML offers
beyond plain data (anchors, tags, merge keys, several documents) is refused with its position.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import yaml

from apiguide.problems import Mark, Problem, Source, quoted
from apiguide.rule import Rule
from apiguide.yaml_syntax import YamlSyntax, syntax_problem


class NotUtf8(Rule, family="files"):
    """A file is not UTF-8."""

    code = "not-utf-8"


class FileTooLarge(Rule, family="files"):
    """A file is larger than 1 MiB."""


class TooManyValues(Rule, family="files"):
    """A file has more than 20,000 values."""


class EmptyFile(Rule, family="files"):
    """A file is empty or contains only comments."""


class ForbiddenCharacter(Rule, family="files"):
    """A file contains an invisible character."""


class YamlFeature(Rule, family="syntax"):
    """A file uses an anchor, an alias, a tag or a merge key."""


class SeveralDocuments(Rule, family="syntax"):
    """A file contains a second YAML document."""


class TooDeep(Rule, family="syntax"):
    """Values are nested deeper than 32 levels."""


class DuplicateKey(Rule, family="syntax"):
    """A key appears twice in the same mapping."""


class KeyNotText(Rule, family="syntax"):
    """A key is missing, or is not a plain name."""


class EmptyValue(Rule, family="syntax"):
    """A key or an item has no value, or a list or mapping that needs at least one item has none."""


MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_VALUES = 20_000

_NO_COLON = "write `key: value`, or quote a text that contains a comma"

_V = TypeVar("_V")

_ALIAS, _SCALAR, _MAPPING = yaml.AliasEvent, yaml.ScalarEvent, yaml.MappingStartEvent
_MAPPING_END, _SEQUENCE_END = yaml.MappingEndEvent, yaml.SequenceEndEvent

# Control characters but tab, newline and carriage return; bidirectional marks; zero-width characters; line
# and paragraph separators, at which libyaml would count a line; tag characters; noncharacters and lone
# surrogates.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0001\U000e0020-\U000e007f]"
)


_Location = tuple[Source, int, int, int, int]
"""A source with the lines and columns of a stretch of it, counted from 0: what a `Mark` is made of."""


class _Marked:
    """A node that knows where it stands; its `Mark` is made when somebody asks."""

    __slots__ = ()
    _location: Any
    """A `Mark`, or what one is made of."""

    @property
    def mark(self) -> Mark:
        """Where it stands."""
        location: Mark | _Location = self._location
        if isinstance(location, Mark):
            return location
        source, line, column, end_line, end_column = location
        return source.mark((line, column), (end_line, end_column))

    @mark.setter
    def mark(self, mark: Mark) -> None:
        self._location = mark

    @property
    def source(self) -> Source:
        """The file that it stands in."""
        source: Source = self._location[0]
        return source


class Text(_Marked, str):
    """A scalar as typed, with where it stands."""

    __slots__ = ("_location", "plain")
    plain: bool
    """Whether it stands without quotes, so that `null` may mean null."""

    @classmethod
    def make(cls, value: str, mark: Mark | _Location, *, plain: bool = True) -> Text:
        """A scalar of the given text."""
        text = cls(value)
        text._location = mark
        text.plain = plain
        return text

    @property
    def is_null(self) -> bool:
        """Whether this is YAML's null: plain `null` or `~`."""
        return self.plain and self in ("null", "~")

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there: neither a text nor quotes."""
        return self.plain and self == ""


class FrozenDict(dict[str, _V]):
    """A dict that cannot change once it is made."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError(f"{type(self).__name__} cannot change")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


class Map(_Marked, FrozenDict[Any]):
    """A YAML mapping: its keys are `Text`, its values nodes; knows where it stands."""

    __slots__ = ("_location", "_names")
    _names: dict[str, Text] | None

    @classmethod
    def make(cls, entries: Mapping[Any, Node], mark: Mark | _Location) -> Map:
        """A mapping of the given entries."""
        node = cls(entries)
        node._location = mark
        node._names = None
        return node

    def key(self, name: str) -> Text | None:
        """The key of that name as it was typed, with its position."""
        if self._names is None:
            self._names = {key: key for key in self if isinstance(key, Text)}
        return self._names.get(name)


class Seq(_Marked, tuple[Any, ...]):
    """A YAML sequence of nodes that knows where it stands."""

    @classmethod
    def make(cls, items: Iterable[Node], mark: Mark | _Location) -> Seq:
        """A sequence of the given items."""
        node = cls(items)
        node._location = mark
        return node


Node = Text | Map | Seq


@dataclass(frozen=True)
class Document:
    """What a YAML file holds: `root` is None where the file cannot be read at all."""

    source: Source
    root: Node | None
    problems: tuple[Problem, ...] = ()
    values: int = 0
    """How many values there are in it, but for keys and the root."""

    def mark(self, path: Iterable[str | int], *, key: bool = False) -> Mark:
        """Where the value at `path` stands (with `key`, its name), or the nearest part around it."""
        node: Node | None = self.root
        mark = node.mark if node is not None else Mark(self.source)
        for step in path:
            if isinstance(node, Map) and step in node:
                name = node.key(str(step))
                node = node[str(step)]
                mark = name.mark if key and name is not None else node.mark
            elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
                node = node[step]
                mark = node.mark
            else:
                break
        return mark


def load(data: bytes, path: str) -> Document:
    """Reads a YAML file's bytes; whatever they are, the result is values or problems, never an exception."""
    if len(data) > MAX_BYTES:
        message = f"the file has more than {MAX_BYTES:,} bytes"
        return _refused(Source(path), FileTooLarge.at(Mark(Source(path)), message, "split it"))
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if is_utf16 or (b"\0" in data[:2] and any(data[:2])):
        problem = NotUtf8.at(Mark(Source(path)), "the file is UTF-16, not UTF-8", "save it as UTF-8")
        return _refused(Source(path), problem)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        source = Source(path, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        source = Source(path, data.decode("utf-8", "replace"))
        good = Source(path, data[: error.start].decode("utf-8"))
        line, column = len(good.lines), len(good.lines[-1]) + 1
        where = Mark(source, line, column, line, column + 1)
        return _refused(source, NotUtf8.at(where, "the file is not UTF-8", "save it as UTF-8"))
    forbidden = _forbidden_characters(source)
    return _refused(source, *forbidden) if forbidden else _Builder(source).document()


def _refused(source: Source, *problems: Problem) -> Document:
    return Document(source, None, problems)


def _forbidden_characters(source: Source) -> list[Problem]:
    """A problem for each; none but the first `MAX_VALUES`, so that no file fills the memory."""
    if not _FORBIDDEN.search(source.text):
        return []
    locations = (
        (match, Mark(source, number, match.start() + 1, number, match.end() + 1))
        for number, line in enumerate(source.lines, 1)
        for match in _FORBIDDEN.finditer(line)
    )
    return [
        _character_problem(match.group(), mark) for match, mark in itertools.islice(locations, MAX_VALUES)
    ]


def _character_problem(character: str, mark: Mark) -> Problem:
    message = f"the invisible character U+{ord(character):04X} is not allowed"
    return ForbiddenCharacter.at(mark, message, "delete it")


class _Stop(Exception):
    """Reading cannot go on."""


class _Builder:
    """Builds the nodes of one file from libyaml's events."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.problems: list[Problem] = []
        self.values = 0

    def document(self) -> Document:
        root: Node | None = None
        parser = yaml.CBaseLoader(self.source.text)
        try:
            events = iter(parser.get_event, None)
            root = self._root(events)
        except yaml.MarkedYAMLError as error:
            self.problems.append(syntax_problem(error, self.source))
        except yaml.YAMLError as error:
            self._problem(YamlSyntax, str(error), Mark(self.source), "save it as plain text in UTF-8")
        except _Stop:
            root = None
        finally:
            parser.dispose()
        return Document(self.source, root, tuple(self.problems), self.values)

    def _root(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    message, hint = "a second document begins here", "write one document per file"
                    self._problem(SeveralDocuments, message, self._mark(event), hint)
                    return root
            elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                root = self._node(event, events, 1)
        if root is None or (isinstance(root, Text) and root.is_empty):
            self._problem(EmptyFile, "the file is empty", Mark(self.source), "fill it or delete it")
            return None
        return root

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        kind = type(event)
        if kind is _SCALAR:
            return self._scalar(event)
        if kind is _ALIAS:
            self._refuse_extras("alias", f"*{event.anchor}", self._mark(event))
            return Text.make("", self._mark(event), plain=False)
        self._check_extras(event)
        if depth > MAX_DEPTH:
            message = f"values are nested more than {MAX_DEPTH} levels deep"
            self._stop(TooDeep, message, self._mark(event), "flatten them")
        if kind is _MAPPING:
            return self._mapping(event, events, depth)
        items = []
        for item in events:
            if type(item) is _SEQUENCE_END:
                break
            node = self._value(item, events, depth + 1)
            if isinstance(node, Text) and node.is_empty:
                self._problem(EmptyValue, "this item has no value", node.mark, self._empty_hint(node.mark))
            items.append(node)
        begin, end = event.start_mark, event.end_mark
        return Seq.make(items, (self.source, begin.line, begin.column, end.line, end.column))

    def _scalar(self, event: Any) -> Text:
        value, style, begin, end = event.value, event.style, event.start_mark, event.end_mark
        is_bare = not style
        if event.anchor or event.tag is not None or self.text.startswith("!", begin.index):
            self._check_extras(event)
            is_bare = False
        if style == '"' and (found := _FORBIDDEN.search(value)):
            self.problems.append(_character_problem(found.group(), self._mark(event)))
        location = (self.source, begin.line, begin.column, end.line, end.column)
        return Text.make(value, location, plain=is_bare)

    def _check_extras(self, event: Any) -> None:
        """Refuses an anchor or a tag before a value."""
        if event.anchor:
            self._refuse_extras("anchor", f"&{event.anchor}", self._mark(event))
        start = event.start_mark.index
        if event.tag is not None or (type(event) is _SCALAR and self.text.startswith("!", start)):
            typed = self.text[start : event.end_mark.index].split()
            name = next((word for word in typed if word.startswith("!")), "!")
            self._refuse_extras("tag", name, self._mark(event))

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        """The node of a value: all but keys and the root."""
        self.values += 1
        if self.values > MAX_VALUES:
            message = f"the file has more than {MAX_VALUES:,} values"
            self._stop(TooManyValues, message, self._mark(event), "split it")
        return self._node(event, events, depth)

    def _mapping(self, event: Any, events: Iterator[Any], depth: int) -> Map:
        entries: dict[Text, Node] = {}
        firsts: dict[str, Text] = {}
        for key_event in events:
            if type(key_event) is _MAPPING_END:
                break
            key = self._node(key_event, events, depth + 1)
            value = self._value(next(events), events, depth + 1)
            if not isinstance(key, Text):
                self._problem(KeyNotText, "a key must be text", key.mark, "write a plain name")
            elif key.is_empty:
                self._problem(KeyNotText, "a key is missing here", key.mark, "write `key: value`")
            elif key == "<<" and key.plain:
                self._refuse_extras("merge key", "<<", key.mark)
            elif key in entries:
                first = firsts[key].mark
                message = (
                    f"{quoted(key)} is repeated; it is first in line {first.line}, column {first.column}"
                )
                self._problem(DuplicateKey, message, key.mark, "delete one of the two")
            else:
                entries[key], firsts[key] = value, key
                if isinstance(value, Text) and value.is_empty:
                    has_colon = key.mark[3:] != value.mark[1:3]
                    hint = self._empty_hint(value.mark) if has_colon else _NO_COLON
                    self._problem(EmptyValue, f"{quoted(key)} has no value", key.mark, hint)
        begin, end = event.start_mark, event.end_mark
        return Map.make(entries, (self.source, begin.line, begin.column, end.line, end.column))

    def _empty_hint(self, mark: Mark) -> str:
        """What to write where a value is empty; nobody can tell what an empty one means."""
        rest = self.source.lines[mark.line - 1][mark.column - 1 :]
        comment = "; a text that begins with `#` needs quotes" if rest.lstrip().startswith("#") else ""
        return f'write a value, {{}}, "" or null{comment}'

    def _refuse_extras(self, what: str, typed: str, mark: Mark) -> None:
        message = f"{quoted(typed)} is a YAML {what}, which is not allowed"
        hint = f"write the value out, or quote a text that begins with `{typed[0]}`"
        if what == "merge key":
            hint = "write the keys out"
        self._problem(YamlFeature, message, mark, hint)

    def _stop(self, rule: type[Rule], message: str, mark: Mark, hint: str) -> NoReturn:
        self._problem(rule, message, mark, hint)
        raise _Stop

    def _problem(self, rule: type[Rule], message: str, mark: Mark, hint: str) -> None:
        self.problems.append(rule.at(mark, message, hint))

    def _mark(self, event: Any) -> Mark:
        start, end = event.start_mark, event.end_mark
        return self.source.mark((start.line, start.column), (end.line, end.column))
