import atexit
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from tests.parcels import write

from apiguide.folders import default_macros
from apiguide.site.preview import OPEN, STATE, Preview

DEADLINE = 60
GUIDE = "reference/guide.yaml"
GET = "reference/shipments/get.yaml"
RESOURCE = "reference/shipments/resource.yaml"

# An interrupt that whoever started the tests ignores is not ignored here.
COMMAND = (
    # As in a terminal, though what runs the tests may ignore signals, as `nohup` does.
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "signal.signal(getattr(signal, 'SIGHUP', signal.SIGTERM), signal.SIG_DFL); "
    "from apiguide.cli import run; run()"
)


class Served:
    """A running `apiguide serve`."""

    def __init__(self, root: Path, *options: str, before: str = "", **environment: str) -> None:
        command = [sys.executable, "-c", before + COMMAND, "serve", "--root", str(root), *options]
        self.process = subprocess.Popen(
            command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=os.environ | environment
        )
        atexit.register(self.process.kill)  # of a test that fails, none is left
        self.lines: list[str] = []
        self._more = threading.Condition()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._more:
                self.lines.append(line)
                self._more.notify_all()

    def said(self, word: str) -> str:
        """The first line that holds the word, as soon as it is printed."""

        def found() -> str | None:
            return next((line for line in self.lines if word in line), None)

        with self._more:
            assert self._more.wait_for(found, DEADLINE), f"{word!r} is not in {self.lines}"
        return found() or ""

    @property
    def address(self) -> str:
        return self.said("http://").split()[0]

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=DEADLINE)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text

    def page(self, path: str) -> str:
        answer, text = self.ask(path)
        assert answer.status == 200
        return text

    def state(self, seen: str = "", *, wait: bool = False, page: str = "") -> dict[str, str]:
        query = urlencode({"seen": seen, "wait": str(wait).lower(), "page": page})
        state: dict[str, str] = json.loads(self.ask(f"{STATE}?{query}")[1])
        return state

    def settled(self) -> dict[str, str]:
        """The state as soon as the last change has been built."""

        def is_built() -> bool:
            told = [line for line in self.lines if line.startswith(("changed: ", "built release "))]
            return bool(told) and told[-1].startswith("built")

        with self._more:
            assert self._more.wait_for(is_built, DEADLINE), self.lines
        return self.state()

    def until(self, holds: Callable[[dict[str, str]], Any]) -> dict[str, str]:
        """The state as soon as something holds of it, told as open pages are told."""
        end = monotonic() + DEADLINE
        state = self.state()
        while not holds(state):
            assert monotonic() < end, state
            state = self.state(state["seen"], wait=True)
        return state

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        """The exit code, as soon as it has ended."""
        code = self.process.wait(DEADLINE)
        self._reading.join(DEADLINE)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return code


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("serve") / "guide"
    write(root)
    return root


@pytest.fixture(scope="module")
def served(root: Path) -> Iterator[Served]:
    """A preview of the starting guide; a test that changes the guide leaves it without problems."""
    served = Served(root, "--port", "0")
    yield served
    assert served.end() == 0


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_newest_release_is_shown_with_the_script(served: Served) -> None:
    page = served.page("/shipments/create/")
    assert "same_day" in page
    assert page.count("<script src=/.apiguide".replace("=/", '="/')) == 1
    assert page.index("/.apiguide/preview.js") > page.index("</article>")
    answer, script = served.ask("/.apiguide/preview.js")
    assert answer.headers["Content-Type"] == "text/javascript"
    assert "location.reload()" in script


def test_an_address_without_its_slash_leads_to_the_page(served: Served) -> None:
    answer, _ = served.ask("/shipments/create?x=1")
    assert (answer.status, answer.headers["Location"]) == (301, "/shipments/create/?x=1")


