"""A build says where all examples have been run; what is not recorded says nothing."""

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.parcels import write

from apiguide.checks import Checked
from apiguide.cli import main
from apiguide.folders import PROOF
from apiguide.proof.badge import badge
from apiguide.proof.printed import lines_of
from apiguide.proof_record import record_of

ROOT = Path(__file__).parents[2]
OLD, NEW = "2024-10-01", "2025-04-01"
GET = "reference/shipments/get.yaml"
OF_PAGE = "The example on this page has been run. As of"
OF_GUIDE = (
    "All 4 examples in this guide have been run with curl, against a server that does what is documented"
)
DAY = "2025-06-01"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1748736001")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide of parcels with its site, of which all has been run: to be copied, not changed."""
    root = tmp_path_factory.mktemp("proof") / "guide"
    write(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1748736001")
        assert invoked(root, "build").exit_code == 0
        assert recorded(root).exit_code == 0
    return root


@pytest.fixture
def root(ran: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ran, tmp_path / "guide", symlinks=True))


def invoked(root: Path, command: str, *options: str) -> Result:
    return CliRunner().invoke(main, [command, "--root", str(root), *options])


def recorded(root: Path, *options: str) -> Result:
    return invoked(root, "examples", "--run", "--record", str(root / PROOF), *options)


def built(root: Path, *options: str) -> None:
    result = invoked(root, "build", *options)
    assert result.exit_code == 0, result.output


def sentence(root: Path, page: str) -> str | None:
    """What a page of the site says of its examples, without tags."""
    return said(root / "site" / page)


def said(folder: Path) -> str | None:
    found = re.findall(r'<p class="ag-proof"[^>]*>(.*?)</p>', (folder / "index.html").read_text("utf-8"))
    assert len(found) < 2
    return re.sub(r"<[^>]+>", "", found[0]) if found else None


