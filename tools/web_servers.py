"""Web servers as the handbook sets them up, for `tools/faults`: by the letter, but for folders and ports."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HANDBOOK = Path(__file__).parent.parent / "handbook" / "publishing.md"
SHOWN_ROOT = "/srv/guide/current"
"""The folder that the handbook's examples serve."""
HASHED = re.compile(r"\.[0-9a-f]{8}\.min\.(css|js)$")
COMPRESSED = (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt")

NGINX = """\
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  types {{
    text/html html; text/css css; application/javascript js; application/json json; text/xml xml;
    text/plain txt; image/svg+xml svg; image/png png;
  }}
  {server}
}}
"""


def block(heading: str, language: str) -> str:
    """The first example in a language below a heading of the handbook."""
    section = HANDBOOK.read_text("utf-8").partition(f"# {heading}\n")[2]
    found = re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)
    if found is None:
        raise SystemExit(f"{HANDBOOK.name} has no {language} below {heading!r}")
    return found[1]


def program(name: str) -> str | None:
    """Where a server is installed, in the folders of an administrator too."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def nginx(folder: Path, server: str, port: int) -> Iterator[None]:
    """Nginx with a `server` block; its own files are in a folder."""
    config = folder / f"nginx-{port}.conf"
    config.write_text(NGINX.format(folder=folder, server=server))
    command = [str(program("nginx")), "-c", str(config), "-e", str(folder / "nginx.log")]
    with _running(command, port):
        yield


@contextmanager
def caddy(folder: Path, site: str, port: int) -> Iterator[None]:
    """Caddy with a block of its Caddyfile."""
    config = folder / "Caddyfile"
    config.write_text(f"{{\n\tadmin off\n\tauto_https off\n\tstorage file_system {folder}/caddy\n}}\n{site}")
    command = [str(program("caddy")), "run", "--adapter", "caddyfile", "--config", str(config)]
    with _running(command, port):
        yield


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                break
        else:
            raise SystemExit(f"{command[0]} does not start")
        yield
    finally:
        process.terminate()
        process.wait()


def listening(config: str, root: Path, port: int) -> str:
    """A `server` block of the handbook for a folder and a port of this machine."""
    return config.replace("listen 80;", f"listen 127.0.0.1:{port};").replace(SHOWN_ROOT, str(root))


class Browser:
    """Asks a server."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, url: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, headers and body of an address."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", url, headers=named)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body


def wrong_answers(
    browser: Browser, site: Path, prefix: str, change: Mapping[str, Callable[[], None]], page: str
) -> Iterator[str]:
    """What a server does not do that the handbook promises; `site` is what it serves below a path.

    Each `change` puts another site in the place of the one served; `page` is a file that differs then.
    """
    for path in sorted(path for path in site.resolve().rglob("*") if path.is_file()):
        file = path.relative_to(site.resolve()).as_posix()
        yield from _wrong_file(browser, f"{prefix}/{file.removesuffix('index.html')}", file, path)
    for folder in (prefix, f"{prefix}/latest") if prefix else ("/latest",):
        status, headers, _ = browser.get(folder)
        if status not in (301, 302, 308) or headers["Location"] != f"{folder}/":
            yield f"{folder}: {status}, {headers['Location']}"
    missing = (site / "404.html").read_bytes()
    for url in ("/none", "/latest/none/", "/none/deeper/still.html", "/none.0a1b2c3d.min.js"):
        status, _, body = browser.get(prefix + url)
        if (status, body) != (404, missing):
            yield f"{prefix}{url}: {status}, {'its own page' if body == missing else 'another page'}"
    address = f"{prefix}/{page.removesuffix('index.html')}"
    for name, put in change.items():
        _, headers, before = browser.get(address)
        status, *_ = browser.get(address, If_None_Match=headers["ETag"])
        if status != 304:
            yield f"{address}, unchanged: {status}"
        put()
        status, _, body = browser.get(address, If_None_Match=headers["ETag"])
        if (status, body) != (200, (site / page).read_bytes()) or body == before:
            yield f"{address} after {name}: {status}"


def _wrong_file(browser: Browser, url: str, file: str, path: Path) -> Iterator[str]:
    status, headers, body = browser.get(url, Accept_Encoding="gzip")
    if headers["Content-Encoding"] == "gzip":
        body = gzip.decompress(body)
        if "Accept-Encoding" not in (headers["Vary"] or ""):
            yield f"{url}: compressed, without Vary"
    elif path.suffix in COMPRESSED and path.stat().st_size > 2000:
        yield f"{url}: not compressed"
    if (status, body) != (200, path.read_bytes()):
        yield f"{url}: {status}"
    wanted = "public, max-age=31536000, immutable" if HASHED.search(file) else "no-cache"
    if headers.get_all("Cache-Control") != [wanted]:
        yield f"{url}: Cache-Control {headers.get_all('Cache-Control')}"
