"""The handbook as a site: made by apiguide itself, whole, with a page for each rule."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from apiguide.checks.registry import FAMILIES, RULES
from apiguide.site.verify import link_faults

ROOT = Path(__file__).parents[2]
TAG = re.compile(r"<[^>]*>")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that `make handbook-site` makes."""
    folder = tmp_path_factory.mktemp("handbook")
    command = [sys.executable, "tools/handbook-site", str(folder / "made")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "made" / "site"


def html(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


def seen(html: str) -> str:
    """The text of a page's article, as a reader sees it."""
    article = re.split(r"<article[^>]*>", html)[-1].partition("</article>")[0]
    return " ".join(unescape(TAG.sub("", article)).split())


def test_every_link_and_anchor_of_the_site_leads_somewhere(site: Path) -> None:
    assert [*link_faults(site)] == []


def test_a_rule_has_an_address_of_its_own(site: Path) -> None:
    for code, rule in RULES.items():
        text = seen(html(site, f"rules/{code}"))
        assert text.startswith(code)
        assert f"{rule.severity} of the family {rule.family}" in text.lower()


def test_the_page_of_a_rule_shows_wrong_and_right(site: Path) -> None:
    text = seen(html(site, "rules/removed-before-start"))
    assert "No release would ever have it." in text
    assert 'since: "1.1" removed: "1.1"' in text
    assert 'since: "1.1" removed: "2.0"' in text
    assert "It cannot be ignored." in text


def test_the_list_of_rules_leads_to_each(site: Path) -> None:
    page = html(site, "rules")
    assert {*re.findall(r'href="([a-z0-9-]+)/"', page)} >= {*RULES}
    assert all(f'id="{family}"' in page for family in FAMILIES)


def test_yaml_stands_beside_what_comes_of_it(site: Path) -> None:
    page = html(site, "tour")
    pairs = page.partition("<article")[2].split('<div class="beside">')[1:]
    assert len(pairs) >= 4
    parameters, *_ = pairs
    assert "example: 5f0c-7d1e" in seen(f"<article>{parameters}</article>")
    assert "For the driver's questions." in seen(parameters), "inherited from the object"
    assert "2026-04-01" in TAG.sub("", parameters), "the badge of what is new"
    assert "curl -i -X POST" in TAG.sub("", page)


def test_braces_of_the_handbook_are_text_in_it(site: Path) -> None:
    assert "{{ curl(method, path, authentication=None, server=1) }}" in seen(html(site, "macros"))
    assert "For literal braces, write {% raw %}{{ }}{% endraw %}." in seen(html(site, "macros"))


def test_links_out_of_the_handbook_are_words_where_no_source_is_published(site: Path) -> None:
    page = html(site, "ci")
    assert ".github/workflows/guide.yml" in seen(page)
    assert "../.github" not in page
    assert 'href="./changelog/"' in html(site, "") or 'href="changelog/"' in html(site, "")


def test_the_sample_guide_stands_under_one_heading(site: Path) -> None:
    page = html(site, "tour")
    sidebar = unescape(page.partition("<article")[0])
    assert sidebar.index("The sample guide") < sidebar.index("What's new in 2026-04-01")
    assert "Create shipment POST /shipments" in seen(html(site, "shipments/create"))


def test_the_glossary_is_in_order_and_each_word_leads_on() -> None:
    text = (ROOT / "handbook/glossary.md").read_text(encoding="utf-8")
    entries = re.findall(r"^- \*\*(.+?)\*\* – (.*?)(?=^- |\Z)", text, re.MULTILINE | re.DOTALL)
    words = [word.lower() for word, _ in entries]
    assert words == sorted(words)
    assert len(words) > 25
    assert all("](" in meaning for _, meaning in entries)


def test_the_steps_of_how_it_works_are_modules_of_the_package() -> None:
    text = (ROOT / "handbook/how-it-works.md").read_text(encoding="utf-8")
    diagram = text.partition("```text\n")[2].partition("```")[0]
    named = [
        name
        for left in re.findall(r"^([a-z][a-z_, ]*?) {2,}│", diagram, re.MULTILINE)
        for name in left.split(", ")
    ]
    assert len(named) >= 8
    package = ROOT / "src/apiguide"
    assert [
        name for name in named if not (package / name).is_dir() and not (package / f"{name}.py").is_file()
    ] == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_the_handbook_is_wider_than_its_window(site: Path, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for name in ("", "tour/", "rules/", "rules/unknown-authentication/", "how-it-works/", "glossary/"):
        page.goto(f"{(site / name / 'index.html').as_uri()}")
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, name
    page.close()
