import html
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from apiguide.checks import check
from apiguide.cli import main
from apiguide.site.build import build
from apiguide.starter import STARTER, NotEmpty, write

ROOT = Path(__file__).parents[1]
FIRST, NEWEST, PLANNED = "2024-10-01", "2026-04-01", "2026-10-01"
COMMAND = "apiguide.exe" if os.name == "nt" else "apiguide"


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_guide_is_written_into_a_new_folder_and_has_no_problem(tmp_path: Path) -> None:
    written = write(tmp_path / "new" / "guide")
    assert files(tmp_path / "new" / "guide") == files(STARTER)
    assert set(written) == set(files(STARTER))
    assert {"README.md", ".gitignore", "mkdocs.yml", "docs/index.md", "reference/guide.yaml"} <= set(written)
    assert check(tmp_path / "new" / "guide").problems == ()


def test_the_guide_has_the_features_of_the_one_of_this_repository(tmp_path: Path) -> None:
    write(tmp_path)

    def features(folder: Path) -> list[str]:
        config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
        return re.findall(r"^    - ([a-z.]+)$", config, re.MULTILINE)

    assert "content.tabs.link" in features(tmp_path)
    assert features(tmp_path) == features(ROOT)


def test_prettier_leaves_reference_to_fmt(tmp_path: Path) -> None:
    write(tmp_path)
    lines = (tmp_path / ".prettierignore").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["/reference/"]


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    write(tmp_path)
    assert files(tmp_path) == files(STARTER)


def test_nothing_is_written_where_something_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    with pytest.raises(NotEmpty, match="is not empty"):
        write(tmp_path)
    with pytest.raises(NotEmpty, match="is a file"):
        write(tmp_path / "mine.txt")
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_the_command_names_the_next_ones(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "my guide")])
    assert result.exit_code == 0
    assert [line.partition("  ")[0].strip() for line in result.stdout.splitlines()[1:]] == [
        f"cd '{tmp_path / 'my guide'}'",
        "apiguide serve",
        "apiguide build",
    ]
    readme = (tmp_path / "my guide" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^apiguide \w+", readme, re.MULTILINE) == ["apiguide serve", "apiguide build"]


def test_the_command_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    result = CliRunner().invoke(main, ["init", str(tmp_path)])
    assert result.exit_code == 2
    assert "is not empty" in result.stderr
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_it_shows_what_a_first_guide_needs_to_show() -> None:
    checked = check(STARTER)
    assert checked.guide is not None
    settings = checked.guide.settings
    assert list(settings.formats) == ["json"]
    assert [scheme.type for scheme in settings.authentication] == ["bearer"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", release) for release in checked.guide.releases)
    create = checked.views[NEWEST].endpoints["shipments/create"]
    assert create.method == "POST"
    assert len(create.parameters.header) == 1
    fields = create.parameters.body["shipment"].fields
    assert fields is not None
    assert any(field.fields for field in fields.values())
    assert any(field.is_array for field in fields.values())
    assert any(field.enum for field in fields.values())
    assert len(create.notes) == 1


def test_it_is_read_in_minutes_and_explains_itself() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in (STARTER / "reference").rglob("*.yaml")}
    assert sum(len(text.split()) for text in sources.values()) < 1800
    assert [path.name for path, text in sources.items() if "# " not in text] == []


def test_it_is_in_the_usual_layout() -> None:
    result = CliRunner().invoke(main, ["fmt", "--check", "--root", str(STARTER)])
    assert result.exit_code == 0, result.output


def test_four_releases_are_out_and_one_is_planned() -> None:
    guide = check(STARTER).guide
    assert guide is not None
    assert guide.published == (FIRST, "2025-04-01", "2025-10-01", NEWEST)
    assert guide.releases[4:] == (PLANNED,)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """`page(address)`: the words of a page of the guide's site, with single spaces between them."""
    root = tmp_path_factory.mktemp("starter") / "guide"
    write(root)
    site = root / "site"
    build(check(root), [FIRST, "2025-04-01", "2025-10-01", NEWEST], site)

    def words(address: str) -> str:
        text = (site / address / "index.html").read_text(encoding="utf-8")
        article = re.search(r"<article.*?</article>", text, re.DOTALL)
        assert article, address
        return " ".join(html.unescape(re.sub(r"<[^>]*>", "", article[0].replace("</t", " </t"))).split())

    return words


def test_what_is_new_has_a_badge_in_its_release_and_not_in_older_ones(page: Callable[[str], str]) -> None:
    assert f"instructions new in {NEWEST}" in page(f"{NEWEST}/pickups/create")
    assert "instructions" not in page("2025-10-01/pickups/create")
    assert "tracking_url since 2025-04-01" in page(f"{NEWEST}/shipments/get")
    assert "tracking_url new in 2025-04-01" in page("2025-04-01/shipments/get")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("Breaking changes", "Body parameter shipment.speed can no longer be same_day."),
        ("Added", "Body parameter pickup.instructions is new."),
        (
            "Changed",
            "Body parameter shipment.parcels.weight has the maximum 31.5 now, and had the maximum 30.",
        ),
        ("Deprecated", "Track shipment It is deprecated. Use shipments/events."),
        ("Removed", "Field speed of shipment can no longer be same_day."),
    ],
)
def test_the_newest_release_brings_something_of_each_kind(
    page: Callable[[str], str], kind: str, said: str
) -> None:
    whole = page(f"{NEWEST}/whats-new")
    kinds = "Breaking changes|Added|Changed|Deprecated|Removed|This page in"
    (section,) = re.findall(rf"{kind} \(\d+\)(.*?)(?=(?:{kinds}))", whole)
    assert said in section


