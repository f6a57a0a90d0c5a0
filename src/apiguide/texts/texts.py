"""What pages say, in one language: texts with values put in, plural forms, lists and numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from apiguide.problems import quoted
from apiguide.yaml_source import Map, Text

COUNT = "count"
"""The value that chooses between the forms of a text."""
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
"""A value's name in a text."""
_STRICT = '"use strict";\n'
"""How scripts begin."""

Pieces = tuple[str, ...]
"""A text: what is said as it is, and at odd places the names of values."""
Stated = Text | Map
"""A text as it was typed, or its forms."""


class Texts:
    """The texts in one language. Made by `texts_of`."""

    def __init__(self, language: str, locale: Any, stated: Mapping[str, Stated]) -> None:
        """`stated` are the texts by their keys, `SECTION.KEY`; they are right."""
        self.language = language
        self._locale = locale
        self._plain: dict[str, Pieces | Mapping[str, Pieces]] = {}
        self._html: dict[str, Pieces | Mapping[str, Pieces]] = {}
        for key, each in stated.items():
            if isinstance(each, Map):
                forms = {str(category): _pieces(text) for category, text in each.items()}
                self._plain[key] = forms
                self._html[key] = {category: _escaped(pieces) for category, pieces in forms.items()}
            else:
                self._plain[key] = pieces = _pieces(each)
                self._html[key] = _escaped(pieces)
        self._fixed = {
            key: Markup(pieces[0])
            for key, pieces in self._html.items()
            if isinstance(pieces, tuple) and len(pieces) == 1
        }
        """As HTML, those that are said as they are."""

    def text(self, key: str, /, **values: object) -> str:
        """A text as it is said, with values in it."""
        pieces = self._chosen(self._plain, key, values)
        return pieces[0] if len(pieces) == 1 else _filled(pieces, values, str)

    def html(self, key: str, /, **values: object) -> Markup:
        """A text as HTML, as `t` in templates: values are escaped unless they are HTML already."""
        fixed = self._fixed.get(key)
        if fixed is not None:
            return fixed
        return Markup(_filled(self._chosen(self._html, key, values), values, escape))

    def number(self, number: int) -> str:
        """A number as the language writes it."""
        if number < 1000:
            return str(number)
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self._locale)

    def listed(self, parts: Sequence[str]) -> str:
        """Parts of a sentence in a row: `a, b and c`."""
        from babel.lists import format_list

        return format_list(parts, locale=self._locale)

    def section(self, name: str) -> dict[str, str | dict[str, str]]:
        """The texts of a section by their keys, with braces, for scripts."""
        found: dict[str, str | dict[str, str]] = {}
        for key, pieces in self._plain.items():
            section, _, rest = key.partition(".")
            if section != name:
                continue
            if isinstance(pieces, tuple):
                found[rest] = _with_braces(pieces)
            else:
                found[rest] = {category: _with_braces(form) for category, form in pieces.items()}
        return found

    def in_script(self, script: str, name: str) -> str:
        """A script that is told the texts of a section, and their language, as `agTexts`."""
        texts = json.dumps({"language": self.language, **self.section(name)}, ensure_ascii=False)
        return script.replace(_STRICT, f"{_STRICT}globalThis.agTexts = {texts};\n", 1)

    def _chosen(
        self, texts: Mapping[str, Pieces | Mapping[str, Pieces]], key: str, values: dict[str, object]
    ) -> Pieces:
        pieces = texts.get(key)
        if pieces is None:
            raise LookupError(f"there is no text {key!r}")
        if isinstance(pieces, tuple):
            return pieces
        count = values[COUNT]
        assert isinstance(count, int), "what is counted is a number"
        values[COUNT] = self.number(count)
        return pieces[self._locale.plural_form(count)]


def _pieces(text: str) -> Pieces:
    return tuple(PLACEHOLDER.split(text))


def _escaped(pieces: Pieces) -> Pieces:
    return tuple(piece if at % 2 else str(escape(piece)) for at, piece in enumerate(pieces))


def _with_braces(pieces: Pieces) -> str:
    return "".join(f"{{{piece}}}" if at % 2 else piece for at, piece in enumerate(pieces))


def _filled(pieces: Pieces, values: Mapping[str, object], render: Callable[[object], str]) -> str:
    """A text with values in it, each as it is written."""
    parts = list(pieces)
    for at in range(1, len(parts), 2):
        parts[at] = render(values[parts[at]])
    return "".join(parts)


class Said(NamedTuple):
    """A text that is not said yet: a key of the catalogue, and the values that go into it."""

    key: str
    values: tuple[tuple[str, str | tuple[str, ...] | Said], ...]
    """By their names; a list is of names as programs write them."""

    def by(self, texts: Texts) -> str:
        """It in the language of some texts, as Markdown."""
        return texts.text(self.key, **{name: _value_by(texts, value) for name, value in self.values})


def _value_by(texts: Texts, value: str | tuple[str, ...] | Said) -> str:
    if isinstance(value, Said):
        return value.by(texts)
    return value if isinstance(value, str) else texts.listed([*map(quoted, value)])


def said(key: str, /, **values: str | tuple[str, ...] | Said) -> Said:
    """A text with values, to be said in any language."""
    return Said(key, tuple(values.items()))
