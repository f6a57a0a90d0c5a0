"""All that is written of the endpoints of a small guide with every peculiarity: `tests/guides/twelve`.

What is expected of base_resources/create, dns_records/list and roles/list was written by hand; the rest is
renewed like all golden files.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from apiguide.history import views
from apiguide.model import Guide
from apiguide.problems import report
from apiguide.reader import read

Golden = Callable[[Path, str], None]
Written = Callable[..., dict[str, str]]

ROOT = Path(__file__).parents[1] / "guides" / "twelve"
EXPECTED = ROOT / "expected"
ENDPOINTS = sorted(
    f"{path.parent.name}/{path.stem}"
    for path in (ROOT / "reference").glob("*/*.yaml")
    if path.name != "resource.yaml"
)


@pytest.fixture(scope="module")
def guide() -> Guide:
    reading = read(ROOT)
    assert reading.guide is not None
    assert not reading.problems, "\n\n".join(report(reading.problems))
    return reading.guide


def files_of(endpoint: str, texts: dict[str, str]) -> dict[str, str]:
    """What is written of an endpoint by the names of files."""
    prefix = endpoint.replace("/", ".")
    return {f"{prefix}.{name}{'.txt' if 'curl' in name else ''}": f"{code}\n" for name, code in texts.items()}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_all_that_is_written_of_a_endpoint(
    guide: Guide, written: Written, golden: Golden, endpoint: str
) -> None:
    for name, code in files_of(endpoint, written(guide, endpoint)).items():
        golden(EXPECTED / name, code)


def test_nothing_else_is_expected(guide: Guide, written: Written) -> None:
    names = {name for endpoint in ENDPOINTS for name in files_of(endpoint, written(guide, endpoint))}
    assert {path.name for path in EXPECTED.iterdir()} == names


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_all_that_is_written_parses_in_every_release(guide: Guide, written: Written, endpoint: str) -> None:
    for release in (release for release, view in views(guide).items() if endpoint in view.endpoints):
        for name, code in written(guide, endpoint, release).items():
            if name.endswith(".json") and "curl" not in name:
                json.loads(code)
            elif name.endswith(".xml") and "curl" not in name:
                ElementTree.fromstring(code.encode())


def test_a_response_of_the_first_release_has_only_what_existed(guide: Guide, written: Written) -> None:
    old = json.loads(written(guide, "base_resources/create", "3.0")["201.json"])["base_resource"]
    assert list(old) == [
        "id",
        "billing_plan_id",
        "label",
        "resource_class",
        "resource_name",
        "target_id",
        "limit_type",
        "limits",
        "prices",
        "created_at",
        "updated_at",
    ]
    assert (old["limits"], old["prices"]) == ({}, {})


@pytest.mark.parametrize(
    ("release", "name"), [("3.0", "external_publishing_url"), ("3.1", "external_publishing_location")]
)
def test_a_renamed_field_has_the_name_of_its_time(
    guide: Guide, written: Written, release: str, name: str
) -> None:
    response = json.loads(written(guide, "cdn_resources/get", release)["200.json"])["cdn_resource"]
    assert [key for key in response if key.startswith("external")] == [name]
