"""What a shell completes besides commands, options and files: codes of rules, releases of the guide."""

from __future__ import annotations

from pathlib import Path

import click


def codes(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Rules and their families; in a list with commas, its last word."""
    from apiguide.checks.registry import FAMILIES, RULES

    before, comma, word = begun.rpartition(",")
    return [f"{before}{comma}{each}" for each in (*FAMILIES, *RULES) if each.startswith(word)]


def releases(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The releases that guide.yaml lists; none where it cannot be read."""
    from apiguide.folders import GUIDE_FILE, REFERENCE
    from apiguide.yaml_source import Map, Seq, load

    path = Path(context.params.get("root") or ".", REFERENCE, GUIDE_FILE)
    try:
        root = load(path.read_bytes(), path.as_posix()).root
    except OSError:
        return []
    listed = root.get("releases") if isinstance(root, Map) else None
    entries = listed if isinstance(listed, Seq) else ()
    names = [entry.get("release") for entry in entries if isinstance(entry, Map)]
    return [str(name) for name in names if isinstance(name, str) and name.startswith(begun)]
