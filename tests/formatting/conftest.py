"""Writes files as people do: keys in any order, comments anywhere, every way of YAML to write a value."""

from __future__ import annotations

import random

import pytest

from apiguide.formatting.shapes import Items, Keys, Kind, Shape, inner
from apiguide.model import Endpoint, Part, Resource, Settings

WORDS = (
    "Emma",
    "on",
    "no",
    "12:30:45",
    "a b",
    "2024-10-01",
    "x#y",
    "a-b",
    "it's",
    "é",
    ":id",
    "-1x",
    "null",
    "~",
)
NO_TEXTS = ("1984", "0755", "3.10", "1e3", "0x1F", "0o17", "true", "False", ".5", "-.inf", "Null", "+5")
QUOTED = ('"a: b # c"', "'it''s'", '"null"', "'3.1'", '"\\u00e9\\n"', '""', "'a, b'")
BLOCK = ("|", ">", "|-", ">-", "|+", ">+", "|2", "| # note")


class Writer:
    """Writes one file; the same seed writes the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.comments = 0
        self.keys = 0

    def file(self, shape: Shape) -> bytes:
        lines = ["# yaml-language-server: $schema=../schemas/guide.schema.json"] if self.likely(0.2) else []
        lines += ["# About the file.", ""] if self.likely(0.3) else []
        lines += ["---"] if self.likely(0.1) else []
        lines += self.mapping(shape, 0, 0)
        lines += self.trivia(0) if self.likely(0.3) else []
        newline = self.chance.choice(["\n", "\n", "\r\n"])
        text = newline.join(lines) + self.chance.choice([newline, newline, newline * 3, ""])
        return (b"\xef\xbb\xbf" if self.likely(0.1) else b"") + text.encode()

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    def name(self, shape: Shape) -> str:
        """A key: one of the model, or a name, or one that nobody knows."""
        self.keys += 1
        if isinstance(shape, Items):
            return self.name(shape.of)
        if isinstance(shape, Keys) and self.likely(0.95):
            return self.chance.choice(shape.order)
        return f"name_{self.keys}"

    def comment(self, about: str = "") -> str:
        self.comments += 1
        return f"# comment {self.comments}{about}{self.chance.choice(['', '', '  '])}"

    def trivia(self, indent: int) -> list[str]:
        """Blank lines and comments, seldom indented as what follows."""
        kinds = (
            "",
            "   ",
            " " * indent + self.comment(),
            self.comment(),
            " " * (indent + 3) + self.comment(),
        )
        return [self.chance.choice(kinds) for _ in range(self.chance.randrange(1, 4))]

    def mapping(self, shape: Shape, indent: int, depth: int) -> list[str]:
        lines: list[str] = []
        for key in dict.fromkeys(self.name(shape) for _ in range(self.chance.randrange(1, 6))):
            lines += self.trivia(indent) if self.likely(0.15) else []
            if self.likely(0.2):
                lines.append(" " * indent + self.comment(f" before {key}:"))
            typed = f'"{key}"' if self.likely(0.1) else key
            lines += self.entry(f"{' ' * indent}{typed}:", inner(shape, key), indent, depth)
        return lines

    def entry(self, key: str, shape: Shape, indent: int, depth: int) -> list[str]:
        """The lines of a key with its value."""
        if depth < 4 and not isinstance(shape, Kind) and self.likely(0.7):
            wants_list = isinstance(shape, Items) and self.likely(0.8)
            if self.likely(0.4):
                value = self.flow(shape, depth, indent + 2, is_list=wants_list)
                return self.at_end([*f"{key} {value}".split("\n")])
            head = key + (f"  {self.comment()}" if self.likely(0.2) else "")
            if wants_list:
                return [head, *self.items(inner(shape, 0), indent + self.chance.choice([0, 2]), depth + 1)]
            return [head, *self.mapping(shape, indent + 2, depth + 1)]
        if self.likely(0.15):
            return [f"{key} {self.chance.choice(BLOCK)}", *self.block_text(indent + 2)]
        if shape is not Kind.RELEASE and self.likely(0.1):  # one that gets quotes comes onto one line
            rest = " " * (indent + 4) + "goes on"
            return self.at_end([*self.chance.choice([[f"{key} it", rest], [f'{key} "it  ', f'{rest}"']])])
        return self.at_end([f"{key} {self.scalar(shape, in_flow=False)}"])

    def at_end(self, lines: list[str]) -> list[str]:
        """The lines with something after the last of them."""
        kinds = ("", "", "", "  ", f"  {self.comment()}" if self.likely(0.5) else "")
        return [*lines[:-1], lines[-1] + self.chance.choice(kinds)]

    def scalar(self, shape: Shape, *, in_flow: bool) -> str:
        if shape is Kind.RELEASE and self.likely(0.7):
            return self.chance.choice(["3.1", "3.10", "2024-10-01", "v2 beta", '"3.1"', 'a"b\\c'])
        words = self.chance.choice([WORDS, NO_TEXTS, QUOTED])
        word = self.chance.choice(words)
        return f'"{word}"' if in_flow and word in (":id", "x#y") else word

    def block_text(self, indent: int) -> list[str]:
        kinds = ("text", "# no comment", "key: value", "- item", "  more", "text  ")
        lines = [" " * indent + self.chance.choice(kinds[:4])]
        for _ in range(self.chance.randrange(4)):
            lines.append(" " * indent + self.chance.choice(kinds) if self.likely(0.7) else "")
        return lines

    def items(self, shape: Shape, indent: int, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self.chance.randrange(1, 4)):
            lines += self.trivia(indent) if self.likely(0.1) else []
            dash = f"{' ' * indent}- "
            if isinstance(shape, Kind) or self.likely(0.2):
                lines += self.at_end([dash + self.scalar(shape, in_flow=False)])
            elif self.likely(0.2):
                lines += self.at_end([dash + self.flow(shape, depth, indent + 4)])
            elif self.likely(0.1):
                inside = self.items(shape, indent + 2, depth + 1)
                begins_with_dash = inside[0].startswith(f"{' ' * (indent + 2)}- ")
                lines += (
                    [dash + inside[0][indent + 2 :], *inside[1:]] if begins_with_dash else [dash, *inside]
                )
            else:
                inside = self.mapping(shape, indent + 2, depth + 1)
                first = inside[0]
                is_inline = first[indent + 2 :].strip() and first[indent + 2] not in " #"
                is_inline = is_inline and not first[: indent + 2].strip()
                lines += [dash + first[indent + 2 :], *inside[1:]] if is_inline else [dash.rstrip(), *inside]
        return lines

    def flow(self, shape: Shape, depth: int, indent: int, *, is_list: bool = False) -> str:
        breaks = self.likely(0.2)
        after = f"\n{' ' * indent}" if breaks else self.chance.choice([" ", "  ", ""])
        if is_list:
            inside = [
                self.flow_value(inner(shape, 0), depth, indent) for _ in range(self.chance.randrange(3))
            ]
            return "[" + f",{after or ' '}".join(inside) + "]"
        names = dict.fromkeys(self.name(shape) for _ in range(self.chance.randrange(6)))
        inside = [f"{name}: {self.flow_value(inner(shape, name), depth, indent)}" for name in names]
        comment = f"  {self.comment()}" if breaks and inside and self.likely(0.5) else ""
        return "{" + f",{comment}{after or ' '}".join(inside) + self.chance.choice(["", " "]) + "}"

    def flow_value(self, shape: Shape, depth: int, indent: int) -> str:
        if depth < 4 and not isinstance(shape, Kind) and self.likely(0.7):
            wants_list = isinstance(shape, Items) and self.likely(0.8)
            return self.flow(shape, depth + 1, indent + 2, is_list=wants_list)
        return self.scalar(shape, in_flow=True)


@pytest.fixture(scope="session")
def thousand_files() -> list[tuple[type[Part], bytes]]:
    """Files with what each of them holds."""
    models: tuple[type[Part], ...] = (Settings, Resource, Endpoint)
    return [(models[seed % 3], Writer(seed).file(Keys(models[seed % 3]))) for seed in range(1000)]
