"""Differences as text, Markdown and JSON, and the command that prints them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.parcels import write

from apiguide.changes import changes
from apiguide.changes.report import FORMATS, report, summary
from apiguide.cli import main
from apiguide.history import views
from apiguide.model import Guide

OLD, NEW = "2024-10-01", "2025-04-01"
CREATE = "reference/shipments/create.yaml"

LIBRARY = """
=== books/create.yaml
title: Create book
method: POST
path: /books
parameters:
  body:
    size:
      type: integer
      maximum: 5
      changes: [{release: "1.1", note: Shelves are low., before: {maximum: 9}}]
    genre: {type: string, since: "1.1"}
    author: {type: string, documented_since: "1.1"}
    shelf: {type: string, deprecated: {since: "1.1"}}
    copies: {type: integer, required: false, changes: [{release: "1.1", before: {required: true}}]}
responses:
  201: {body: {fields: {state: {type: string, enum: [new, {value: old, removed: "1.1"}]}}}}
=== books/burn.yaml
title: Burn book
removed: "1.1"
"""


@pytest.fixture
def told(guide_of: Callable[[str], Guide]) -> Callable[..., str]:
    """`told(format, older, newer)`: the differences in the small library."""

    def make(format_: str, older: str = "1.0", newer: str = "1.1") -> str:
        seen = views(guide_of(LIBRARY))
        return report(format_, seen[older], seen[newer], changes(seen[older], seen[newer]))

    return make


def heads(text: str, mark: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(mark)]


def test_the_text_begins_with_how_much_there_is(told: Callable[..., str]) -> None:
    first = told("text").splitlines()[0]
    assert first == "1.0 → 1.1: 2 breaking, 1 added, 1 changed, 1 deprecated, 1 removed, 1 documented"


def test_what_breaks_comes_first_and_what_is_only_documented_last(told: Callable[..., str]) -> None:
    text = told("text")
    kinds = [line for line in text.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert kinds == ["Breaking:", "Added:", "Changed:", "Deprecated:", "Removed:", "Documented:"]
    breaking = text[text.index("Breaking:") : text.index("Added:")]
    assert "  books/burn (Burn book)\n    It is gone.\n" in breaking
    assert "  books/create (Create book)\n    Body parameter `size`" in breaking
    assert "Shelves are low." in breaking, "the writer's note"
    assert "`author`" in text[text.index("Documented:") :]


def test_releases_that_do_not_differ_say_so(told: Callable[..., str]) -> None:
    assert told("text", "1.1", "3.0") == "1.1 → 3.0: no differences\n"
    assert told("markdown", "1.1", "3.0") == "### 1.1 → 3.0: no differences\n"
    assert json.loads(told("json", "1.1", "3.0")) == {"from": "1.1", "to": "3.0", "differences": []}
    assert summary(()) == "no differences"


def test_markdown_folds_what_is_only_documented(told: Callable[..., str]) -> None:
    text = told("markdown")
    assert heads(text, "**") == [
        f"**{k}**" for k in ("Breaking", "Added", "Changed", "Deprecated", "Removed")
    ]
    assert "\n- Burn book (`books/burn`): It is gone.\n" in text
    folded = text[text.index("<details><summary>Documented</summary>\n\n- ") : text.index("</details>")]
    assert "`author`" in folded
    assert "`genre`" not in folded


def test_json_says_all_that_is_known_of_each(told: Callable[..., str]) -> None:
    found = json.loads(told("json"))
    assert (found["from"], found["to"]) == ("1.0", "1.1")
    by_code = {each["code"]: each for each in found["differences"]}
    assert by_code["range-narrowed"] == {
        "code": "range-narrowed",
        "kind": "changed",
        "impact": "breaking",
        "page": "books/create",
        "anchor": "body-size",
        "at": "books/create#body-size",
        "text": by_code["range-narrowed"]["text"],
        "note": "Shelves are low.",
    }
    assert by_code["endpoint-removed"]["at"] == "books/burn"
    assert by_code["endpoint-removed"]["note"] is None
    assert {each["impact"] for each in found["differences"]} <= {"breaking", "risky", "safe"}


@pytest.mark.parametrize("format_", FORMATS)
def test_a_report_is_the_golden_one(
    format_: str, told: Callable[..., str], golden: Callable[[str, str], None]
) -> None:
    golden(f"differences/{format_}.txt", told(format_))


@pytest.mark.parametrize("format_", FORMATS)
def test_a_report_ends_with_one_line_end(format_: str, told: Callable[..., str]) -> None:
    text = told(format_)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "guide")
    return tmp_path / "guide"


def diff(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", "--root", str(root), *arguments])


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def break_clients(root: Path) -> None:
    edit(root / CREATE, "street: {required: true}", f'street: {{required: true, removed: "{NEW}"}}')
    edit(root / CREATE, "          street: 12 St James's Square\n", "")


def test_the_command_prints_text_and_ends_with_0(root: Path) -> None:
    result = diff(root, OLD, NEW)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{OLD} → {NEW}: ")
    assert "Body parameter `recipient.phone` " in result.stdout
    assert "Drivers can do without it." in result.stdout
    assert "tracking_url" in result.stdout
    assert "same_day" in result.stdout
    assert result.stderr == ""


def test_the_command_prints_markdown_and_json(root: Path) -> None:
    assert diff(root, OLD, NEW, "--format", "markdown").stdout.startswith(f"### {OLD} → {NEW}: ")
    found = json.loads(diff(root, OLD, NEW, "--format", "json").stdout)
    assert [each["at"] for each in found["differences"]] == [
        "objects.shipment.tracking_url",
        "shipments/create#body-speed",
        "shipments/create#body-recipient-phone",
    ]


@pytest.mark.parametrize("format_", FORMATS)
def test_fail_on_breaking_ends_with_1_where_clients_break(format_: str, root: Path) -> None:
    arguments = [OLD, NEW, "--format", format_]
    assert diff(root, *arguments, "--fail-on", "breaking").exit_code == 0
    break_clients(root)
    assert diff(root, *arguments).exit_code == 0
    failed = diff(root, *arguments, "--fail-on", "breaking")
    assert failed.exit_code == 1
    assert failed.stdout == diff(root, *arguments).stdout, "it says all the same what there is"
    assert "recipient.street" in failed.stdout


def test_the_way_back_takes_away_what_was_added(root: Path) -> None:
    result = diff(root, NEW, OLD, "--fail-on", "breaking")
    assert result.exit_code == 1
    assert "Field `tracking_url` of `shipment` is gone." in result.stdout


@pytest.mark.parametrize("arguments", [(OLD, "2030-01-01"), ("2030-01-01", NEW)])
def test_a_release_that_the_guide_lacks_is_wrong_usage(arguments: tuple[str, str], root: Path) -> None:
    result = diff(root, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"the guide has no release '2030-01-01'; it has {OLD}, {NEW}" in result.stderr


def test_a_guide_with_errors_is_not_compared(root: Path) -> None:
    edit(root / CREATE, "method: POST", "methd: POST")
    result = diff(root, OLD, NEW)
    assert result.exit_code == 1
    assert f"{CREATE}:3:1: error[unknown-key]" in result.stdout
    assert "→" not in result.stdout


def test_what_breaks_the_promise_is_shown(root: Path) -> None:
    with (root / "reference" / "guide.yaml").open("a", encoding="utf-8") as file:
        file.write(f'compatible_since: "{OLD}"\n')
    break_clients(root)
    result = diff(root, OLD, NEW)
    assert result.exit_code == 0
    assert "Body parameter `recipient.street` is gone." in result.stdout
    assert result.stderr == "The guide has 1 error; `apiguide check` lists what is wrong.\n"
    assert diff(root, OLD, NEW, "--fail-on", "breaking").exit_code == 1


def test_what_a_guide_says_cannot_steer_the_terminal(root: Path) -> None:
    edit(root / CREATE, "note: Drivers can do without it.", r'note: "Drivers \e[31m\u202e."')
    for format_ in FORMATS:
        result = diff(root, OLD, NEW, "--format", format_)
        assert "Drivers" in result.stdout
        assert not {"\x1b", "\u202e"} & set(result.stdout)
