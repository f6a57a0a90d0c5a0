"""Sites to test with, and a web server for them."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request
from tests.parcels import write

from apiguide.checks import check
from apiguide.problems import report
from apiguide.site.atomic_swap import file_lock
from apiguide.site.build import build

ROOT = Path(__file__).parents[2]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, missing: Path | None = None, **options: Any) -> None:
        """`missing` is the page that it shows where nothing is."""
        self.missing = missing
        super().__init__(*args, **options)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if self.missing is None:
            return super().send_error(code, message, explain)
        page = self.missing.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[..., str]]:
    """`serve(folder)`: starts a web server for a folder and gives its address, which ends with a slash.

    `serve(folder, missing)` shows a file where nothing is, as web servers can be told to.
    """
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(folder: Path, missing: Path | None = None) -> str:
        handler = functools.partial(_Quiet, directory=str(folder), missing=missing)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def build_site() -> Callable[..., Path]:
    """`build_site(project, target, releases)`: builds a site; its problems are the test's failure."""
    return _build_site


def _build_site(project: Path, target: Path, releases: list[str] | None = None) -> Path:
    checked = check(project)
    assert checked.is_good, "\n".join(report(checked.problems))
    assert checked.guide is not None
    build(checked, releases or checked.guide.published, target)
    return target


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository's guide, of all releases: made once for all processes of a run."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with file_lock(folder / "site.lock"):
        return folder / "site" if (folder / "site").exists() else _build_site(ROOT, folder / "site")


# What the starting guide becomes with a third release: an endpoint went, another came.
PARCELS = {
    "reference/shipments/cancel.yaml": """\
title: Cancel shipment
method: POST
path: /shipments/:id/cancel
description: Cancels a shipment that we have not collected yet.
removed: "2025-10-01"
deprecated: {since: "2025-04-01", use: shipments/stop}
responses: {200: {body: {object: shipment}}}
""",
    "reference/shipments/stop.yaml": """\
title: Stop shipment
method: POST
path: /shipments/:id/stop
description: Stops a shipment, wherever it is.
since: "2025-04-01"
responses: {200: {body: {object: shipment}}}
""",
    "docs/customs.md": """\
---
since: "2025-04-01"
---
# Customs

Some countries ask [what is inside](ref:shipments/create#body-parcels-contents).
""",
}
PROMISE = """
compatible_since: "2024-10-01"
exceptions:
  - {at: shipments/cancel, release: "2025-10-01", reason: "[Stop shipment](ref:shipments/stop) does more."}
"""


@pytest.fixture(scope="session")
def write_parcels() -> Callable[[Path], Path]:
    """`write_parcels(folder)`: writes the starting guide with releases 2024-10-01, 2025-04-01, 2025-10-01."""

    def fill(folder: Path) -> Path:
        write(folder)
        for name, text in PARCELS.items():
            (folder / name).write_text(text, encoding="utf-8")
        guide = folder / "reference/guide.yaml"
        last = '  - {release: "2025-04-01"}\n'
        text = guide.read_text(encoding="utf-8")
        assert last in text
        text = text.replace(last, f'{last}  - {{release: "2025-10-01"}}\n')
        guide.write_text(text + PROMISE, encoding="utf-8")
        return folder

    return fill


@pytest.fixture(scope="session")
def parcels(tmp_path_factory: pytest.TempPathFactory, write_parcels: Callable[[Path], Path]) -> Path:
    """The guide of parcels, with the site of all its releases in `site/`: to be looked at, not changed."""
    root = write_parcels(tmp_path_factory.mktemp("parcels") / "guide")
    _build_site(root, root / "site", ["2024-10-01", "2025-04-01", "2025-10-01"])
    return root


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the site's settings and no guide yet."""
    folder = tmp_path / "project"
    (folder / "docs").mkdir(parents=True)
    (folder / "reference").mkdir()
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


class Visit:
    """A page open in the browser, with what went wrong in it."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._request)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def open(self, path: str) -> Page:
        self.page.goto(self.base + path, wait_until="networkidle")
        return self.page


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """`visit(base, **options)`: a new page in a browser context of its own."""
    contexts: list[BrowserContext] = []

    def start(base: str, **options: object) -> Visit:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        return Visit(context.new_page(), base)

    yield start
    for context in contexts:
        context.close()
