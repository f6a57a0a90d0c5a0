"""What is wrong with the catalogue of a project."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from apiguide.model.scalars import EmptyText, UnknownWord, WrongKind
from apiguide.problems import Mark, Problem, did_you_mean, listing, quoted
from apiguide.texts.texts import COUNT, PLACEHOLDER, Stated
from apiguide.validation import MissingKey, UnknownKey
from apiguide.yaml_source import Document, Map, Node, Text

OTHER = "other"
"""The category that each language has."""
_CATEGORIES = ("zero", "one", "two", "few", "many", OTHER)
_LISTED = 5
"""So many of the keys that a catalogue lacks are named."""


def catalogue_problems(
    document: Document, known: Mapping[str, Stated], categories: Collection[str], model: Path | None
) -> Iterator[Problem]:
    """What is wrong with the catalogue of a project.

    `known` are the texts in English, by key; `categories` those of the language's plural forms. Where we have
    no catalogue of the language, the project's needs all texts, and `model` is the one to copy.
    """
    root = document.root
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
                    yield from _problems_of_one(key, known[key], name, stated, categories)
                else:
                    message = f"{quoted(name)} is not a text of {quoted(section)}"
                    yield UnknownKey.at(name.mark, message, did_you_mean(name, names))
    lacking = [key for key in known if key not in found]
    if model is not None and lacking:
        rest = f" and {len(lacking) - _LISTED} more" if len(lacking) > _LISTED else ""
        message = (
            f"the catalogue needs all texts, and lacks {', '.join(map(quoted, lacking[:_LISTED]))}{rest}"
        )
        hint = f"copy them from {model} and translate them"
        yield MissingKey.at(Mark(document.source), message, hint)


def _problems_of_one(
    key: str, model: Stated, name: Text, stated: Node, categories: Collection[str]
) -> Iterator[Problem]:
    """What is wrong with a text."""
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
    if {"{", "}"} & {*PLACEHOLDER.sub("", text)}:
        message = f"{quoted(key)} has a brace that names no value"
        yield UnknownWord.at(text.mark, message, "write words for braces, or a name as in `{release}`")


def _named(text: str) -> set[str]:
    """The names of values in a text."""
    return {*PLACEHOLDER.findall(text)}


def _ordered(categories: Collection[str]) -> list[str]:
    return [each for each in _CATEGORIES if each in categories]