@pytest.mark.parametrize(
    "path",
    [
        *("/nowhere/", "/assets/", "/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/%00"),
        *(f"/{'a' * 300}", f"/{'a' * 300}/", f"/{'a/' * 3000}", f"/{'a/' * 3000}b"),
    ],
)
def test_what_is_not_in_the_site_is_not_found(served: Served, path: str) -> None:
    answer, page = served.ask(path)
    assert answer.status == 404
    assert "preview.js" in page


def test_only_the_head_is_sent_where_only_it_is_asked_for(served: Served) -> None:
    answer, text = served.ask("/shipments/", method="HEAD")
    assert (answer.status, text) == (200, "")
    assert int(answer.headers["Content-Length"]) > 1000


def test_nothing_is_kept_by_the_browser(served: Served) -> None:
    for path in ("/", "/sitemap.xml", "/shipments", "/nowhere/", STATE):
        answer, _ = served.ask(path)
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/shipments/create/", STATE, "/.apiguide/preview.js", "/nowhere"])
@pytest.mark.parametrize(
    "host", ["guide.example", "guide.example:8000", "127.0.0.1.guide.example", "", "[::1", "0.0.0.0"]
)
def test_a_page_elsewhere_cannot_read_it_by_a_name_that_leads_here(
    served: Served, path: str, host: str
) -> None:
    answer, text = served.ask(path, Host=host)
    assert answer.status == 403
    assert "Parcel" not in text


@pytest.mark.parametrize("host", ["localhost", "localhost:9000", "127.0.0.1:8000", "LOCALHOST"])
def test_the_names_of_this_machine_are_answered(served: Served, host: str) -> None:
    assert served.ask("/", Host=host)[0].status == 200


def test_a_change_is_shown(served: Served, root: Path) -> None:
    before = served.settled()
    edit(root / GET, "description: Returns one shipment.", "description: Returns a single shipment.")
    after = served.until(lambda state: state["site"] != before["site"])
    assert after["problems"] == ""
    assert "Returns a single shipment." in served.page("/shipments/get/")
    assert GET in served.said("changed: ")


def test_a_changed_object_is_shown_before_all_is_built(served: Served, root: Path) -> None:
    before = served.settled()
    edit(root / RESOURCE, "How far the shipment is.", "How far it has come.")
    after = served.until(lambda state: state["site"] != before["site"])
    assert after["problems"] == ""
    assert "How far it has come." in served.page("/shipments/get/")
    assert "How far it has come." in served.page("/shipments/")
    assert "building the rest" in served.said("showed shipments in ")


def test_an_open_page_shows_a_changed_macro_before_all_is_built(served: Served, root: Path) -> None:
    macro = root / "macros" / "notes.html.jinja"
    macro.parent.mkdir(exist_ok=True)
    served.state(page="/shipments/create/")
    shipped = (default_macros() / macro.name).read_text(encoding="utf-8")
    macro.write_text(shipped.replace('class="admonition ', 'class="our-note admonition '), encoding="utf-8")
    served.until(lambda _: "our-note" in served.page("/shipments/create/"))
    assert "building the rest" in served.said("showed shipments/create in ")
    macro.unlink()
    served.until(lambda _: "our-note" not in served.page("/shipments/create/"))


def test_an_open_page_shows_changed_settings_before_all_is_built(served: Served, root: Path) -> None:
    for page in ("/../elsewhere/", "/shipments/create/", "/shipments/get/"):
        served.state(page=page)
    edit(root / GUIDE, "https://api.parcels.example", "https://api.letters.example")
    served.until(lambda _: "api.letters.example" in served.page("/shipments/get/"))
    assert "building the rest" in served.said("showed shipments/get, shipments/create in ")
    served.settled()

    served.state(page="/shipments/")
    edit(root / GUIDE, "https://api.letters.example", "https://api.parcels.example")
    served.until(lambda _: "api.parcels.example" in served.page("/shipments/get/"))
    assert "building the rest" in served.said("showed shipments in ")


