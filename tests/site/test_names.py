"""Names of files and releases, from all sorts of characters: refused by a check, or right in each site."""

import random
import unicodedata
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser
from tests.parcels import write

from apiguide.checks import check
from apiguide.problems import errors
from apiguide.site.publish import publish

PIECES = [
    *("a", "B", "z9", "page", "my page", "index", "README", "con", "aux", "NUL", "com1", "lpt0", "latest"),
    *"!\"#$%&'()*+,-.:;<=>?@[\\]^_`{|}~ \t\u00a0\u200b",
    *(
        "é",
        unicodedata.normalize("NFD", "é"),
        "ß",
        "Ü",
        "日本",
        "🚚",
        "ﬁ",
        "%20",
        "%2F",
        "&amp;",
        "{{",
        "..",
        "\n",
    ),
]
HOW_MANY = 100


def names_of(seed: int) -> list[str]:
    """Names of pages, none of a hidden file."""
    chance = random.Random(seed)
    made = ("".join(chance.choices(PIECES, k=chance.randint(1, 4))) for _ in range(HOW_MANY))
    return [*dict.fromkeys(name for name in made if not name.startswith("."))]


@pytest.mark.parametrize("seed", [1, 3])
def test_a_page_whose_name_is_let_through_is_built_linked_to_and_served(
    seed: int, tmp_path: Path, build_site: Callable[..., Path], serve: Callable[..., str]
) -> None:
    project = tmp_path / "project"
    write(project)
    docs = project / "docs"
    for number, name in enumerate(names_of(seed)):
        since = '---\nsince: "2025-04-01"\n---\n' if number % 2 else ""
        (docs / f"{name}.md").write_text(f"{since}# Page {number}\n", encoding="utf-8")
    refused = {each.where.source.path for each in errors(check(project).problems)}
    assert HOW_MANY / 4 < len(refused) < HOW_MANY * 3 / 4
    for path in refused:
        (project / path).unlink(missing_ok=True)
    pages = {path.name: path.read_text(encoding="utf-8") for path in docs.iterdir() if path.suffix == ".md"}
    pages.pop("index.md", None)
    links = "\n".join(
        f"* [{'later' if 'since' in text else 'page'}]({quote(name)})" for name, text in pages.items()
    )
    (docs / "all.md").write_text(f'---\nsince: "2025-04-01"\n---\n# All\n\n{links}\n', encoding="utf-8")

    assert not [str(each) for each in check(project).problems if each.where.source.path.startswith("docs/")]
    site = build_site(project, tmp_path / "site", ["2024-10-01", "2025-04-01"])
    publish([site], tmp_path / "target")
    address = serve(tmp_path / "target" / "current")
    for name, text in pages.items():
        url = "" if name == "README.md" else f"{quote(name.removesuffix('.md'))}/"
        for release in ("latest", "2025-04-01", "2024-10-01"):
            with urlopen(f"{address}{release}/{url}") as answer:
                shown = answer.read().decode()
            assert text.rpartition("# ")[2].strip() in unescape(shown)
        assert f"/latest/{url}<" in (site / "sitemap.xml").read_text(encoding="utf-8")


@pytest.mark.browser
def test_a_page_with_an_odd_name_is_found_and_kept_like_any_other(
    tmp_path: Path, build_site: Callable[..., Path], serve: Callable[..., str], browser: Browser
) -> None:
    project = tmp_path / "project"
    write(project)
    (project / "docs/ä b").mkdir()
    (project / "docs/ä b/50% & (ü)#1.md").write_text(
        "---\nformerly: alt ö.md\n---\n# Oddly named\n\nAbout wombats.\n", encoding="utf-8"
    )
    site = build_site(project, tmp_path / "site", ["2024-10-01", "2025-04-01"])
    address, url = serve(site, site / "404.html"), quote("ä b/50% & (ü)#1/")
    page = browser.new_page()
    page.goto(f"{address}latest/?q=wombats")
    page.locator(".md-search-result__item a").first.click()
    page.wait_for_url(f"{address}latest/{url}*")
    page.goto(f"{address}latest/{url}")
    page.locator(".md-version__current").click()
    page.locator(".md-version__link", has_text="2024-10-01").click()
    page.wait_for_url(f"{address}2024-10-01/{url}")
    page.locator(".ag-release-links a").click()
    page.wait_for_url(f"{address}2025-04-01/{url}")
    page.goto(f"{address}latest/{quote('alt ö/')}")
    page.wait_for_url(f"{address}latest/{url}")
    page.goto(f"{address}latest/{quote('ä b/50% & (ü)/')}")
    page.locator("main li a", has_text="Oddly named").click()
    page.wait_for_url(f"{address}latest/{url}")
    page.close()


def test_a_start_page_may_come_later(tmp_path: Path, build_site: Callable[..., Path]) -> None:
    write(tmp_path / "project")
    page = '---\nsince: "2025-04-01"\n---\n# Parcels\n'
    (tmp_path / "project/docs/index.md").write_text(page, encoding="utf-8")
    site = build_site(tmp_path / "project", tmp_path / "site", ["2024-10-01", "2025-04-01"])
    publish([site], tmp_path / "target")
    assert "<h1>Parcels" not in (site / "2024-10-01/index.html").read_text(encoding="utf-8")
    assert "Parcels" in (site / "2025-04-01/index.html").read_text(encoding="utf-8")