def edit(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")


# What pages say.


def test_pages_say_nothing_before_their_examples_have_been_run(root: Path) -> None:
    assert sentence(root, NEW) is None
    assert sentence(root, f"{NEW}/shipments/get") is None


def test_a_build_after_a_run_says_so_at_the_foot_of_endpoints_and_on_the_start_page(root: Path) -> None:
    built(root)
    for release in (OLD, NEW, "latest"):
        start = sentence(root, release)
        assert start is not None
        assert start.startswith(OF_GUIDE)
        assert start.endswith(f"As of {DAY}.")
        for endpoint in ("create", "get", "list"):
            assert sentence(root, f"{release}/shipments/{endpoint}") == f"{OF_PAGE} {DAY}."
        assert sentence(root, f"{release}/shipments") is None


def test_what_a_build_says_changes_no_line(root: Path) -> None:
    before = {release: lines_of(root / "site", release) for release in (OLD, NEW)}
    built(root)
    assert {release: lines_of(root / "site", release) for release in (OLD, NEW)} == before


@pytest.mark.parametrize("options", [[], ["--release", NEW]], ids=["all releases", "one"])
def test_a_line_that_has_changed_is_not_said_to_have_been_run(root: Path, options: list[str]) -> None:
    edit(root, GET, "path: /shipments/:id", "path: /parcels/:id")
    built(root, *options)
    assert sentence(root, f"{NEW}/shipments/get") is None
    assert sentence(root, NEW) is None
    assert sentence(root, f"{NEW}/shipments/list") == f"{OF_PAGE} {DAY}."


def test_an_answer_that_has_changed_is_not_said_to_have_come(root: Path) -> None:
    edit(root, "reference/shipments/list.yaml", "id: sh_1Hq8Zs", "id: sh_1Hq8Zt")
    built(root)
    assert sentence(root, f"{NEW}/shipments/list") is None
    assert sentence(root, NEW) is None
    assert sentence(root, f"{NEW}/shipments/get") == f"{OF_PAGE} {DAY}."


@pytest.mark.parametrize("language", ["bash", "sh", "shell"])
@pytest.mark.parametrize("extensions", ["", "  - pymdownx.highlight\n  - pymdownx.superfences\n"])
def test_a_line_of_a_hand_written_page_counts_on_the_start_page(
    root: Path, language: str, extensions: str
) -> None:
    edit(root, "mkdocs.yml", "markdown_extensions:\n", f"markdown_extensions:\n{extensions}")
    (root / "docs/more.md").write_text(f"# More\n\n```{language}\ncurl http://parcels.example/\n```\n")
    built(root)
    assert sentence(root, NEW) is None
    assert sentence(root, f"{NEW}/shipments/get") == f"{OF_PAGE} {DAY}."


def test_releases_that_share_a_page_are_told_apart(root: Path) -> None:
    """The page of a list is the very same in both."""
    assert recorded(root, "--release", NEW).exit_code == 0
    record = json.loads((root / PROOF).read_text("utf-8"))
    assert [*record["releases"]] == [OLD, NEW]
    record["lines"] = {line: [NEW] for line, releases in record["lines"].items() if NEW in releases}
    (root / PROOF).write_text(json.dumps(record), encoding="utf-8")
    built(root)
    assert sentence(root, f"{NEW}/shipments/list") == f"{OF_PAGE} {DAY}."
    assert sentence(root, f"{OLD}/shipments/list") is None
    assert sentence(root, OLD) is None


def test_a_request_of_which_more_is_to_be_known_is_run_and_its_page_says_nothing(root: Path) -> None:
    edit(root, GET, "responses:", "incomplete: [parameters]\nresponses:")
    built(root)
    assert recorded(root).exit_code == 0
    built(root)
    assert sentence(root, f"{NEW}/shipments/get") is None
    start = sentence(root, NEW)
    assert start is not None
    assert start.startswith(OF_GUIDE)


def test_without_a_day_none_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    assert recorded(root).exit_code == 0
    built(root)
    assert sentence(root, f"{NEW}/shipments/get") == "The example on this page has been run."


def test_a_german_guide_says_it_in_german(root: Path) -> None:
    edit(root, "mkdocs.yml", "name: material", "name: material\n  language: de")
    built(root)
    assert sentence(root, f"{NEW}/shipments/get") == (
        f"Das Beispiel auf dieser Seite wurde ausgeführt. Stand: {DAY}."
    )


def test_a_record_that_is_none_stops_the_build_with_one_line(root: Path) -> None:
    (root / PROOF).write_text("{", encoding="utf-8")
    result = invoked(root, "build")
    assert result.exit_code == 1
    assert "proof.json cannot be read" in result.output
    assert "Traceback" not in result.output


# What is recorded.


def test_a_line_that_does_not_agree_is_not_recorded_and_the_others_are(root: Path) -> None:
    before = record_of(root)
    page = f"site/{NEW}/shipments/get/index.html"
    edit(root, page, "/shipments/sh_5Rw2Kd", "/shipment/sh_5Rw2Kd")
    badge_file = root / "badge.svg"
    result = recorded(root, "--badge", str(badge_file))
    assert result.exit_code == 1
    record = record_of(root)
    assert record.digests[OLD] == before.digests[OLD]
    assert len(record.digests[NEW]) == len(before.digests[NEW]) - 1
    assert "1 of 8 failed" in badge_file.read_text("utf-8")


def test_other_releases_keep_what_is_recorded_of_them(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = record_of(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    assert recorded(root, "--release", NEW).exit_code == 0
    record = record_of(root)
    assert record.days == {OLD: DAY, NEW: "2025-10-09"}
    assert record.digests == before.digests


def test_a_second_run_writes_the_same_bytes(root: Path) -> None:
    before = (root / PROOF).read_bytes()
    assert recorded(root).exit_code == 0
    assert (root / PROOF).read_bytes() == before


def test_the_badge_needs_no_other_file() -> None:
    image = badge(1040, 0)
    assert "examples: 1,040 run" in image
    assert {each.tag.rpartition("}")[2] for each in ET.fromstring(image).iter()} == {
        *("svg", "title", "clipPath", "rect", "g", "text")
    }
    assert "href" not in image


# Bad input.


def refused(result: Result) -> str:
    """The one line with which a command says that it cannot run."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if not line.startswith(("Usage:", "Try ")) and line]
    assert len(lines) == 1, result.stderr
    return lines[0]


def test_a_site_that_is_not_built_is_said_so(root: Path) -> None:
    shutil.rmtree(root / "site" / OLD)
    assert refused(invoked(root, "examples", "--run")).endswith(
        f"site/ holds no guide of {OLD}; build it with `apiguide build`"
    )


def lose_the_page(path: Path) -> None:
    path.unlink()


def lose_the_example(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("ag-messages", "messages").replace("curl", "wget"), encoding="utf-8")


@pytest.mark.parametrize("lose", [lose_the_page, lose_the_example])
def test_a_page_whose_example_cannot_be_found_is_named(root: Path, lose: Callable[[Path], None]) -> None:
    lose(root / "site" / NEW / "shipments/get/index.html")
    text = refused(invoked(root, "examples", "--run"))
    assert f"no example can be found on {root}/site/{NEW}/shipments/get/index.html; build the site" in text


def test_a_page_that_is_not_utf_8_is_named(root: Path) -> None:
    (root / "site" / NEW / "shipments/get/index.html").write_bytes(b"\xff")
    text = refused(invoked(root, "examples", "--run"))
    assert f"{NEW}/shipments/get/index.html cannot be read: it is not UTF-8" in text


def test_an_unknown_release_is_refused(root: Path) -> None:
    text = refused(invoked(root, "examples", "--run", "--release", "9.9"))
    assert f"the guide has no release '9.9'; it has {OLD}, {NEW}" in text


def test_without_curl_it_says_how_to_get_it(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "sh").symlink_to("/bin/sh")
    monkeypatch.setenv("PATH", str(tools))
    before = (root / PROOF).read_bytes()
    assert "curl is missing: install it" in refused(recorded(root))
    assert (root / PROOF).read_bytes() == before


@pytest.mark.parametrize("option", ["--record", "--badge"])
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_run(root: Path, option: str) -> None:
    file = root / "absent" / "file"
    text = refused(invoked(root, "examples", "--run", option, str(file)))
    assert text == f"Error: {file} cannot be written: there is no folder {file.parent}/"
    assert "is a directory" in refused(invoked(root, "examples", "--run", option, str(root)))
    assert "--record and --badge need --run" in refused(invoked(root, "examples", option, str(file)))


def test_a_record_that_is_none_is_not_overwritten(root: Path) -> None:
    (root / "other.json").write_text("{}", encoding="utf-8")
    text = refused(invoked(root, "examples", "--run", "--record", str(root / "other.json")))
    assert "other.json cannot be read" in text
    assert "name another file" in text
    assert (root / "other.json").read_text("utf-8") == "{}"


def test_a_day_that_is_none_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    assert refused(recorded(root)) == "Error: SOURCE_DATE_EPOCH must be a number of seconds, and is 'today'"


# The record of this repository's guide.


def test_the_record_of_this_guide_is_fresh(site: Path, reference: Checked) -> None:
    """If it is not: `make examples`."""
    assert reference.guide is not None
    newest = reference.guide.newest
    record = record_of(ROOT)
    lines = lines_of(site, newest)
    known = record.digests[newest]
    assert [f"{each.page} {each.number}" for each in lines if each.digest not in known] == []
    assert {*record.days} == {*reference.guide.published}


def test_every_page_of_this_guide_says_that_its_examples_have_been_run(
    site: Path, reference: Checked
) -> None:
    """What a build makes of the model is what stands on its pages."""
    assert reference.guide is not None
    newest = reference.guide.newest
    lines = lines_of(site, newest)
    start = said(site / newest)
    assert start is not None
    assert start.startswith(f"All {len(lines):,} examples in this guide have been run with curl")
    endpoints = {each.page for each in lines if each.page.rstrip("/") in reference.views[newest].endpoints}
    lacking = {each.page for each in lines if each.lacks}
    silent = {page for page in endpoints if said(site / newest / page) is None}
    assert silent == lacking & endpoints
    assert len(endpoints) > 500
