"""Rules of mkdocs.yml, which is read as data: tags and anchors are passed over, and nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from html import unescape
from pathlib import Path

from apiguide.folders import CONFIG
from apiguide.model import Guide
from apiguide.problems import Problem, quoted
from apiguide.rule import WarningRule
from apiguide.validation import MissingKey
from apiguide.yaml_source import MAX_BYTES, Document, Map, Seq, Text, YamlFeature, load


class SiteNameDiffers(WarningRule):
    """`site_name` in mkdocs.yml is not the title of the guide."""


_BUNDLES = {
    "extra": ("abbr", "attr_list", "def_list", "footnotes", "md_in_html", "tables"),
    "pymdownx.extra": ("abbr", "attr_list", "def_list", "footnotes", "md_in_html", "tables"),
}
"""Extensions that bring others."""


class MkdocsFile:
    """What mkdocs.yml says, as far as that can be told without MkDocs."""

    def __init__(self, document: Document, root: Map) -> None:
        self.document = document
        self.root = root
        tags = (problem.where for problem in document.problems if problem.code == YamlFeature.code)
        self._lines = {mark.line for mark in tags}
        """Those on which something stands whose value is not known."""

    @property
    def inherits(self) -> bool:
        """Whether other files say what this one does not."""
        return "INHERIT" in self.root

    @property
    def site_name(self) -> Text | None:
        """The name of the site; None where it is not stated, or not known."""
        found = self.root.get("site_name")
        is_known = isinstance(found, Text) and not found.is_empty and found.mark.line not in self._lines
        return found if is_known else None

    @cached_property
    def extensions(self) -> frozenset[str] | None:
        """The extensions of Markdown that are switched on; None where that is not known."""
        stated = self.root.get("markdown_extensions", None if self.inherits else ())
        if stated is None or isinstance(stated, Text):
            return None
        names: set[str] = set()
        for each in stated:
            names.update(map(str, each) if isinstance(each, Map | Seq) else (str(each),))
        names = {name.removeprefix("markdown.extensions.") for name in names}
        return frozenset(names.union(*(_BUNDLES.get(name, ()) for name in names)))


def read_mkdocs_file(root: Path) -> MkdocsFile | None:
    """The mkdocs.yml of the project in `root`; None where there is none, or none that can be read."""
    path = root / CONFIG
    if path.is_symlink() or not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            document = load(file.read(MAX_BYTES + 1), CONFIG)
    except OSError:
        return None
    return MkdocsFile(document, document.root) if isinstance(document.root, Map) else None


def check_site_name(guide: Guide, file: MkdocsFile) -> Iterator[Problem]:
    """The site has the name of the guide, which MkDocs wants to be told."""
    title = guide.settings.title
    hint = f"write `site_name: {title}`"
    name = file.site_name
    if "site_name" not in file.root and not file.inherits:
        yield MissingKey.at(
            file.root.mark, "`site_name` is missing, without which MkDocs builds nothing", hint
        )
    elif name is not None and unescape(name) != title:
        message = f"the site is named {quoted(name)}, but the title of the guide is {quoted(title)}"
        yield SiteNameDiffers.at(name.mark, message, hint)
