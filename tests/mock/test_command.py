"""The command that serves the documented API, as a process of its own."""

import http.client
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.parcels import write

from apiguide.cli import main
from apiguide.mock.server import ServeError, open_listener

DEADLINE = 60
GET = "reference/shipments/get.yaml"
COMMAND = (
    # As in a terminal, though what runs the tests may ignore signals, as `nohup` does.
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from apiguide.cli import run; run()"
)


class Running:
    """A running `apiguide mock`, with what it prints as on a terminal or in a file."""

    def __init__(self, root: Path, *options: str, is_terminal: bool = False) -> None:
        command = [sys.executable, "-c", COMMAND, "mock", "--port", "0", "--root", str(root), *options]
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        reading, writing = pty.openpty() if is_terminal else os.pipe()
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=writing, stderr=writing, env=environment
        )
        os.close(writing)
        self.lines: list[str] = []
        self._more = threading.Condition()
        self._reading = threading.Thread(target=self._read, args=(reading,), daemon=True)
        self._reading.start()

    def _read(self, descriptor: int) -> None:
        text = b""
        try:
            while data := os.read(descriptor, 65536):
                text += data
                with self._more:
                    self.lines = text.decode().splitlines()
                    self._more.notify_all()
        except OSError:
            pass  # so ends a terminal
        os.close(descriptor)

    def said(self, pattern: str) -> str:
        """The first line in which a pattern is found, as soon as it is printed."""

        def found() -> str | None:
            return next((line for line in self.lines if re.search(pattern, line)), None)

        with self._more:
            assert self._more.wait_for(found, DEADLINE), f"{pattern!r} is not in {self.lines}"
        return found() or ""

    @property
    def address(self) -> str:
        found = re.search(r"https?://\S+?(?=[; ])", self.said("is at http"))
        assert found is not None
        return found[0]

    def ask(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.address.partition("//")[2], timeout=DEADLINE)
        connection.request("GET", path, headers={"Authorization": "Bearer pk_test_9aVb27"})
        reply = connection.getresponse()
        text = reply.read().decode()
        connection.close()
        return reply.status, text

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(DEADLINE)
        self._reading.join(DEADLINE)
        return code


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "guide")
    return tmp_path / "guide"


@pytest.fixture
def mock(root: Path) -> Iterator[Callable[..., Running]]:
    """`mock(*options)`: starts one for the starting guide."""
    running: list[Running] = []

    def start(*options: str, is_terminal: bool = False) -> Running:
        running.append(Running(root, *options, is_terminal=is_terminal))
        return running[-1]

    yield start
    for each in running:
        each.process.kill()
        each.process.wait()


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_it_says_where_it_is_and_ends_with_ctrl_c(mock: Callable[..., Running]) -> None:
    running = mock()
    assert running.said("is at").startswith("release 2025-04-01 of the API is at http://127.0.0.1:")
    assert running.said("is at").endswith("; stop it with Ctrl-C")
    assert running.end() == 0
    assert len(running.lines) == 1, running.lines


def test_a_release_is_named(mock: Callable[..., Running]) -> None:
    assert mock("--release", "2024-10-01").said("is at").startswith("release 2024-10-01 of the API")


def test_each_request_is_a_plain_line_in_a_file(mock: Callable[..., Running]) -> None:
    running = mock()
    running.ask("/nothing?a=%1b[2J")
    line = running.said("/nothing")
    assert re.fullmatch(r"GET \S*/nothing\?a=%1b\[2J 404 \d+ ms  there is nothing at this path", line), line


