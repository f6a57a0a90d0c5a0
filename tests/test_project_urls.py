"""Where apiguide is published: told where the package's metadata says it, else not at all."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from apiguide import cli
from apiguide.checks.time.lifespans import RemovedBeforeStart
from apiguide.formats import render
from apiguide.problems import Mark, Source
from apiguide.project_urls import project_url, rule_url

HANDBOOK = "https://docs.example/apiguide"


def install(folder: Path, *urls: str) -> None:
    """Metadata of a package `apiguide` with some addresses."""
    metadata = folder / "apiguide-9.9.dist-info" / "METADATA"
    metadata.parent.mkdir(parents=True)
    lines = ["Metadata-Version: 2.4", "Name: apiguide", "Version: 9.9", *(f"Project-URL: {u}" for u in urls)]
    metadata.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(params=[HANDBOOK, f"{HANDBOOK}/"], ids=["without slash", "with slash"])
def published(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, f"Documentation, {request.param}", "Homepage, https://docs.example/")
    monkeypatch.syspath_prepend(tmp_path)


@pytest.fixture
def unpublished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)


def rule_of_report() -> dict[str, object]:
    problem = RemovedBeforeStart.at(Mark(Source("reference/books/get.yaml")), "It is wrong")
    driver = json.loads(render("sarif", [problem]))["runs"][0]["tool"]["driver"]
    found: dict[str, object] = driver["rules"][0]
    return found


@pytest.mark.usefixtures("published")
def test_the_page_of_a_rule_is_named_where_the_handbook_is_published() -> None:
    address = f"{HANDBOOK}/rules/removed-before-start/"
    assert rule_url("removed-before-start") == address
    assert rule_of_report()["helpUri"] == address
    told = CliRunner().invoke(cli.main, ["rule", "removed-before-start"]).output
    assert told.splitlines()[-1] == address


@pytest.mark.usefixtures("unpublished")
def test_nothing_is_said_where_no_address_is_known() -> None:
    assert project_url("Documentation") is None
    assert "helpUri" not in rule_of_report()
    told = CliRunner().invoke(cli.main, ["rule", "removed-before-start"]).output
    assert told.splitlines()[-1].startswith("Family time.")
    assert "http" not in told
