"""Runs curl lines by the shell, untouched, against the mock of a release."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from urllib.parse import urlsplit

from apiguide.mock.app import Mock
from apiguide.mock.server import HOST, in_thread, make_certificate
from apiguide.proof.comparing import Got, differences, leaves
from apiguide.proof.printed import Printed
from apiguide.view import GuideView

TIMEOUT = 30
"""The seconds after which a line that is still running is ended."""


class RunError(Exception):
    """Why no line can be run."""


@dataclass(frozen=True)
class Outcome:
    """A line that has been run, with what was wrong; nothing where all agrees."""

    printed: Printed
    wrong: tuple[str, ...]


def run(view: GuideView, lines: Sequence[Printed], workers: int | None = None) -> list[Outcome]:
    """Runs the lines of a release's pages, and holds what comes back against what the pages show.

    Raises RunError where there is no curl or no shell.
    """
    _find_tools()
    number = workers or max(2, os.cpu_count() or 2)
    with tempfile.TemporaryDirectory(prefix="apiguide-examples-") as name, _served(view, Path(name)) as ports:
        homes: Queue[Path] = Queue()
        for index in range(number):
            homes.put(_home(Path(name) / str(index), view, ports))

        def outcome(printed: Printed) -> Outcome:
            home = homes.get()
            try:
                return Outcome(printed, tuple(_wrong(printed, home)))
            finally:
                homes.put(home)

        with ThreadPoolExecutor(number) as pool:
            found = list(pool.map(outcome, lines))
    return _with_formats(found)


def _find_tools() -> None:
    """Raises RunError unless there is a shell, and a curl that is one."""
    for tool in ("sh", "curl"):
        if shutil.which(tool) is None:
            raise RunError(f"{tool} is missing: install it, for example with `apt-get install {tool}`")
    try:
        said = subprocess.run(
            ["curl", "--version"], capture_output=True, stdin=subprocess.DEVNULL, timeout=TIMEOUT, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        said = b""
    if not said.startswith(b"curl "):
        raise RunError(f"{shutil.which('curl')} is not curl, or does not run: put the real one first in PATH")


def _wrong(printed: Printed, home: Path) -> Iterator[str]:
    """What is wrong with a line."""
    try:
        got = curl(printed.line, home)
    except RunError as error:
        yield str(error)
        return
    if printed.shown:
        yield from differences(printed.shown[0], got)
        return
    listed = {status for status in printed.statuses if status.startswith("2")}
    if got.status not in listed and (listed or not got.status.startswith("2")):
        yield f"the page lists {', '.join(sorted(listed)) or 'no status'}, and {got.status} came"


def curl(line: str, home: Path) -> Got:
    """Runs a line in a shell. Raises RunError where curl fails, or nothing comes."""
    head = home / "head"
    head.unlink(missing_ok=True)
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "CURL_HOME": str(home)}
    try:
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RunError(f"it still ran after {TIMEOUT} seconds") from error
    complaint = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode != 0:
        raise RunError(
            f"it ended with status {done.returncode}: {complaint.splitlines()[-1:] or '(no message)'}"
        )
    if not head.is_file():
        raise RunError("it did not run curl")
    fields = head.read_text(encoding="latin-1").replace("\r\n", "\n").strip().split("\n\n")[-1].splitlines()
    status = fields[0].split(" ")[1]
    headers = dict(field.lower().split(": ", 1) for field in fields[1:] if ": " in field)
    output = done.stdout
    if output.startswith(b"HTTP/"):
        output = output.partition(b"\r\n\r\n")[2]
    media_type = headers.get("content-type", "").partition(";")[0].strip()
    return Got(status, media_type, output.decode("utf-8", "replace"))


def _home(folder: Path, view: GuideView, ports: Mapping[str, int]) -> Path:
    """A folder with the settings of one curl: whatever host a line names, it gets to the mock."""
    folder.mkdir()
    settings = ["silent", "show-error", f'dump-header = "{folder / "head"}"', 'noproxy = "*"']
    for server in view.settings.servers:
        url = urlsplit(server.url)
        number = url.port or (443 if url.scheme == "https" else 80)
        settings.append(f'connect-to = ":{number}:{HOST}:{ports[url.scheme]}"')
    if "https" in ports:
        settings.append(f'cacert = "{folder.parent / "ca.pem"}"')
    (folder / ".curlrc").write_text("\n".join(settings) + "\n", encoding="utf-8")
    return folder


@contextmanager
def _served(view: GuideView, folder: Path) -> Iterator[Mapping[str, int]]:
    """The ports at which threads serve a view, by the schemes of its servers."""
    mock = Mock(view, lambda _served: None)
    with ExitStack() as stack:
        ports = {}
        for scheme in {urlsplit(server.url).scheme for server in view.settings.servers}:
            keys = make_certificate(folder, view) if scheme == "https" else None
            ports[scheme] = stack.enter_context(in_thread(mock, keys))
        yield ports


def _with_formats(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, with what differs between the formats of an example."""
    found = []
    for before, each in zip([None, *outcomes], outcomes, strict=False):
        wrong = each.wrong
        if before is not None and _is_pair(before.printed, each.printed) and not before.wrong and not wrong:
            wrong = tuple(_unlike_formats(before.printed, each.printed))
        found.append(Outcome(each.printed, wrong))
    return found


def _is_pair(one: Printed, other: Printed) -> bool:
    """Whether two lines are the same example in two formats."""
    kinds = [[shown.language for shown in each.shown if shown.language] for each in (one, other)]
    is_same = (one.page, one.example) == (other.page, other.example)
    return is_same and sorted([*kinds[0], *kinds[1]]) == ["json", "xml"]


def _unlike_formats(one: Printed, other: Printed) -> Iterator[str]:
    counts = [leaves(each.shown[0]) for each in (one, other)]
    for here, there in (counts, counts[::-1]):
        for value in here - there:
            yield f"the value {value!r} stands in one format and not in the other"