def test_the_pages_that_asked_last_are_open() -> None:
    preview = Preview()
    for number in range(OPEN + 2):
        preview.asked(f"/things/{number}/")
    preview.asked("/things/1/")
    assert preview.open_pages() == (
        "things/1",
        *(f"things/{number}" for number in reversed(range(3, OPEN + 2))),
    )


def test_what_is_wrong_in_an_object_is_told(served: Served, root: Path) -> None:
    before = served.settled()
    edit(root / RESOURCE, "{object: address,", "{object: adress,")
    broken = served.until(lambda state: state["problems"])
    assert broken["site"] == before["site"]
    assert "did you mean `address`?" in broken["problems"]
    edit(root / RESOURCE, "{object: adress,", "{object: address,")
    served.until(lambda state: not state["problems"])


def test_what_is_wrong_is_told_and_the_last_good_pages_stay(served: Served, root: Path) -> None:
    before = served.settled()
    page = served.page("/shipments/get/")
    edit(root / GET, "method: GET", "methd: GET")
    broken = served.until(lambda state: state["problems"])
    assert broken["site"] == before["site"]
    assert f"{GET}:2:1: error[unknown-key]" in broken["problems"]
    assert "did you mean `method`?" in broken["problems"]
    assert "error[unknown-key]" in served.said("error[unknown-key]")
    assert served.page("/shipments/get/") == page

    edit(root / GET, "methd: GET", "method: GET")
    mended = served.until(lambda state: not state["problems"])
    assert mended["site"] != before["site"]


def test_new_folders_and_settings_are_followed_too(served: Served, root: Path) -> None:
    site = served.settled()["site"]
    (root / "macros").mkdir(exist_ok=True)
    (root / "macros" / "statuses.html.jinja").write_text(
        "{% macro statuses(rows) %}<p>Our own statuses</p>{% endmacro %}", encoding="utf-8"
    )
    served.until(lambda state: state["site"] != site and "Our own statuses" in served.page("/"))

    (root / "docs" / "more").mkdir()
    (root / "docs" / "more" / "prices.md").write_text("# Prices\n", encoding="utf-8")
    served.until(lambda _: served.ask("/more/prices/")[0].status == 200)

    edit(root / "mkdocs.yml", "site_url: ", "copyright: Parcels of the World\nsite_url: ")
    served.until(lambda _: "Parcels of the World" in served.page("/"))


def test_an_open_page_follows_a_new_newest_release(served: Served, root: Path) -> None:
    seen = served.settled()["seen"]
    query = urlencode({"seen": seen, "wait": "true", "page": "/shipments/get/"})
    waiting = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=DEADLINE)
    waiting.request("GET", f"{STATE}?{query}")
    newest = '  - {release: "2025-04-01"}\n'
    edit(root / GUIDE, newest, f'{newest}  - {{release: "2026-01-01"}}\n')
    answer = json.loads(waiting.getresponse().read())
    waiting.close()
    served.said("built release 2026-01-01")
    assert f'data-site="{answer["site"]}"' in served.page("/shipments/get/")
    edit(root / GUIDE, '  - {release: "2026-01-01"}\n', "")
    served.until(lambda state: state["seen"] != answer["seen"])
    served.settled()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_not_utf8_is_told_until_it_is_gone(served: Served, root: Path) -> None:
    odd = root / "docs" / os.fsdecode(b"caf\xe9.md")
    odd.write_text("# Coffee\n")
    assert "not UTF-8" in served.until(lambda state: state["problems"])["problems"]
    odd.unlink()
    served.until(lambda state: not state["problems"])


def test_a_fault_in_a_macro_does_not_end_it(served: Served, root: Path) -> None:
    macro = root / "macros" / "parameters.html.jinja"
    macro.parent.mkdir(exist_ok=True)
    macro.write_text("{% macro parameters(", encoding="utf-8")
    broken = served.until(lambda state: state["problems"])
    assert "parameters.html.jinja:1: " in broken["problems"]
    macro.unlink()
    served.until(lambda state: not state["problems"])


