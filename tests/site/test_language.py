"""Guides in another language than English: all that apiguide itself says on pages is in it."""

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from apiguide.checks import check
from apiguide.problems import report
from apiguide.site.build import build
from apiguide.site.build_errors import BuildError
from apiguide.site.config_file import read_config
from apiguide.site.preview_changes import Changed
from apiguide.starter import write
from apiguide.texts import english, texts_of

ROOT = Path(__file__).parents[2]
OLD, NEW = "2024-10-01", "2025-10-01"
CREATE = "virtual_servers/create"
SECTIONS = ("absent", "changes", "compatibility", "endpoint", "fields", "names", "news", "responses")
NEW_OF_STARTER = "2025-04-01"
CODE = re.compile(r"<pre.*?</pre>", re.DOTALL)


def set_language(root: Path, language: str) -> Path:
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("name: material", f"name: material\n  language: {language}"), "utf-8")
    return root


def add(root: Path, language: str, text: str) -> None:
    (root / "texts").mkdir()
    (root / "texts" / f"{language}.yaml").write_text(text, encoding="utf-8")


def built(root: Path, *releases: str) -> Path:
    checked = check(root)
    assert checked.is_good, report(checked.problems)
    build(checked, releases, root / "site")
    return root / "site"


def read(folder: Path, page: str) -> str:
    return (folder / page / "index.html").read_text("utf-8")


def headings(text: str) -> list[str]:
    found = re.findall(r"<h[12][^>]*>(.*?)(?:<a class=\"headerlink|</h[12]>)", text)
    return [unescape(re.sub(r"<[^>]*>", "", each)) for each in found]


