"""How many requests a second `apiguide mock` answers on this machine: `python -m bench.mock [ROOT]`.

A bounded number of them, one after another on one connection, about the newest release of a guide.
"""

from __future__ import annotations

import base64
import http.client
import statistics
import sys
import time
from pathlib import Path

from apiguide.checks import check
from apiguide.mock.app import Mock
from apiguide.mock.server import HOST, in_thread

WARM, REQUESTS, RUNS = 100, 1_000, 3


def main() -> None:
    """Asks for the first lists of the guide, and for what is not there; prints medians."""
    checked = check(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    assert checked.guide is not None, "the guide has errors"
    view = checked.views[checked.guide.newest]
    lists = [each.path for each in view.endpoints.values() if each.method == "GET" and not each.placeholders]
    first = next(iter(view.settings.authentication), None)
    headers = {}
    if first is not None and first.type == "basic":
        pair = base64.b64encode(f"{first.user}:{first.password}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    with in_thread(Mock(view, lambda _served: None)) as port:
        connection = http.client.HTTPConnection(HOST, port, timeout=20)
        for name, paths in (("lists", lists[:20]), ("unknown paths", ["/nothing"])):
            rates = [_rate(connection, paths, headers) for _ in range(RUNS)]
            print(f"{name}: {statistics.median(rates):,.0f} requests a second")
        connection.close()


def _rate(connection: http.client.HTTPConnection, paths: list[str], headers: dict[str, str]) -> float:
    start = time.perf_counter()
    for number in range(WARM + REQUESTS):
        if number == WARM:
            start = time.perf_counter()
        connection.request("GET", paths[number % len(paths)], headers=headers)
        connection.getresponse().read()
    return REQUESTS / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