@pytest.mark.browser
def test_an_open_page_follows(served: Served, root: Path, browser: Browser) -> None:
    expect.set_options(timeout=DEADLINE * 1000)
    page = browser.new_page()
    page.goto(f"{served.address}shipments/get/")
    file = root / GET
    edit(file, "title: Get shipment", "title: Fetch shipment")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fetch shipment")

    edit(file, "object: shipment", "object: <b>shipment</b>")
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text(f"{GET}:6:24: error[unknown-object]: there is no object `<b>shipment</b>`")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fetch shipment")

    edit(file, "object: <b>shipment</b>", "object: shipment")
    expect(banner).to_have_count(0)
    edit(file, "title: Fetch shipment", "title: Get shipment")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Get shipment")
    page.close()


@pytest.mark.browser
def test_a_page_that_was_not_loaded_but_put_in_place_follows_too(tmp_path: Path, browser: Browser) -> None:
    expect.set_options(timeout=10_000)  # far less than an open page waits for
    write(tmp_path)
    edit(tmp_path / "mkdocs.yml", "  features:", "  features:\n    - navigation.instant")
    (tmp_path / "docs/two.md").write_text("# Two\n\nThe second page.\n", encoding="utf-8")
    served = Served(tmp_path, "--port", "0")
    page = browser.new_page()
    page.goto(f"{served.address}shipments/")
    page.evaluate("window.isStill = true")
    page.get_by_role("link", name="Two", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two")
    assert page.evaluate("window.isStill")
    edit(tmp_path / "docs/two.md", "The second page.", "The other page.")
    expect(page.get_by_text("The other page.")).to_be_visible()
    page.close()
    assert served.end() == 0


@pytest.mark.browser
def test_a_guide_that_is_broken_from_the_start_is_shown_when_it_is_mended(
    tmp_path: Path, browser: Browser
) -> None:
    write(tmp_path)
    edit(tmp_path / GET, "object: shipment", "object: '<script>alert(1)</script>'")
    served = Served(tmp_path, "--port", "0")
    answer, text = served.ask("/anywhere/")
    assert answer.status == 503
    assert "there is no object `&lt;script&gt;alert(1)&lt;/script&gt;`" in text
    assert "<script>alert" not in text

    page = browser.new_page()
    page.goto(served.address)
    write_good = (
        (tmp_path / GET).read_text(encoding="utf-8").replace("'<script>alert(1)</script>'", "shipment")
    )
    (tmp_path / GET).write_text(write_good, encoding="utf-8")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Parcel API", timeout=DEADLINE * 1000)
    page.close()
    assert served.end() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_though_the_first_build_is_under_way(root: Path, tmp_path: Path, number: int) -> None:
    served = Served(root, "--port", "0", TMPDIR=str(tmp_path))
    end = monotonic() + DEADLINE
    while not [*tmp_path.iterdir()]:
        assert monotonic() < end
    assert served.end(number) == 0
    assert served.lines == ["\n", "The preview has ended.\n"]
    assert list(tmp_path.iterdir()) == []


# A signal comes right after, or right before, the first endpoint of a function of the standard library.
SIGNAL = """
import multiprocessing.process, os, signal, tempfile
def signalled(owner, name, number, *, is_after, is_it=lambda *arguments: True):
    real, once = getattr(owner, name), [number]
    def endpoint(*arguments, **options):
        done = real(*arguments, **options) if is_after else None
        if once and is_it(*arguments):
            os.kill(os.getpid(), once.pop())
        return done if is_after else real(*arguments, **options)
    setattr(owner, name, endpoint)
"""
TRIED = 'lambda path, *_: os.path.dirname(path) == os.environ["TMPDIR"]'


@pytest.mark.parametrize("number", ["signal.SIGINT", "signal.SIGTERM"])
@pytest.mark.parametrize(
    "spot",
    [
        pytest.param('tempfile, "mkdtemp", {}, is_after=True', id="its folder has just been made"),
        pytest.param(
            f'os, "unlink", {{}}, is_after=False, is_it={TRIED}', id="a file shows where folders can be"
        ),
        pytest.param(
            'multiprocessing.process.BaseProcess, "start", {}, is_after=True',
            id="the first build has just begun",
        ),
    ],
)
def test_it_ends_cleanly_wherever_a_signal_finds_it(
    root: Path, tmp_path: Path, spot: str, number: str
) -> None:
    before = f"{SIGNAL}signalled({spot.format(number)})\n"
    served = Served(root, "--port", "0", before=before, TMPDIR=str(tmp_path))
    assert served.ended() == 0
    assert served.lines == ["\n", "The preview has ended.\n"]
    assert list(tmp_path.iterdir()) == []


def test_signals_that_come_while_it_ends_change_nothing(root: Path, tmp_path: Path) -> None:
    spots = [
        f"signalled({spot}, is_after=False)\n"
        for spot in (
            'tempfile.TemporaryDirectory, "cleanup", signal.SIGINT',
            'multiprocessing.process.BaseProcess, "join", signal.SIGTERM',
        )
    ]
    served = Served(root, "--port", "0", before=SIGNAL + "".join(spots), TMPDIR=str(tmp_path))
    end = monotonic() + DEADLINE
    while not [*tmp_path.iterdir()]:
        assert monotonic() < end
    assert served.end() == 0
    assert served.lines == ["\n", "The preview has ended.\n"]
    assert list(tmp_path.iterdir()) == []


def test_it_ends_though_a_macro_never_does(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "guide")
    folder = tmp_path / "temporary"
    folder.mkdir()
    served = Served(tmp_path / "guide", "--port", "0", TMPDIR=str(folder))
    served.settled()
    served.state(page="/shipments/create/")
    macro = tmp_path / "guide/macros/parameters.html.jinja"
    macro.parent.mkdir(exist_ok=True)
    macro.write_text(
        "{% macro parameters(rows) %}{% for _ in range(10 ** 15) %}{% endfor %}{% endmacro %}",
        encoding="utf-8",
    )
    served.said("changed: ")
    assert served.end() == 0
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, processes are no copies of others")
def test_a_signal_that_comes_while_a_process_is_made_is_not_lost(root: Path) -> None:
    lost = (
        "import os, signal; once = [signal.SIGINT]; "
        "os.register_at_fork(after_in_parent=lambda: once and os.kill(os.getpid(), once.pop())); "
    )
    served = Served(root, "--port", "0", before=lost)
    assert served.ended() == 0
    assert "The preview has ended.\n" in served.lines


# Where a process is no copy, what Ctrl-C sends to all of a terminal may find it before it can ignore that.
INTERRUPTED = """
import os, signal, sys
if any("spawn_main" in word for word in sys.orig_argv):
    os.kill(os.getpid(), signal.SIGINT)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there, it gets to all processes of a console")
def test_an_interrupt_does_not_get_to_a_build_that_is_just_beginning(root: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTED, encoding="utf-8")
    before = "import sys, sysconfig; sysconfig.get_config_vars(); sys.platform = 'sunos5'; "
    served = Served(root, "--port", "0", before=before, PYTHONPATH=str(tmp_path))
    assert "same_day" in served.page("/shipments/create/")
    assert served.end() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_cleanly(root: Path, tmp_path: Path, number: int) -> None:
    served = Served(root, "--port", "0", "--release", "2024-10-01", TMPDIR=str(tmp_path))
    assert "same_day" not in served.page("/shipments/create/")
    assert list(tmp_path.iterdir()) != []
    assert served.end(number) == 0
    assert "Traceback" not in "".join(served.lines)
    assert list(tmp_path.iterdir()) == []
    assert not (root / "site").exists()


def test_a_port_that_is_taken_is_said_to_be(root: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        served = Served(root, "--port", str(port))
        assert f"port {port} is taken" in served.said("Error")
        assert served.ended() == 2
