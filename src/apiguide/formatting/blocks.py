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
        """Whether each entry has lines of its own."""
        starts = [key.start for key, _ in self.mapping.entries]
        return (not self.before.strip() or bool(_ITEMS.match(self.before))) and all(
            place.column == self.column and not self.lines[place.line][: self.column].strip(" ")
            for place in starts[1:]
        )

    def move(self, lines: list[str], order: Sequence[int]) -> None:
        """Puts the entries into an order, whatever has changed inside them."""
        bounds = self._bounds()
        chunks = [_Chunk.of(lines[start:end]) for start, end in bounds]
        first, new = chunks[0], chunks[order[0]]
        first.blank, new.blank = new.blank, first.blank
        if self.before.strip():
            key = next(line for line in first.rest)
            first.rest[0] = " " * self.column + key[self.column :]
            indent = " " * (len(self.before) - len(self.before.lstrip()))
            new.comments = [indent + line.lstrip(" ") for line in new.comments]
            new.rest[0] = self.before + new.rest[0][self.column :]
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

    @property
    def lines(self) -> list[str]:
        return [*self.blank, *self.comments, *self.rest]


def _is_trivia(line: str) -> bool:
    """Whether a line is blank or a comment."""
    return not line.strip() or line.lstrip(" \t").startswith("#")


def _last_line(text: str, node: Node) -> int:
    """The last line of a node: blank lines after a text belong to it only where `|+` keeps them."""
    while isinstance(node, Mapping | List) and (not isinstance(node, Mapping) or not node.is_flow):
        if isinstance(node, Mapping):
            node = node.entries[-1][1]
        elif node.items and node.items[-1].end == node.end:
            node = node.items[-1]
        else:
            break
    if not isinstance(node, Scalar) or not node.is_block:
        return node.end.line
    typed = text[node.start.index : node.end.index]
    keeps = "+" in typed.split("\n", 1)[0].split("#")[0]
    typed = typed.rstrip(" ").removesuffix("\n").removesuffix("\r") if keeps else typed.rstrip()
    return node.start.line + len(_LINE.findall(typed + "\n")) - 1