def test_on_a_terminal_the_status_has_a_color_and_nothing_steers_it(mock: Callable[..., Running]) -> None:
    running = mock(is_terminal=True)
    running.ask("/nothing")
    line = running.said("/nothing")
    assert "\x1b[33m" in line
    body = b'{"\\u001b[2Jshipment\\n\\u202e": 1}'
    connection = http.client.HTTPConnection(running.address.partition("//")[2], timeout=DEADLINE)
    headers = {"Authorization": "Bearer pk_test_9aVb27", "Content-Type": "application/json"}
    connection.request("POST", "/shipments", body, headers)
    assert connection.getresponse().status == 422
    connection.close()
    line = running.said("POST")
    assert "�[2Jshipment" in line
    assert "is not a parameter" in line, "a request is one line"
    assert not {"\u202e"} & {*line}
    assert re.sub(r"\x1b\[[0-9;]*m", "", line).isprintable()


def test_it_serves_what_files_say_now(root: Path, mock: Callable[..., Running]) -> None:
    running = mock()
    assert [running.ask(path)[0] for path in ("/shipments/12", "/parcels/12")] == [200, 404]
    edit(root / GET, "path: /shipments/:id", "path: /parcels/:id")
    running.said("the reference has changed: it is served as it is now")
    assert [running.ask(path)[0] for path in ("/shipments/12", "/parcels/12")] == [404, 200]
    edit(root / GET, "method: GET", "method: GOT")
    running.said(r"the reference has 1 error, the first is: .*get\.yaml:.*; the last good state is served")
    assert running.process.poll() is None


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is missing")
def test_https_is_trusted_by_curl_with_its_certificate(mock: Callable[..., Running]) -> None:
    running = mock("--tls")
    found = re.search(r"--cacert (\S+)\)", running.said("is at https://127.0.0.1:"))
    assert found is not None
    certificate = found[1]
    command = ["curl", "-sS", "-w", "%{http_code}", f"{running.address}/nothing"]
    trusted = subprocess.run([*command, "--cacert", certificate], capture_output=True, text=True, check=False)
    assert trusted.stdout.endswith("404"), trusted.stderr
    untrusted = subprocess.run(command, capture_output=True, text=True, check=False)
    assert untrusted.returncode == 60, "curl refuses a certificate that nobody vouches for"
    assert running.end() == 0
    assert not Path(certificate).exists()


def test_a_port_that_is_taken_is_said_in_one_line(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(main, ["mock", "--root", str(root), "--port", str(port)])
    assert done.exit_code == 2
    assert done.stderr == f"Error: port {port} is taken; name another one, or let --port 0 take any\n"


def test_a_port_that_is_forbidden_is_not_called_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def bind(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", bind)
    with pytest.raises(ServeError, match=r"port 80 cannot be used \(Permission denied\)"):
        open_listener(80)


def test_answers_are_not_held_back() -> None:
    """Of a socket that does not name TCP, asyncio leaves Nagle's algorithm on: an answer takes 40 ms."""
    with open_listener(0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_an_unknown_release_is_a_usage_error(root: Path) -> None:
    done = CliRunner().invoke(main, ["mock", "--root", str(root), "--release", "9.9"])
    assert done.exit_code == 2
    assert "the guide has no release '9.9'; it has 2024-10-01, 2025-04-01" in done.stderr


def test_a_guide_with_errors_is_not_served(root: Path) -> None:
    edit(root / GET, "method: GET", "method: GOT")
    done = CliRunner().invoke(main, ["mock", "--root", str(root), "--port", "0"])
    assert (done.exit_code, "1 error" in done.stderr) == (1, True)


@pytest.mark.parametrize("module", ["starlette", "uvicorn", "trustme"])
@pytest.mark.parametrize("command", [["mock", "--port", "0"], ["examples", "--run"]])
def test_without_the_extra_both_commands_say_how_to_get_it(
    command: list[str], module: str, root: Path
) -> None:
    site = root / "site"
    for release in ("2024-10-01", "2025-04-01"):
        (site / release).mkdir(parents=True)
    code = f"import sys; sys.modules[{module!r}] = None; {COMMAND}"
    arguments = [sys.executable, "-c", code, *command, "--root", str(root)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == f"Error: {module} is missing: pip install 'apiguide[mock]'\n"