@pytest.fixture(scope="module")
def german(write_parcels: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a guide of parcels in German."""
    root = write_parcels(tmp_path_factory.mktemp("german") / "guide")
    return built(set_language(root, "de"), OLD, "2025-04-01", NEW)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository's guide, in German but for what its writers say."""
    root = tmp_path_factory.mktemp("large")
    for name in ("reference", "docs"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return built(set_language(root, "de"), "3.0", "4.2")


def test_headings_are_in_the_language_of_the_theme(german: Path) -> None:
    page = read(german, f"{NEW}/shipments/create")
    assert '<html lang="de"' in page
    assert headings(page) == [
        "Create shipment",
        "Beispiel",
        "Parameter",
        "Antworten",
        "Änderungsverlauf",
    ]
    assert headings(read(german, f"{NEW}/shipments"))[:2] == ["Shipments", "Endpunkte"]
    assert headings(read(german, f"{NEW}/compatibility"))[:3] == [
        "Kompatibilität",
        "Was geprüft wurde",
        "Ausnahmen",
    ]
    assert headings(read(german, f"{NEW}/names"))[0] == "Namen"


def test_differences_are_told_in_the_language_too(german: Path) -> None:
    page = read(german, f"{NEW}/whats-new/from-{OLD}")
    assert headings(page)[0] == f"Änderungen von {OLD} bis {NEW}"
    assert "Entfallen." in page


def test_what_leads_elsewhere_is_in_the_language(german: Path) -> None:
    assert "Dies ist die Dokumentation zu Version 2024-10-01." in read(german, f"{OLD}/shipments")
    assert "gehört nicht zur Dokumentation" in read(german, f"{OLD}/shipments/stop")
    missing = (german / "404.html").read_text("utf-8")
    assert '<html lang="de"' in missing
    assert headings(missing) == ["Seite nicht gefunden", "Vielleicht gemeint"]
    assert '<html lang="de">' in (german / "index.html").read_text("utf-8")


def test_no_page_of_a_german_guide_says_anything_of_ours_in_english(large: Path) -> None:
    """Texts without values stand for all; those that a writer of the guide may say too are left out."""
    said = [
        text
        for section in SECTIONS
        for text in english().section(section).values()
        if isinstance(text, str) and "{" not in text and (text[0].isupper() or " " in text)
    ]
    german = [each for section in SECTIONS for each in texts_of("de").section(section).values()]
    pattern = re.compile("|".join(rf">{re.escape(text)}<" for text in said if text not in german))
    docs = {path.stem for path in (ROOT / "docs").glob("*.md")}
    pages = [path for release in ("3.0", "4.2") for path in (large / release).rglob("*.html")]
    pages = [path for path in pages if path.parent.name not in docs]
    assert len(pages) > 800
    texts = {path: CODE.sub("", path.read_text("utf-8")) for path in pages}
    found = {(path.parent.name, each) for path, text in texts.items() for each in pattern.findall(text)}
    assert found == set()


def test_the_catalogue_of_the_project_has_the_last_word(tmp_path: Path) -> None:
    root = tmp_path / "guide"
    write(root)
    add(set_language(root, "de"), "de", "endpoint:\n  parameters: Argumente\n")
    page = read(built(root, NEW_OF_STARTER) / NEW_OF_STARTER, "shipments/create")
    assert headings(page)[1:4] == ["Beispiel", "Argumente", "Antworten"]


def test_english_can_be_changed_too(tmp_path: Path) -> None:
    root = tmp_path / "guide"
    write(root)
    add(root, "en", "endpoint:\n  parameters: Arguments\n")
    assert "Arguments" in headings(read(built(root, NEW_OF_STARTER) / NEW_OF_STARTER, "shipments/create"))


def test_a_language_without_texts_stops_a_build(tmp_path: Path) -> None:
    root = tmp_path / "guide"
    write(root)
    set_language(root, "fr")
    with pytest.raises(
        BuildError, match=r"(?s)mkdocs\.yml:\d+:13: .*no texts of pages in `fr`.*texts/fr\.yaml"
    ):
        built(root, NEW_OF_STARTER)


def test_a_wrong_catalogue_stops_a_build(tmp_path: Path) -> None:
    root = tmp_path / "guide"
    write(root)
    add(set_language(root, "de"), "de", "endpoint:\n  parametres: A\n")
    with pytest.raises(BuildError, match=r"(?s)texts/de\.yaml:2:3: .*did you mean `parameters`"):
        built(root, NEW_OF_STARTER)


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_other_themes_have_a_locale(tmp_path: Path, theme: str) -> None:
    root = tmp_path / "guide"
    write(root)
    config = root / "mkdocs.yml"
    text = re.sub(r"theme:\n( .*\n)*", f"theme:\n  name: {theme}\n  locale: de\n", config.read_text("utf-8"))
    config.write_text(text, "utf-8")
    page = read(built(root, NEW_OF_STARTER) / NEW_OF_STARTER, "shipments/create")
    assert "Antworten" in headings(page)


# The preview, and builds after which nothing has changed.


def test_a_catalogue_is_an_input_of_the_site(tmp_path: Path) -> None:
    root = tmp_path / "guide"
    write(root)
    assert "texts" in read_config(root).inputs
    assert Changed.of(["texts/de.yaml"], []).has_macros


@pytest.mark.parametrize(
    ("theme", "language"),
    [
        ("{name: material, language: de}", "de"),
        ("{name: mkdocs, locale: pt_BR}", "pt-BR"),
        ("{name: material, language: !ENV L}", "en"),
        ("material", "en"),
    ],
)
def test_the_language_is_known_without_mkdocs(tmp_path: Path, theme: str, language: str) -> None:
    (tmp_path / "base.yml").write_text(f"theme: {theme}\n")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\n")
    assert read_config(tmp_path).language == language


# What scripts say.


@pytest.mark.browser
def test_scripts_speak_the_language(large: Path, serve: Any, visit: Any) -> None:
    tab = visit(serve(large), viewport={"width": 1280, "height": 800})
    page = tab.open(f"latest/{CREATE}/")
    page.locator("#body ~ .ag-list .ag-filter").fill("disk")
    assert page.locator(".ag-found:visible").first.inner_text() == "7 gefunden"
    page.locator("[data-md-component=search-query]").fill("licensing_key")
    page.locator(".md-search-result__list > li").first.wait_for()
    assert "In der Anfrage gesendet." in page.locator(".md-search-result__list").inner_text()
    page.locator("[data-md-component=search-query]").fill("qwertzuiop")
    page.get_by_text("Zu „qwertzuiop“ wurde nichts gefunden.").wait_for()
    assert tab.errors == []


@pytest.mark.browser
def test_the_page_for_missing_ones_names_the_release(large: Path, serve: Any, visit: Any) -> None:
    page = visit(serve(large, large / "404.html")).open("3.0/nothing/")
    page.get_by_text("zur Startseite der Dokumentation zu 3.0").wait_for()
    assert page.locator("main > p").last.inner_text() == (
        "Weiter zur Startseite der Dokumentation zu 3.0 oder zu der zu 4.2."
    )
