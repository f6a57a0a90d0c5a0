"""Builds a made-up guide with apiguide and its like with others, run by run side by side, and prints ratios.

python -m bench [--endpoints 1000] [--releases 6] [--runs 3] [--zensical]
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from apiguide.folders import default_macros
from bench.guides import write_markdown, write_yaml
from bench.memory import peak_of_all
from bench.preview import seconds_to_show

ZENSICAL = "0.0.70"
BIN = Path(sys.executable).parent
VENV = Path(__file__).parents[1] / "build" / "bench"


@dataclass
class Run:
    """A command that is measured."""

    name: str
    command: list[str]
    location: Path
    pages: int
    is_ours: bool = True
    seconds: list[float] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment that it runs in; as elsewhere, Python keeps what it has compiled of its modules."""
        inherited = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        return inherited | {"NO_MKDOCS_2_WARNING": "1", "APIGUIDE_CACHE": ""} | self.environment

    def once(self) -> None:
        """Runs it, and keeps how long it took."""
        start = time.perf_counter()
        done = subprocess.run(
            self.command, cwd=self.location, capture_output=True, env=self.surroundings, check=False
        )
        seconds = time.perf_counter() - start
        if done.returncode:
            raise SystemExit(f"{self.name} failed:\n{done.stderr.decode()[-2000:]}")
        self.seconds.append(seconds)


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--endpoints", type=int, default=1000, help="endpoints of the guide (default 1000)")
    parser.add_argument("--releases", type=int, default=6, help="releases of the larger guide (default 6)")
    parser.add_argument("--runs", type=int, default=3, help="how often each is run (default 3)")
    parser.add_argument("--zensical", action="store_true", help="measure Zensical too; installs it first")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        runs = _runs(Path(folder), arguments)
        for number in range(arguments.runs):
            for run in runs:
                if run.is_ours or number == 0 or "prune alone" in run.name:
                    run.once()
        ours = runs[0].location
        serve, endpoint = [*runs[0].command[:1], "serve", "--port", "0"], "resource_0/endpoint_1"
        shutil.copytree(default_macros(), ours / "macros")
        shown = {
            name: seconds_to_show(serve, ours, file, endpoint, before)
            for name, file, before in (
                ("endpoint", "reference/resource_0/endpoint_1.yaml", "description: "),
                ("object", "reference/resource_0/resource.yaml", "description: "),
                ("guide.yaml", "reference/guide.yaml", "description: "),
                ("macro", "macros/endpoint.html.jinja", "{% macro endpoint(page) -%}\n"),
            )
        }
        largest = next(run for run in runs if run.pages == arguments.endpoints * arguments.releases)
        peak = peak_of_all(largest.command, largest.location, largest.surroundings)
        _print(runs, arguments)
        if peak is not None:
            print(f"{largest.name}: all processes together took at most {peak:.0f} MB")
        for name, seconds in shown.items():
            median = statistics.median(seconds)
            print(f"apiguide serve: a saved {name} is on the page of an endpoint after {median:.2f} s")


def _runs(folder: Path, arguments: argparse.Namespace) -> list[Run]:
    endpoints, releases = arguments.endpoints, arguments.releases
    names = ("ours", "objects", "small", "large", "many")
    ours, objects, small, large, many = (folder / name for name in names)
    write_yaml(ours, endpoints)
    write_yaml(objects, endpoints, own_objects=True)
    write_yaml(small, endpoints // 4)
    write_yaml(large, endpoints * 2)
    write_yaml(many, endpoints, releases)
    apiguide, mkdocs = str(BIN / "apiguide"), str(BIN / "mkdocs")
    kept = {"APIGUIDE_CACHE": str(folder / "cache")}
    runs = [
        Run("apiguide build", [apiguide, "build"], ours, endpoints),
        Run("apiguide build, own objects", [apiguide, "build"], objects, endpoints),
        Run("apiguide check", [apiguide, "check"], ours, endpoints),
        Run("apiguide check, nothing changed", [apiguide, "check"], ours, endpoints, environment=kept),
        Run(f"apiguide build, {endpoints // 4} endpoints", [apiguide, "build"], small, endpoints // 4),
        Run(f"apiguide build, {endpoints * 2} endpoints", [apiguide, "build"], large, endpoints * 2),
        Run(f"apiguide build, {releases} releases", [apiguide, "build"], many, endpoints * releases),
    ]
    for name, features in (
        ("Material, prune alone", "navigation.prune"),
        ("Material, prune and sections", "navigation.prune, navigation.sections"),
    ):
        location = folder / name
        write_markdown(location, endpoints, features)
        runs.append(Run(name, [mkdocs, "build", "--quiet"], location, endpoints, is_ours=False))
    if arguments.zensical:
        location = folder / "zensical"
        write_markdown(location, endpoints, "navigation.prune")
        runs.append(Run(f"Zensical {ZENSICAL}", [_zensical(), "build"], location, endpoints, is_ours=False))
    return runs


def _zensical() -> str:
    """Zensical's command, installed in an environment of its own."""
    command = VENV / "bin" / "zensical"
    if not command.exists():
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", f"zensical=={ZENSICAL}"]
        subprocess.run(pip, check=True)
    return str(command)


def _print(runs: list[Run], arguments: argparse.Namespace) -> None:
    packages = ", ".join(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material"))
    machine = f"{os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}"
    print(f"{arguments.endpoints} endpoints, medians of {arguments.runs} runs (slow peers: one); {machine}")
    print(f"Python {platform.python_version()}, {packages}")
    base = statistics.median(runs[0].seconds)
    for run in runs:
        median = statistics.median(run.seconds)
        page = median / run.pages * 1000
        print(f"{run.name:32} {median:7.2f} s {page:7.2f} ms a page {median / base:7.2f} × apiguide build")


if __name__ == "__main__":
    main()
