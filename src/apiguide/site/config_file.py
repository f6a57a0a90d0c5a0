"""What mkdocs.yml says of the files that a site is made of, as far as that is told without MkDocs."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from apiguide.folders import CONFIG, INPUTS

_PLUGINS = {"apiguide", "search", "material/search"}
_EXTENSIONS = {
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes"),
    *("legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc"),
    "wikilinks",
}
"""Those of Markdown itself, which read no files."""
_READING = {"pymdownx.b64", "pymdownx.snippets"}
"""Extensions that read files."""
_NAME = re.compile(r"!!python/name:(\S+)")
_IN_PACKAGE = re.compile(r"(?:material|pymdownx)\.")
_LEADING = ("!ENV", "!!python/object", "!!python/module", "custom_icons", "static_templates", "%TAG")
"""What may stand anywhere in the file and lead elsewhere."""
_DEPTH = 10
"""So many files that inherit from each other are followed."""


class _Loader(yaml.SafeLoader):
    """Reads YAML of which not every tag is known."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


@lru_cache(maxsize=1)
def _read(text: str) -> Mapping[str, Any]:
    """What stands in the file; nothing where it cannot be read."""
    try:
        found = yaml.load(text, _Loader)  # a SafeLoader still
    except Exception:  # what YAML's types refuse raises all kinds of errors
        return {}
    return found if isinstance(found, dict) else {}


def _config(file: Path) -> tuple[str, Mapping[str, Any]]:
    try:
        text = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
    except (OSError, ValueError):
        return "", {}
    return text, _read(text)


def inputs(root: Path) -> tuple[str, ...]:
    """The files and folders that the site of the project in `root` is made of, as paths from there."""
    named, file = [*INPUTS], CONFIG
    for _ in range(_DEPTH):
        _, config = _config(root / file)
        theme, hooks, base = config.get("theme"), config.get("hooks"), config.get("INHERIT")
        found = [theme.get("custom_dir")] if isinstance(theme, dict) else []
        found += hooks if isinstance(hooks, list) else []
        named += (_from(root, name) for name in found if isinstance(name, str))
        if not isinstance(base, str):
            break
        file = _from(root, posixpath.join(posixpath.dirname(file), base))
        named.append(file)
    return tuple(name for name in dict.fromkeys(named) if name.strip("./"))


def _from(root: Path, name: str) -> str:
    """A path from `root`; one of dots alone is of what holds the whole project."""
    try:
        os.fsencode(name)
        return Path(os.path.relpath(root / name.partition("\0")[0], root)).as_posix()
    except ValueError:  # on another drive, or no name of a file
        return "."


def is_plain(root: Path) -> bool:
    """Whether the site of the project in `root` depends on nothing but the guide's files and the packages.

    No own theme, hooks, plugins or extensions, which may show anything anywhere.
    """
    text, config = _config(root / CONFIG)
    theme = config.get("theme")
    name, own = (theme.get("name"), theme.get("custom_dir")) if isinstance(theme, dict) else (theme, None)
    if name != "material" or own is not None or {"INHERIT", "hooks", "extra_templates"} & config.keys():
        return False
    if any(word in text for word in _LEADING) or not all(map(_IN_PACKAGE.match, _NAME.findall(text))):
        return False
    extensions = set(_names(config.get("markdown_extensions")))
    others = {each for each in extensions if not each.startswith("pymdownx.") or each in _READING}
    return {*_names(config.get("plugins"))} <= _PLUGINS and others <= _EXTENSIONS


def _names(stated: Any) -> Iterator[str]:
    """The names in a list of them, where some have options."""
    for each in stated if isinstance(stated, list | dict) else ():
        yield from map(str, each) if isinstance(each, dict) else (str(each),)
