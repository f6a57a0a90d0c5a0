"""A build after which nothing has changed says so, and touches nothing; anything else is a full build."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.parcels import write

from apiguide.cli import main
from apiguide.site.unchanged import inputs_digest

ENDPOINT = "reference/shipments/get.yaml"
NEWEST = "2025-04-01"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "guide")
    return tmp_path / "guide"


def edit(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def built(root: Path, *options: str) -> Result:
    result = CliRunner().invoke(main, ["build", "--root", str(root), *options])
    assert result.exit_code == 0, result.output
    return result


def is_full(result: Result) -> bool:
    assert result.stdout.startswith(("built ", "nothing has changed: "))
    return result.stdout.startswith("built ")


def test_a_build_of_what_has_not_changed_says_so_and_touches_nothing(root: Path) -> None:
    assert is_full(built(root))
    before = {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*")}
    again = built(root)
    assert again.stdout == f"nothing has changed: {root}/site/ holds 2024-10-01, {NEWEST}\n"
    assert "to read it:" in again.stderr
    assert {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*")} == before


def test_other_releases_are_another_build(root: Path) -> None:
    assert is_full(built(root, "--release", NEWEST))
    assert not is_full(built(root, "--release", NEWEST))
    assert is_full(built(root))
    assert is_full(built(root, "--release", NEWEST))


def test_a_change_is_built(root: Path) -> None:
    built(root)
    edit(root, ENDPOINT, "Returns one shipment", "Gives one shipment")
    assert is_full(built(root))
    assert "Gives one shipment" in (root / "site/latest/shipments/get/index.html").read_text(encoding="utf-8")


def remove_a_page(site: Path) -> None:
    (site / "latest/shipments/get/index.html").unlink()


def cut_a_page(site: Path) -> None:
    page = site / f"{NEWEST}/shipments/get/index.html"
    page.write_bytes(page.read_bytes()[:-1])


def add_a_file(site: Path) -> None:
    (site / "latest/more.html").write_text("More")


def add_a_folder(site: Path) -> None:
    (site / "latest/more").mkdir()


def forget_the_inputs(site: Path) -> None:
    edit(site, "apiguide.json", '"inputs"', '"other"')


def damage_the_manifest(site: Path) -> None:
    (site / "apiguide.json").write_text('{"title": 1}')


@pytest.mark.parametrize(
    "damage",
    [remove_a_page, cut_a_page, add_a_file, add_a_folder, forget_the_inputs, damage_the_manifest],
)
def test_a_site_that_has_been_touched_is_built_anew(root: Path, damage: Callable[[Path], None]) -> None:
    built(root, "--release", NEWEST)
    before = sorted((root / "site").rglob("*"))
    damage(root / "site")
    assert is_full(built(root, "--release", NEWEST))
    assert sorted((root / "site").rglob("*")) == before


def test_what_is_saved_while_the_site_is_built_is_not_taken_for_built(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from apiguide.site import build as builds

    build = builds.build

    def slow(*arguments: object, **options: object) -> None:
        edit(root, ENDPOINT, "Returns one shipment", "Gives one shipment")
        build(*arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(builds, "build", slow)
        assert is_full(built(root, "--release", NEWEST))
    assert is_full(built(root, "--release", NEWEST))


def test_a_build_that_was_killed_leaves_nothing_for_long(root: Path) -> None:
    built(root, "--release", NEWEST)
    (root / ".site.abcd1234").mkdir()
    assert not is_full(built(root, "--release", NEWEST))
    assert not (root / ".site.abcd1234").exists()


def add_settings(root: Path, text: str) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (ENDPOINT, "title: ", "# A comment alone.\ntitle: "),
        ("reference/shipments/resource.yaml", "description: ", "description: Now "),
        ("reference/guide.yaml", "title: ", "title: Now "),
        ("docs/index.md", "# ", "# Now "),
        ("mkdocs.yml", "site_name: ", "site_name: Now "),
        ("own/main.html", "base", "base2"),
        ("base.yml", "one", "two"),
        ("macros/more.html.jinja", "one", "two"),
    ],
)
def test_all_that_a_site_is_made_of_counts(root: Path, file: str, old: str, new: str) -> None:
    for folder in ("own", "macros"):
        (root / folder).mkdir()
    (root / "own/main.html").write_text('{% extends "base.html" %}')
    (root / "macros/more.html.jinja").write_text("one")
    (root / "base.yml").write_text("copyright: one\n")
    edit(root, "mkdocs.yml", "name: material", "name: material\n  custom_dir: own")
    add_settings(root, "INHERIT: base.yml\n")
    before = inputs_digest(root, None)
    assert before
    edit(root, file, old, new)
    assert inputs_digest(root, None) not in (before, "")


def test_where_it_is_published_counts(root: Path) -> None:
    assert inputs_digest(root, None) != inputs_digest(root, "https://guide.example/")


def test_an_environment_variable_that_is_asked_for_counts(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_settings(root, "copyright: !ENV [OWNER, YEAR, nobody]\n")
    found = {inputs_digest(root, None)}
    for name in ("OWNER", "YEAR"):
        monkeypatch.setenv(name, "1")
        found.add(inputs_digest(root, None))
    assert len(found) == 3


def test_the_day_of_a_commit_counts(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@b.example"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    found = {inputs_digest(root, None)}
    for day, options in (("2025-01-01", []), ("2025-01-02", ["--amend"])):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T12:00:00Z")
        subprocess.run([*git, "commit", "--quiet", "--message", "a", *options], check=True)
        found.add(inputs_digest(root, None))
    assert len(found) == 3


def test_neither_the_folder_nor_the_day_counts(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "another")
    assert inputs_digest(tmp_path / "another", None) == inputs_digest(root, None)


@pytest.mark.skipif(not hasattr(Path, "symlink_to"), reason="there are no links")
def test_what_a_link_leads_to_counts(root: Path) -> None:
    (root / "macros").mkdir()
    (root / "elsewhere.jinja").write_text("one")
    (root / "macros/notes.html.jinja").symlink_to(root / "elsewhere.jinja")
    before = inputs_digest(root, None)
    assert inputs_digest(root, None) == before
    (root / "elsewhere.jinja").write_text("other")
    assert inputs_digest(root, None) != before


def test_a_link_to_a_folder_may_lead_anywhere(root: Path) -> None:
    (root / "elsewhere").mkdir()
    (root / "macros").symlink_to(root / "elsewhere")
    assert inputs_digest(root, None) != inputs_digest(root, None)


@pytest.mark.parametrize(
    "settings",
    [
        "hooks: [a.py]",
        "plugins: [search, apiguide, redirects]",
        "plugins: [search, apiguide, redirects: {a: b}]",
        "markdown_extensions: [pymdownx.snippets]",
        "markdown_extensions: {pymdownx.snippets: {base_path: a}}",
        "copyright: !!python/object/apply:os.getenv [A]",
        "markdown_extensions: [toc: {slugify: !!python/name:our.slug }]",
    ],
)
def test_where_code_may_read_anything_each_build_is_a_full_one(tmp_path: Path, settings: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"theme: material\n{settings}\n", encoding="utf-8")
    assert inputs_digest(tmp_path, None) == ""
    (tmp_path / "mkdocs.yml").rename(tmp_path / "base.yml")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\n", encoding="utf-8")
    assert inputs_digest(tmp_path, None) == ""


@pytest.mark.parametrize(
    "settings",
    [
        "",
        "plugins: {search: {}, apiguide: {release: a}}",
        "plugins: [material/search, apiguide]\nmarkdown_extensions: [toc: {a: 1}]",
        "markdown_extensions: {pymdownx.emoji: {index: !!python/name:material.x }}",
        "markdown_extensions: [toc: {slugify: !!python/name:pymdownx.a }]",
        "x: 2024-02-30",
        "theme: [material",
    ],
)
def test_of_anything_else_the_inputs_are_known(tmp_path: Path, settings: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"{settings}\n", encoding="utf-8")
    assert inputs_digest(tmp_path, None)
