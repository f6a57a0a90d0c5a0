"""Lines are run by a real shell and the real curl."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.parcels import write

from apiguide.cli import main
from apiguide.history import views
from apiguide.proof.printed import Printed, Shown
from apiguide.proof.running import RunError, run

GUIDE = """
=== guide.yaml
servers: [{url: "https://library.test/v1"}, {url: "http://library.test:8080"}]
=== books/list.yaml
path: /books
responses: {200: {body: {type: array, items: {object: book}}}}
=== books/resource.yaml
objects: {book: {fields: {id: {type: integer, example: 1}}}}
=== books/delete.yaml
method: DELETE
path: /books/:id
responses: {204: {}}
"""
SIGNED = "curl -u user:userpass"


def printed(line: str, *shown: Shown, statuses: tuple[str, ...] = ()) -> Printed:
    return Printed("books/list/", 1, 1, line, shown, frozenset(statuses))


@pytest.fixture(scope="module")
def wrong_of(guide_of: Callable[[str], Any]) -> Callable[..., list[tuple[str, ...]]]:
    view = views(guide_of(GUIDE))["1.0"]
    return lambda *lines: [each.wrong for each in run(view, lines)]


LIST = Shown("200", "json", '[{"book": {"id": 1}}]')
HTTPS = f"{SIGNED} https://library.test/v1/books"


def test_lines_with_a_list_no_body_and_the_head_alone(wrong_of: Callable[..., list[tuple[str, ...]]]) -> None:
    lines = (
        printed(f"{HTTPS}.json", LIST),
        printed(f"{SIGNED} -i http://library.test:8080/books.json", LIST),
        printed(f"{SIGNED} -i -X DELETE https://library.test/v1/books/1.json", Shown("204")),
        printed(f"{SIGNED} -I {HTTPS.rsplit(maxsplit=1)[-1]}.json", Shown("200")),
        printed(f"{HTTPS}.json | cat", LIST),
    )
    assert wrong_of(*lines) == [(), (), (), (), ()]


def test_lines_that_stand_alone_have_a_status_that_the_page_lists(
    wrong_of: Callable[..., list[tuple[str, ...]]],
) -> None:
    assert wrong_of(
        printed(f"{HTTPS}.json", statuses=("200", "404")),
        printed(f"{HTTPS}.json"),
        printed(f"{HTTPS}.json", statuses=("201",)),
        printed("curl https://library.test/v1/books.json"),
    ) == [(), (), ("the page lists 201, and 200 came",), ("the page lists no status, and 401 came",)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("curl https://library.test:9999/v1/books.json", "it ended with status "),
        ("curl --no-such-option", "it ended with status 2: "),
        ("curl 'https://library.test", "it ended with status 2: "),
        ("curl() { true; }; curl x", "it did not run curl"),
        (f"{SIGNED} https://other.test/v1/books.json -k", "the page shows 200, and 421 came"),
    ],
)
def test_lines_that_do_not_run(
    line: str, message: str, wrong_of: Callable[..., list[tuple[str, ...]]]
) -> None:
    [[wrong]] = wrong_of(printed(line, LIST))
    assert wrong.startswith(message)


def test_formats_of_an_example_that_differ(wrong_of: Callable[..., list[tuple[str, ...]]]) -> None:
    xml = "<books type='array'><book><id type='integer'>1</id></book></books>"
    lines = [printed(f"{HTTPS}.json", LIST), printed(f"{HTTPS}.xml", Shown("200", "xml", xml))]
    assert wrong_of(*lines) == [(), ()]


def test_a_curl_that_is_missing_or_is_none(
    tmp_path: Path, guide_of: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    view = views(guide_of(GUIDE))["1.0"]
    for name in ("sh", "env"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        RunError, match=r"^curl is missing: install it, for example with `apt-get install curl`$"
    ):
        run(view, [])
    for text in ("#!/bin/sh\necho wget 1.0\n", "rubbish", "#!/bin/sh\nexit 1\n"):
        (tmp_path / "curl").write_text(text)
        (tmp_path / "curl").chmod(0o755)
        with pytest.raises(RunError, match="is not curl, or does not run: put the real one first in PATH"):
            run(view, [])


# The command


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project with a built site."""
    write(tmp_path / "guide")
    done = CliRunner().invoke(main, ["build", "--root", str(tmp_path / "guide")])
    assert done.exit_code == 0, done.stderr
    return tmp_path / "guide"


def examples(root: Path, *options: str) -> Any:
    return CliRunner().invoke(main, ["examples", "--root", str(root), *options])


def test_the_lines_of_a_built_site_are_counted_and_run(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = examples(root)
    assert (counted.exit_code, counted.stdout) == (0, "2024-10-01: 4 curl lines\n2025-04-01: 4 curl lines\n")
    done = examples(root, "--run")
    assert done.exit_code == 0, done.stdout
    assert done.stdout.endswith("8 lines have been run; all agree\n")
    assert "\nshipments" in done.stdout
    one = examples(root, "--run", "--release", "2024-10-01")
    assert one.stdout.endswith("4 lines have been run; all agree\n")

    page = root / "site/2025-04-01/shipments/get/index.html"
    html = page.read_text(encoding="utf-8")
    page.write_text(html.replace("pk_test", "pk_other"), encoding="utf-8")
    wrong = examples(root, "--run")
    assert wrong.exit_code == 1
    assert (
        "2025-04-01/shipments/get/: line 1: the page shows 200, and 401 came\n    curl -i -H" in wrong.stdout
    )
    assert wrong.stdout.endswith("8 lines have been run; 1 does not agree\n")

    bare_html = html.replace(">curl<", ">wget<").replace("ag-messages", "ag-others")
    page.write_text(bare_html, encoding="utf-8")
    bare = examples(root, "--run")
    says = f"Error: no example can be found on {page}; build the site with `apiguide build`\n"
    assert (bare.exit_code, bare.stderr) == (2, says)
    page.write_text(html, encoding="utf-8")

    monkeypatch.setenv("PATH", os.devnull)
    assert examples(root, "--run").exit_code == 2


def test_a_site_that_is_not_built_is_said_in_one_line(tmp_path: Path) -> None:
    write(tmp_path / "guide")
    done = examples(tmp_path / "guide", "--run")
    assert done.exit_code == 2
    assert done.stderr.endswith("holds no guide of 2024-10-01, 2025-04-01; build it with `apiguide build`\n")
