"""How long a preview takes from a saved file to the page that shows it, as an open page is told."""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apiguide.site.preview import STATE

RUNS = 3
"""How often each file is saved."""


def seconds_to_show(
    command: list[str], root: Path, file: str, endpoint: str, before: str = "description: "
) -> list[float]:
    """Saves a file over and over, whenever the whole guide has been built, and waits for an endpoint's page.

    What changes are words after the last place of a text in the file, which the page shows.
    """
    path = root / file
    text = path.read_text(encoding="utf-8")
    head, key, rest = text.rpartition(before)
    seconds = []
    with _served(command, root) as (process, address):
        for number in range(RUNS):
            words = f"Saved for the {number + 1}. time."
            old = _state(address, endpoint, "", wait=False)
            start = time.perf_counter()
            path.write_text(f"{head}{key}{words} {rest}", encoding="utf-8")
            state = old
            while state["site"] == old["site"]:
                state = _state(address, endpoint, state["seen"], wait=True)
            with urllib.request.urlopen(f"{address}{endpoint}/") as answer:
                page = answer.read().decode()
            seconds.append(time.perf_counter() - start)
            if words not in page:
                raise SystemExit(f"the preview does not show what was saved in {file}")
            _until_built(process)
    path.write_text(text, encoding="utf-8")
    return seconds


@contextmanager
def _served(command: list[str], root: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    environment = os.environ | {"APIGUIDE_CACHE": ""}
    process = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "http://" in line)
        yield process, line.split()[0]
    finally:
        process.terminate()
        process.communicate()


def _until_built(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    next(line for line in process.stderr if line.startswith("built"))


def _state(address: str, endpoint: str, seen: str, *, wait: bool) -> dict[str, str]:
    query = urllib.parse.urlencode({"seen": seen, "wait": str(wait).lower(), "page": f"/{endpoint}/"})
    with urllib.request.urlopen(f"{address.rstrip('/')}{STATE}?{query}") as answer:
        state: dict[str, str] = json.loads(answer.read())
        return state
