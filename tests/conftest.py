"""What all tests share: golden files, guides of YAML in a test, and the browser."""

import gc
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import TypeVar

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

from apiguide.checks import Checked, check
from apiguide.model import Endpoint, Guide, Part, Resource, Settings
from apiguide.problems import Problem
from apiguide.validation import validate
from apiguide.yaml_source import FrozenDict, load

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"

# A law is about what comes out, not how soon: a busy machine must not break it.
hypothesis.settings.register_profile("apiguide", deadline=None)
hypothesis.settings.register_profile(
    "mutate", deadline=None, database=None, phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate]
)
hypothesis.settings.load_profile("apiguide")

# What a test finds is never what a test found before.
os.environ["APIGUIDE_CACHE"] = ""


# What the files of a small guide say unless a test says otherwise, by their first keys.
GUIDE = {
    "title": "City Library API Guide",
    "servers": '[{url: "http://library.test"}]',
    "releases": '[{release: "1.0"}, {release: "1.1"}, {release: "2.0"}, {release: "3.0"}]',
    "formats": (
        "{xml: {media_type: application/xml, extension: .xml, dialect: rails}, "
        "json: {media_type: application/json, extension: .json, dialect: rails}}"
    ),
    "authentication": "[{id: basic, type: basic, title: HTTP Basic, user: user, password: userpass}]",
    "curl": "{options: [-i]}",
}
RESOURCE = {"title": "Books"}
ENDPOINT = {"title": "An endpoint", "method": "GET", "path": "/books"}

P = TypeVar("P", bound=Part)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write tests/golden/ anew instead of comparing with it",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str | Path, str], None]:
    """`golden(name, text)`: the text is what tests/golden/NAME, or a file of the tests, holds to the byte."""

    def compare(name: str | Path, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--renew-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.is_file(), f"there is no {path.relative_to(ROOT)}: `make golden` writes it"
        assert text == path.read_bytes().decode(), "if this is meant: `make golden`"

    return compare


@pytest.fixture(scope="session")
def guide_of() -> Callable[[str], Guide]:
    """`guide_of(text)`: the guide of the YAML files in a text, each under a line `=== books/create.yaml`.

    What a file needs and does not say is that of a small guide of a library.
    """

    def guide(text: str) -> Guide:
        found = re.findall(r"^=== (\S+)\n(.*?)(?=^=== |\Z)", dedent(text), re.MULTILINE | re.DOTALL)
        files = dict(found)
        resources = {name.split("/")[0]: Resource for name in files if "/" in name}
        files = {"guide.yaml": "", **{f"{id_}/resource.yaml": "" for id_ in resources}, **files}
        settings = _part(Settings, files.pop("guide.yaml"), "guide.yaml", GUIDE)
        parts = {id_: _part(Resource, files.pop(f"{id_}/resource.yaml"), id_, RESOURCE) for id_ in resources}
        endpoints = {
            name.removesuffix(".yaml"): _part(Endpoint, content, name, ENDPOINT)
            for name, content in files.items()
        }
        return Guide(settings, FrozenDict(parts), FrozenDict(endpoints))

    return guide


def _part(model: type[P], text: str, name: str, usual: dict[str, str]) -> P:
    said = "".join(f"{k}: {v}\n" for k, v in usual.items() if not re.search(rf"^{k}:", text, re.MULTILINE))
    problems: list[Problem] = []
    document = load(f"{said}{text}".encode(), name)
    part = validate(model, document, problems)
    assert part is not None, "\n".join(map(str, [*document.problems, *problems]))
    assert not document.problems, "\n".join(map(str, document.problems))
    return part


@pytest.fixture(scope="session")
def reference() -> Checked:
    """The guide of this repository: a large one, which takes a second or two to check."""
    checked = check(ROOT)
    gc.freeze()  # to look through all of it for garbage again and again would take as long
    return checked


@pytest.fixture(scope="session")
def chrome() -> str:
    """The path of a Chromium or Chrome; `make test` installs one where there is none."""
    if named := os.environ.get("CHROME"):
        return named
    tool = [sys.executable, str(ROOT / "tools" / "browser"), "--installed"]
    found = subprocess.run(tool, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.fail(found.stderr)
    return found.stdout.strip()


@pytest.fixture(scope="module")
def browser(chrome: str) -> Iterator[Browser]:
    """A running browser; a test opens its own page in it and is marked `browser`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome)
        yield browser
        browser.close()
