"""The texts of pages in the language of a guide: a catalogue for each, with that of the project over it.

A catalogue is data: `SECTION: {KEY: text}`. What stands in a text between braces is put in as a value, and a
text that depends on a number has a form for each of the categories that its language has (CLDR).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from apiguide.folders import CONFIG
from apiguide.folders import TEXTS as FOLDER
from apiguide.model.scalars import EmptyText, UnknownWord, WrongKind
from apiguide.problems import Mark, Problem, ProblemsError, Source, did_you_mean, listing, quoted
from apiguide.reader import MissingKey, UnexpectedFile, UnknownKey, UnreadableFile
from apiguide.yaml_source import MAX_BYTES, Document, Map, Node, Text, load

ENGLISH = "en"
COUNT = "count"
"""The value that chooses between the forms of a text."""
OTHER = "other"
"""The category that each language has."""

_OURS = Path(__file__).parent
_CATEGORIES = ("zero", "one", "two", "few", "many", OTHER)
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_LISTED = 5
"""So many of the keys that a catalogue lacks are named."""
_CLDR = {"en": "en_GB", "ku-IQ": "ku", "sh": "sr_Latn"}
"""What CLDR calls languages of Material; English with lists that have no comma before `and`."""
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
    return tuple(_PLACEHOLDER.split(text))


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


@lru_cache(maxsize=1)
def english() -> Texts:
    """The texts in English."""
    return texts_of(ENGLISH)


def texts_of(language: str, root: Path | None = None) -> Texts:
    """The texts in a language, those of the project in `root` over ours.

    Raises ProblemsError where the project's catalogue is wrong, or where there is none of the language.
    """
    from babel import Locale, UnknownLocaleError

    document = _own(language, root) if root is not None and _is_plain(language) else None
    try:
        locale = Locale.parse(_CLDR.get(language, language).replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        raise ProblemsError([_no_language(language, root)]) from None
    base = next((each for each in (language, locale.language) if _is_ours(each)), None)
    if base is None and document is None:
        raise ProblemsError([_no_catalogue(language, root)])
    stated = _stated(_loaded(base)) if base is not None else {}
    if document is not None:
        categories = {*locale.plural_form.tags, OTHER}
        problems = [*document.problems, *_problems(document, categories, is_complete=base is None)]
        if problems:
            raise ProblemsError(problems)
        stated |= _stated(document)
    return Texts(language, locale, stated)


def _own(language: str, root: Path) -> Document | None:
    """The catalogue of a project; None where it has none."""
    name = f"{FOLDER}/{language}.yaml"
    path, where = root / name, Mark(Source(name))
    if path.is_symlink() or path.parent.is_symlink():
        problem = UnexpectedFile.at(where, f"{quoted(name)} is a symbolic link", "put the file itself there")
        raise ProblemsError([problem])
    if not path.exists():
        return None
    try:
        with path.open("rb") as file:
            return load(file.read(MAX_BYTES + 1), name)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise ProblemsError([UnreadableFile.at(where, message, "check its permissions")]) from None


def _is_plain(language: str) -> bool:
    """Whether it may be the name of a file."""
    return language.replace("-", "").isalnum()


def _is_ours(language: str) -> bool:
    return _is_plain(language) and (_OURS / f"{language}.yaml").is_file()


def _loaded(language: str) -> Document:
    return load((_OURS / f"{language}.yaml").read_bytes(), f"{language}.yaml")


@lru_cache(maxsize=1)
def _known() -> Mapping[str, Stated]:
    """The texts in English: the keys that there are."""
    return _stated(_loaded(ENGLISH))


def _stated(document: Document) -> dict[str, Stated]:
    """The texts of a catalogue that is right."""
    assert isinstance(document.root, Map), "a catalogue has sections"
    return {
        f"{section}.{key}": text for section, texts in document.root.items() for key, text in texts.items()
    }


def _no_language(language: str, root: Path | None) -> Problem:
    message = f"{quoted(language)} is no language that CLDR knows, so nobody can say how it counts"
    return UnknownWord.at(
        _language_mark(language, root), message, "write the code of one, as in `language: de`"
    )


def _no_catalogue(language: str, root: Path | None) -> Problem:
    ours = listing(sorted(path.stem for path in _OURS.glob("*.yaml")))
    message = f"there are no texts of pages in {quoted(language)}: apiguide has those of {ours}"
    hint = f"copy {_OURS / f'{ENGLISH}.yaml'} to {FOLDER}/{language}.yaml and translate it"
    return UnknownWord.at(_language_mark(language, root), message, hint)


def _language_mark(language: str, root: Path | None) -> Mark:
    """Where mkdocs.yml names the language, as far as that is told by the line alone."""
    path = (root or Path()) / CONFIG
    source = Source(CONFIG, path.read_text("utf-8-sig", "replace") if path.is_file() else "")
    typed = re.compile(rf"\s*(?:language|locale):\s*[\"']?({re.escape(language)})[\"']?\s*(?:#.*)?$")
    for number, line in enumerate(source.lines):
        found = typed.match(line)
        if found:
            return source.mark((number, found.start(1)), (number, found.end(1)))
    return Mark(Source(CONFIG))


def _problems(document: Document, categories: Collection[str], *, is_complete: bool) -> Iterator[Problem]:
    """What is wrong with the catalogue of a project, which needs all texts where we have none."""
    known, root = _known(), document.root
    sections = {key.partition(".")[0] for key in known}
    if root is None:
        return
    if not isinstance(root, Map):
        yield WrongKind.at(root.mark, "a catalogue is a mapping of sections", "write `badges: {new: …}`")
        return
    found: set[str] = set()
    for section, texts in root.items():
        assert isinstance(section, Text), "keys are texts"
        if section not in sections:
            message = f"{quoted(section)} is not a section of texts"
            yield UnknownKey.at(section.mark, message, did_you_mean(section, sections))
        elif not isinstance(texts, Map):
            message = f"{quoted(section)} is a mapping of texts"
            yield WrongKind.at(texts.mark, message, f"write `{section}: {{KEY: text}}`")
        else:
            names = [key.partition(".")[2] for key in known if key.startswith(f"{section}.")]
            for name, stated in texts.items():
                assert isinstance(name, Text), "keys are texts"
                key = f"{section}.{name}"
                if key in known:
                    found.add(key)
                    yield from _problems_of_one(key, name, stated, categories)
                else:
                    message = f"{quoted(name)} is not a text of {quoted(section)}"
                    yield UnknownKey.at(name.mark, message, did_you_mean(name, names))
    lacking = [key for key in known if key not in found]
    if is_complete and lacking:
        rest = f" and {len(lacking) - _LISTED} more" if len(lacking) > _LISTED else ""
        message = (
            f"the catalogue needs all texts, and lacks {', '.join(map(quoted, lacking[:_LISTED]))}{rest}"
        )
        hint = f"copy them from {_OURS / f'{ENGLISH}.yaml'} and translate them"
        yield MissingKey.at(Mark(document.source), message, hint)


def _problems_of_one(key: str, name: Text, stated: Node, categories: Collection[str]) -> Iterator[Problem]:
    """What is wrong with a text."""
    model = _known()[key]
    if isinstance(model, Text):
        if not isinstance(stated, Text):
            yield WrongKind.at(stated.mark, f"{quoted(key)} is a text", f"write it in one line: {model}")
        else:
            yield from _problems_of_form(key, stated, _named(model), _named(model))
        return
    if not isinstance(stated, Map):
        forms = ", ".join(f"{each}: …" for each in _CATEGORIES if each in categories)
        message = f"{quoted(key)} depends on a number, so it has several forms"
        yield WrongKind.at(stated.mark, message, f"write `{{{forms}}}`")
        return
    allowed = _named(model[OTHER]) | {COUNT}
    for category, text in stated.items():
        assert isinstance(category, Text), "keys are texts"
        if category not in categories:
            message = f"{quoted(category)} is not a form that the language has"
            yield UnknownKey.at(category.mark, message, f"it has {listing(_ordered(categories))}")
        elif not isinstance(text, Text):
            yield WrongKind.at(
                text.mark, f"{quoted(category)} is a text", f"write it in one line: {model[OTHER]}"
            )
        else:
            yield from _problems_of_form(key, text, _named(model[OTHER]) - {COUNT}, allowed)
    lacking = [each for each in _ordered(categories) if each not in stated]
    if lacking:
        message = f"{quoted(key)} lacks the form {listing(lacking)}"
        yield MissingKey.at(name.mark, message, f"add `{lacking[0]}: …`")


def _problems_of_form(
    key: str, text: Text, needed: Collection[str], allowed: Collection[str]
) -> Iterator[Problem]:
    if not text.strip():
        yield EmptyText.at(text.mark, f"{quoted(key)} is empty", "write what pages are to say")
        return
    for name in sorted({*needed} - _named(text)):
        message = f"{quoted(key)} lacks `{{{name}}}`, so pages could not say it"
        yield MissingKey.at(text.mark, message, f"write `{{{name}}}` where it is to stand")
    for name in sorted(_named(text) - {*allowed}):
        known = listing(f"{{{each}}}" for each in sorted(allowed))
        message = f"`{{{name}}}` is not known to {quoted(key)}"
        yield UnknownWord.at(text.mark, message, f"it is told {known}" if allowed else "it is told no value")
    if {"{", "}"} & {*_PLACEHOLDER.sub("", text)}:
        message = f"{quoted(key)} has a brace that names no value"
        yield UnknownWord.at(text.mark, message, "write words for braces, or a name as in `{release}`")


def _named(text: str) -> set[str]:
    """The names of values in a text."""
    return {*_PLACEHOLDER.findall(text)}


def _ordered(categories: Collection[str]) -> list[str]:
    return [each for each in _CATEGORIES if each in categories]
