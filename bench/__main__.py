"""Builds one made-up guide with apiguide and its like with MkDocs and Material, and prints how they compare.

python -m bench [--endpoints 200] [--runs 3]
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from bench.guides import write_markdown, write_yaml


def main() -> None:
    """Runs the benchmark side by side, run by run."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--endpoints", type=int, default=200, help="pages of the guide (default 200)")
    parser.add_argument("--runs", type=int, default=3, help="how often each is run (default 3)")
    arguments = parser.parse_args()
    bin_ = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours"), Path(folder, "theirs")
        write_yaml(ours, arguments.endpoints)
        write_markdown(theirs, arguments.endpoints)
        commands = {
            "apiguide check": ([bin_ / "apiguide", "check"], ours),
            "apiguide build": ([bin_ / "apiguide", "build"], ours),
            "mkdocs build": ([bin_ / "mkdocs", "build", "--quiet"], theirs),
        }
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(arguments.runs):
            for name, (command, place) in commands.items():
                seconds[name].append(_seconds(command, place))
    packages = ", ".join(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material"))
    print(f"{arguments.endpoints} endpoints, median of {arguments.runs}; {os.cpu_count()} cores,")
    print(f"Python {platform.python_version()}, {packages}")
    base = statistics.median(seconds["apiguide build"])
    for name, runs in seconds.items():
        median = statistics.median(runs)
        print(f"{name:16} {median:7.2f} s  {median / base:6.2f} × apiguide build")


def _seconds(command: list[object], place: Path) -> float:
    start = time.perf_counter()
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    words = [str(word) for word in command]
    subprocess.run(words, cwd=place, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
