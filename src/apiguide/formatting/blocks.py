"""Keys in their order in mappings that are written line by line: whole entries move, with their comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apiguide.formatting.layout import Mapping, Node, Scalar, nodes
from apiguide.formatting.layout import Sequence as List
from apiguide.formatting.order import ranks
from apiguide.formatting.shapes import Keys

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_ITEMS = re.compile(r" *(?:- +)+\Z")
"""What stands before the first key of a mapping that begins in the line of its item."""
_FOR_EDITORS = "# yaml-language-server:"


def sorted_blocks(text: str, root: Node) -> str:
    """The text with the keys of each mapping in their order, save that of mappings in braces.

    A comment moves with what follows it, or with what is above it where it is indented more than the key that
    follows. What stands at the beginning of the file, apart from the first key, stays there.
    """
    lines = _LINE.findall(text)
    as_they_were = tuple(lines)
    for node in nodes(root):
        if isinstance(node, Mapping) and not node.is_flow and isinstance(node.shape, Keys):
            rank = ranks([key.value for key, _ in node.entries], node.shape.order)
            entries = _Entries(text, as_they_were, node)
            if rank != sorted(rank) and entries.can_move:
                entries.move(lines, sorted(range(len(rank)), key=rank.__getitem__))
    return "".join(lines)


@dataclass(frozen=True)
class _Entries:
    """The entries of a mapping as lines of its file."""

    text: str
    lines: Sequence[str]
    mapping: Mapping

    @property
    def column(self) -> int:
        return self.mapping.entries[0][0].start.column

    @property
    def before(self) -> str:
        """What stands in the first line before the first key: spaces, or the signs of items."""
        return self.lines[self.mapping.entries[0][0].start.line][: self.column]

    @property
    def can_move(self) -> bool:
        """Whether each entry has lines of its own, and ends with its own last line.

        A text below a `|+` has the blank lines after it too, whatever they are meant for.
        """
        starts = [key.start for key, _ in self.mapping.entries]
        return (
            (not self.before.strip() or bool(_ITEMS.match(self.before)))
            and all(
                position.column == self.column and not self.lines[position.line][: self.column].strip(" ")
                for position in starts[1:]
            )
            and not any(
                isinstance(last, Scalar) and last.keeps_lines(self.text)
                for last in (_last(value) for _, value in self.mapping.entries)
            )
        )

    def move(self, lines: list[str], order: Sequence[int]) -> None:
        """Puts the entries into an order, whatever has changed inside them."""
        bounds = self._bounds()
        chunks = [_Chunk.of(lines[start:end]) for start, end in bounds]
        first, new = chunks[0], chunks[order[0]]
        first.blank, new.blank = new.blank, first.blank
        # A comment that is indented more would become part of a text below a `|` that now comes before it.
        for chunk in chunks:
            chunk.indent_comments(self.column)
        if self.before.strip():
            first.rest[0] = " " * self.column + first.rest[0][self.column :]
            new.rest[0] = self.before + new.rest[0][self.column :]
            new.indent_comments(len(self.before) - len(self.before.lstrip()))
        lines[bounds[0][0] : bounds[-1][1]] = [line for index in order for line in chunks[index].lines]

    def _bounds(self) -> list[tuple[int, int]]:
        """The first line of each entry and the one after its last."""
        starts = [self._first()]
        ends: list[int] = []
        entries = self.mapping.entries
        for index, (_, value) in enumerate(entries):
            last = _last_line(self.text, value)
            until = entries[index + 1][0].start.line if index + 1 < len(entries) else len(self.lines)
            ends.append(self._deeper(last + 1, until))
            starts.append(ends[-1])
        return list(zip(starts[:-1], ends, strict=True))

    def _first(self) -> int:
        """The line at which the first entry begins, with the comments that are about it."""
        line = at_key = self.mapping.entries[0][0].start.line
        if self.before.strip():
            return at_key
        while line > 0 and _is_trivia(self.lines[line - 1]):
            line -= 1
        if line == 0:
            for each in range(at_key):
                if not self.lines[each].strip() or self.lines[each].startswith(_FOR_EDITORS):
                    line = each + 1
        return line

    def _deeper(self, line: int, until: int) -> int:
        """The line after the comments that belong to the entry above since they are indented more than it."""
        end = line
        while line < until and _is_trivia(self.lines[line]):
            comment = self.lines[line].lstrip(" \t")
            if comment.strip():
                if len(self.lines[line]) - len(comment) <= self.column:
                    break
                end = line + 1
            line += 1
        return end


@dataclass
class _Chunk:
    """An entry: blank lines, comments, and the lines from its key on."""

    blank: list[str]
    comments: list[str]
    rest: list[str]

    @classmethod
    def of(cls, lines: list[str]) -> _Chunk:
        filled = next(index for index, line in enumerate(lines) if line.strip())
        key = next(index for index, line in enumerate(lines) if not _is_trivia(line))
        return cls(lines[:filled], lines[filled:key], lines[key:])

    def indent_comments(self, column: int) -> None:
        self.comments = [" " * column + line.lstrip() if line.strip() else line for line in self.comments]

    @property
    def lines(self) -> list[str]:
        return [*self.blank, *self.comments, *self.rest]


def _is_trivia(line: str) -> bool:
    """Whether a line is blank or a comment."""
    return not line.strip() or line.lstrip(" \t").startswith("#")


def _last(node: Node) -> Node:
    """The last thing in a node that does not end with a bracket of its own."""
    while isinstance(node, Mapping | List):
        inside = [value for _, value in node.entries] if isinstance(node, Mapping) else node.items
        if not inside or inside[-1].end != node.end:
            break
        node = inside[-1]
    return node


def _last_line(text: str, node: Node) -> int:
    """The last line of a node, without the empty lines after a text, which are no part of it.

    A line of spaces may be part of it.
    """
    last = _last(node)
    if not isinstance(last, Scalar) or not last.is_block:
        return last.end.line
    typed = text[last.start.index : last.end.index].rstrip("\r\n")
    return last.start.line + len(_LINE.findall(typed)) - 1
