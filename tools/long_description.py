"""What PyPI shows of the project: README.md, whose links to files would lead nowhere there.

A hook of hatchling, the build backend. Links lead to the files where `project.urls` in pyproject.toml has the
address of the source; while it has none, their words stand without a link, and images are left out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
RELATIVE = re.compile(r"(!?)\[([^][]*)\]\((?![a-z]+:|#)([^)\s]+)\)")


def long_description(readme: str, source: str | None) -> str:
    """A README whose links do not depend on where it stands; `source` is the address of the repository."""

    def link(match: re.Match[str]) -> str:
        image, words, path = match.groups()
        if source is None:
            return "" if image else words
        return f"{image}[{words}]({source}/{'raw' if image else 'blob'}/main/{path})"

    parts = FENCED.split(readme)
    parts[::2] = [RELATIVE.sub(link, part) for part in parts[::2]]
    return "".join(parts)


class ReadmeHook(MetadataHookInterface):
    """Gives the package its long description."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Adds it to the metadata."""
        readme = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        text = long_description(readme, metadata.get("urls", {}).get("Source"))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
