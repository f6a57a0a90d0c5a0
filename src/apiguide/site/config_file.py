"""What mkdocs.yml says of the files that a site is made of, as far as that is told without MkDocs."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from apiguide.folders import CONFIG, INPUTS

_DEPTH = 10
"""So many files that inherit from each other are followed."""
_PLUGINS = {"apiguide", "search", "material/search"}
_READING_EXTENSIONS = {"pymdownx.b64", "pymdownx.snippets"}
"""Extensions of Markdown that read files which mkdocs.yml does not name."""
_PACKAGED = re.compile(r"tag:yaml\.org,2002:python/name:(?:material|pymdownx)\.")
"""Python code that is a part of installed packages."""


@dataclass(frozen=True)
class ConfigFile:
    """What is known of mkdocs.yml and the files that it inherits from."""

    inputs: tuple[str, ...]
    """The files and folders that the site is made of, as paths from the project's root."""
    variables: frozenset[str]
    """Environment variables that are asked for, among other words beside them."""
    is_closed: bool
    """Whether the site depends on nothing but these: no hooks, no other plugins, no code of the project."""
    language: str = "en"
    """The language of the theme, or the locale of one that calls it so."""


class _Loader(yaml.SafeLoader):
    """Reads YAML of which not every tag is known, and keeps those tags."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.tags: dict[str, set[str]] = {}
        """The words that each unknown tag stands before."""

    def construct_unknown(self, tag: str, node: yaml.Node) -> None:
        """Keeps a tag; its value is not known."""
        words = self.tags.setdefault(tag, set())
        for each in node.value if isinstance(node.value, list) else [node]:
            if isinstance(each, yaml.ScalarNode):
                words.add(str(each.value))


_Loader.add_multi_constructor("", _Loader.construct_unknown)


@lru_cache(maxsize=_DEPTH)
def _parsed(text: str) -> tuple[Mapping[str, Any], Mapping[str, set[str]]]:
    """What stands in a file, and its unknown tags; nothing where it cannot be read."""
    loader = _Loader(text)
    try:
        found = loader.get_single_data()
    except Exception:  # what YAML's types refuse raises all kinds of errors
        return {}, {}
    finally:
        loader.dispose()
    return (found if isinstance(found, dict) else {}), loader.tags


def read_config(root: Path) -> ConfigFile:
    """What is known of the mkdocs.yml of the project in `root`."""
    named, file = [*INPUTS], CONFIG
    variables: set[str] = set()
    is_closed = True
    language = ""
    for _ in range(_DEPTH):
        path = root / file
        try:
            config, tags = _parsed(path.read_text(encoding="utf-8-sig") if path.is_file() else "")
        except (OSError, ValueError):
            break
        theme, hooks, base = config.get("theme"), config.get("hooks"), config.get("INHERIT")
        found = [theme.get("custom_dir")] if isinstance(theme, dict) else []
        language = language or _language(theme)
        found += hooks if isinstance(hooks, list) else []
        named += (_from(root, name) for name in found if isinstance(name, str))
        variables |= tags.get("!ENV", set())
        is_closed = is_closed and not hooks and _is_closed(config, tags)
        if not isinstance(base, str):
            break
        file = _from(root, posixpath.join(posixpath.dirname(file), base))
        named.append(file)
    inputs = tuple(name for name in dict.fromkeys(named) if name.strip("./"))
    return ConfigFile(inputs, frozenset(variables), is_closed, language or "en")


def _language(theme: object) -> str:
    """The language that a theme is told; "" where it is not."""
    stated = (theme.get("language") or theme.get("locale")) if isinstance(theme, dict) else None
    return stated.replace("_", "-") if isinstance(stated, str) else ""


def _is_closed(config: Mapping[str, Any], tags: Mapping[str, set[str]]) -> bool:
    """Whether plugins, extensions and tags run nothing that may read other files."""
    code = [tag for tag in tags if "python/" in tag and not _PACKAGED.match(tag)]
    plugins, extensions = ({*_names(config.get(key))} for key in ("plugins", "markdown_extensions"))
    return not code and plugins <= _PLUGINS and not extensions & _READING_EXTENSIONS


def _names(stated: Any) -> Iterator[str]:
    """The names in a list of them, where some have options."""
    for each in stated if isinstance(stated, list | dict) else ():
        yield from map(str, each) if isinstance(each, dict) else (str(each),)


def _from(root: Path, name: str) -> str:
    """A path from `root`; one of dots alone is of what holds the whole project."""
    try:
        os.fsencode(name)
        return Path(os.path.relpath(root / name.partition("\0")[0], root)).as_posix()
    except ValueError:  # on another drive, or no name of a file
        return "."
