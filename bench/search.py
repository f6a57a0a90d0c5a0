"""How fast the search of this repository's guide answers: `python -m bench.search [COPIES]`, after a build.

Prints milliseconds of processor time in node: until the first answer once the index has come, and of each
key typed, at the median and the 95th percentile. COPIES says how often the guide is in the index, in other
words each time; with 2, the default, it has more than 1,000 endpoints.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.search.queries import Queries

from apiguide.checks import check

ROOT = Path(__file__).parent.parent
SEED = 20261130
GOALS = {"p95": 10, "first": 100}
"""Milliseconds."""


def main() -> None:
    """Measures, and prints."""
    copies = sys.argv[1] if len(sys.argv) > 1 else "2"
    checked = check(ROOT)
    assert checked.guide is not None, "the guide of this repository has no errors"
    newest = checked.guide.newest
    typed = [query.text for query in Queries(checked.views[newest], ROOT / "docs").make(SEED, 60)]
    done = subprocess.run(
        ["node", ROOT / "tests/search/speed.mjs", ROOT / "site" / newest / "search", copies],
        input=json.dumps(typed),
        capture_output=True,
        text=True,
        check=True,
    )
    for name, value in json.loads(done.stdout).items():
        print(f"{name}: {value}{f' (goal: {GOALS[name]})' if name in GOALS else ''}")


if __name__ == "__main__":
    main()
