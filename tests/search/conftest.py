"""The guide of this repository as a site with our search, and node to try the engine without a browser."""

import functools
import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from apiguide.checks import Checked
from apiguide.site.build import build

OLD, NEW = "3.0", "4.2"


@pytest.fixture(scope="session")
def guide_site(reference: Checked, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the guide with its oldest and its newest release."""
    target = tmp_path_factory.mktemp("search") / "site"
    build(reference, [OLD, NEW], target)
    return target


@pytest.fixture(scope="session")
def node() -> Callable[..., str]:
    """`node(*arguments, typed="")`: what node prints; the test is skipped where there is none."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("there is no node: apt-get install nodejs")

    def run(*arguments: str | Path, typed: str = "") -> str:
        command = [program, *map(str, arguments)]
        done = subprocess.run(
            command, input=typed, capture_output=True, encoding="utf-8", check=False, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def answers(node: Callable[..., str], guide_site: Path) -> Callable[[list[str]], list[list[str]]]:
    """`answers(queries)`: for each the pages that search in the newest release shows, in order."""

    def ask(queries: list[str]) -> list[list[str]]:
        script = Path(__file__).with_name("answer.mjs")
        found: list[list[list[str]]] = json.loads(
            node(script, guide_site / NEW / "search", typed=json.dumps(queries))
        )
        return [[locations[0] for locations in groups] for groups in found]

    return ask


class _Server(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, but texts instead of the files that it is told to break, by how their names begin."""

    broken: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        text = next((text for start, text in self.broken.items() if name.startswith(start)), None)
        if text is None:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store" if self.broken else "max-age=60")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def broken() -> Iterator[dict[str, str]]:
    """What the web server gives instead of files whose names begin with the keys."""
    yield _Server.broken
    _Server.broken.clear()


@pytest.fixture(scope="session")
def base(guide_site: Path) -> Iterator[str]:
    """The address of the site, which ends with a slash."""
    handler: Any = functools.partial(_Server, directory=str(guide_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
