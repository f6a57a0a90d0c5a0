"""The catalogues: ours for each language, that of the project over it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from apiguide.folders import CONFIG
from apiguide.folders import TEXTS as FOLDER
from apiguide.model.scalars import UnknownWord
from apiguide.problems import Mark, Problem, ProblemsError, Source, listing, quoted
from apiguide.reader import UnexpectedFile, UnreadableFile
from apiguide.texts.catalogue_problems import OTHER, catalogue_problems
from apiguide.texts.texts import Stated, Texts
from apiguide.yaml_source import MAX_BYTES, Document, Map, load

ENGLISH = "en"
_CLDR = {"en": "en_GB", "ku-IQ": "ku", "sh": "sr_Latn"}
"""What CLDR calls languages of Material; English with lists that have no comma before `and`."""


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
        problems = [
            *document.problems,
            *catalogue_problems(document, _known(), categories, None if base else _path_of(ENGLISH)),
        ]
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


def _path_of(language: str) -> Path:
    """Where our catalogue of a language is, if we have one."""
    return Path(__file__).with_name(f"{language}.yaml")


def _is_ours(language: str) -> bool:
    return _is_plain(language) and _path_of(language).is_file()


def _loaded(language: str) -> Document:
    return load(_path_of(language).read_bytes(), f"{language}.yaml")


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
    ours = listing(sorted(path.stem for path in Path(__file__).parent.glob("*.yaml")))
    message = f"there are no texts of pages in {quoted(language)}: apiguide has those of {ours}"
    hint = f"copy {_path_of(ENGLISH)} to {FOLDER}/{language}.yaml and translate it"
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