def test_those_who_come_from_the_first_release_read_what_to_change(page: Callable[[str], str]) -> None:
    upgrade = page(f"{NEWEST}/whats-new/from-{FIRST}")
    assert "Body parameter shipment.recipient.zip is called postcode now." in upgrade
    assert "It is DELETE /shipments/:id now, and was POST /shipments/:id/stop." in upgrade
    assert "Search shipments It is gone." in upgrade
    assert "Pickups The whole resource" in upgrade


def test_a_promise_is_kept_by_newer_releases_with_one_exception(page: Callable[[str], str]) -> None:
    promise = page(f"{NEWEST}/compatibility")
    assert "backward compatible since release 2025-04-01" in promise
    assert f"2025-04-01 with 2025-10-01, 2025-10-01 with {NEWEST}" in promise
    reason = "The only carrier that delivered on the same day has closed down."
    assert f"{NEWEST} shipments/create#body-shipment-speed {reason}" in promise
    guide = check(STARTER).guide
    assert guide is not None
    assert len(guide.settings.exceptions) == 1
    assert reason in page(f"{NEWEST}/whats-new")


def test_the_body_is_wrapped_in_json_and_in_curl_lines(page: Callable[[str], str]) -> None:
    text = page("latest/shipments/create")
    request, _, response = text.partition("Response 201 Created")
    assert """-d '{ "shipment": { "reference": "order-1815",""" in request
    assert response.startswith(' { "shipment": { "id": "sh_5Rw2Kd",')
    assert '[ { "id": "sh_5Rw2Kd",' in page("latest/shipments/list")


def test_what_went_or_moved_leads_on(page: Callable[[str], str]) -> None:
    assert "It was removed in 2025-04-01." in page("latest/shipments/search")
    assert "POST /shipments/:id/stop" in page(f"{FIRST}/shipments/cancel")
    assert "DELETE /shipments/:id " in page("latest/shipments/cancel")
    assert "Deprecated Use List events." in page("latest/shipments/track")


def test_no_guide_mentions_what_is_planned(page: Callable[[str], str]) -> None:
    for address in ("latest", "latest/pickups", "latest/pickups/create", "latest/whats-new"):
        assert PLANNED not in page(address)
        assert "Cancel pickup" not in page(address)
    assert "pickups/cancel" in check(STARTER).views[PLANNED].endpoints


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, from a wheel in an environment of its own; dependencies are those that run the tests."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "env")], check=True)
    paths = {"base": str(folder / "env"), "platbase": str(folder / "env")}
    scripts, packages = (Path(sysconfig.get_path(name, "venv", paths)) for name in ("scripts", "purelib"))
    # A path in a .pth file is taken without the .pth files there, so not with the link to the checkout.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "env"), "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "install", "--quiet", "--no-index", "--no-deps", "--ignore-installed", str(wheel)], check=True
    )
    return scripts / COMMAND


def test_an_installed_wheel_makes_a_guide_from_nothing(installed: Path, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def run(folder: Path, *command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    used = run(tmp_path, installed.with_name("python"), "-c", "import apiguide; print(apiguide.__file__)")
    assert Path(used).is_relative_to(installed.parents[1])

    run(tmp_path, installed, "init", "parcels")
    assert "no problems" in run(tmp_path / "parcels", installed, "check")
    run(tmp_path / "parcels", installed, "build")
    site = files(tmp_path / "parcels" / "site")
    assert {"index.html", "latest/shipments/create/index.html", f"{NEWEST}/index.html"} <= set(site)
    assert f"{PLANNED}/index.html" not in site
    assert [name for name, content in site.items() if b"webcore" in content.lower()] == []
    assert b"Ada Lovelace" in site["latest/shipments/create/index.html"]
