"""The guides of all releases side by side, as they are built: what leads from each page to the others."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest

from apiguide.checks import check
from apiguide.history import views
from apiguide.model import Guide
from apiguide.rendering.templates import Templates
from apiguide.site.build import build
from apiguide.site.manifest import load
from apiguide.site.release_links import ReleaseLinks
from apiguide.site.verify import faults
from apiguide.site_releases import SiteReleases

OLD, MIDDLE, NEW = RELEASES = ("2024-10-01", "2025-04-01", "2025-10-01")
BASE = "https://guide.example/"
ABSENT = '<h1 id="absent">'
NO_INDEX = '<meta name="robots" content="noindex">'
REDIRECTS = {f"{MIDDLE}/whats-new/from-{OLD}/", f"{NEW}/whats-new/from-{MIDDLE}/"}
CANCEL, STOP, CREATE = "shipments/cancel/", "shipments/stop/", "shipments/create/"


@pytest.fixture(scope="module")
def site(parcels: Path) -> Path:
    return parcels / "site"


@pytest.fixture(scope="module")
def site_releases(parcels: Path) -> SiteReleases:
    checked = check(parcels)
    assert checked.guide is not None
    return SiteReleases(checked.guide, checked.views, checked.docs)


def read(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def article(page: str) -> str:
    return page[page.index("<article") : page.index("</article>")]


def banner(page: str) -> str | None:
    found = re.search(r'<aside class="ag-banner"[^>]*>(.*?)</aside>', page, re.DOTALL)
    return found and found[1]


def canonical(page: str) -> list[str]:
    return re.findall(r'<link rel="canonical" href="([^"]*)">', page)


def pages(site: Path) -> list[str]:
    """The URLs of all pages below their releases, each as `RELEASE/URL`; not what only leads to another."""
    found = [path for release in RELEASES for path in (site / release).rglob("index.html")]
    urls = [f"{path.parent.relative_to(site).as_posix()}/" for path in found]
    return [url for url in urls if url not in REDIRECTS]


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_page_of_each_release_is_there_for_every_other(site: Path) -> None:
    urls = {url.partition("/")[2] for url in (*pages(site), *REDIRECTS)}
    assert {"", CANCEL, STOP, "customs/", "compatibility/", f"whats-new/from-{OLD}/"} < urls
    missing = [
        f"{r}/{url}" for r in RELEASES for url in urls if not (site / r / url / "index.html").is_file()
    ]
    assert missing == []


def test_the_pages_are_those_that_the_guide_knows_of(site: Path, site_releases: SiteReleases) -> None:
    known = {f"{r}/{url}" for r in RELEASES for url in (*site_releases.pages[r], *site_releases.absent(r))}
    assert {*pages(site), *REDIRECTS} == known


def test_what_differs_from_the_release_before_leads_to_what_is_new(site: Path) -> None:
    for url in REDIRECTS:
        page = read(site, url)
        assert '<meta http-equiv="refresh" content="0; url=../">' in page
        assert canonical(page) == [f"{BASE}latest/whats-new/"]
        release = url.partition("/")[0]
        assert f"What&#x27;s new in {release}" in page
        pair = f"{url.rpartition('from-')[2].rstrip('/')} to {release}"
        assert pair in article(read(site, f"{release}/whats-new/"))
    listed = article(read(site, f"{NEW}/whats-new/from-{OLD}/"))
    assert f'<a href="../">{MIDDLE}</a>, <strong>{OLD}</strong>.' in listed
    assert f'<strong>{MIDDLE}</strong>, <a href="from-{OLD}/">{OLD}</a>.' in article(
        read(site, f"{NEW}/whats-new/")
    )


def test_a_page_that_a_release_lacks_says_so_and_leads_on(site: Path) -> None:
    early = article(read(site, f"{OLD}/{STOP}"))
    assert f"It came with release {MIDDLE}." in early
    assert f'<a href="../../../{MIDDLE}/{STOP}">Stop shipment</a>' in early
    assert '<a href="../">Shipments</a>' in early
    late = article(read(site, f"{NEW}/{CANCEL}"))
    assert f"It was removed in {NEW}." in late
    assert '<a href="../stop/">Stop shipment</a>' in late
    assert f'<a href="../../../{MIDDLE}/{CANCEL}">Cancel shipment</a>' in late


def test_a_page_that_a_release_lacks_is_out_of_navigation(site: Path) -> None:
    for release, url, own in ((OLD, STOP, "cancel"), (NEW, CANCEL, "stop")):
        page = read(site, f"{release}/{CREATE}")
        navigation = page[page.index('<nav class="ag-nav"') : page.index("<article")]
        assert f'href="../../shipments/{own}/"' in navigation
        assert f'href="../../{url}"' not in navigation
        assert f'href="./{url}"' not in read(site, release)


@pytest.mark.parametrize("release", [OLD, MIDDLE])
def test_every_page_of_an_old_release_has_a_banner_that_leads_to_the_newest(site: Path, release: str) -> None:
    urls = [url for url in pages(site) if url.startswith(release)]
    assert len(urls) > 10
    for url in urls:
        text = banner(read(site, url))
        if ABSENT in read(site, url):
            assert text is None, "it leads to other releases itself"
            continue
        assert text is not None, url
        assert f"This is the guide of release {release}." in text
        [href] = re.findall(r'href="([^"]*)"', text)
        below = url.partition("/")[2]
        is_there = ABSENT not in read(site, f"{NEW}/{below}")
        assert urljoin(f"/{url}", href) == (f"/latest/{below}" if is_there else "/latest/"), url


def test_no_page_of_the_newest_release_has_a_banner(site: Path) -> None:
    for folder in (NEW, "latest"):
        for path in (site / folder).rglob("index.html"):
            assert banner(path.read_text(encoding="utf-8")) is None


def test_search_engines_are_to_show_each_page_once_and_as_of_its_last_release(site: Path) -> None:
    shown = {url for url in pages(site) if NO_INDEX not in read(site, url)}
    newest = {url for url in pages(site) if url.startswith(NEW) and 'id="absent"' not in read(site, url)}
    last = {f"{MIDDLE}/{CANCEL}"}
    assert shown == newest | last


def test_the_canonical_address_is_that_in_latest_or_where_it_was_last(site: Path) -> None:
    for url in pages(site):
        release, _, below = url.partition("/")
        where = {CANCEL: MIDDLE}.get(below, "latest")
        assert canonical(read(site, url)) == [f"{BASE}{where}/{below}"], url
        if release == NEW:
            assert canonical(read(site, f"latest/{below}")) == [f"{BASE}{where}/{below}"]


def test_each_page_lists_all_releases_as_plain_links(site: Path) -> None:
    for url in pages(site):
        listed = re.search(r'<nav class="ag-release-links".*?</nav>', article(read(site, url)), re.DOTALL)
        assert listed is not None, url
        release, _, below = url.partition("/")
        found = re.findall(r'<a href="(.*?)">(\S+)( <small>\(not there\)</small>)?</a>', listed[0])
        links = {title: urljoin(f"/{url}", href) for href, title, _ in found}
        assert links == {other: f"/{other}/{below}" for other in RELEASES if other != release}
        marked = {title for _, title, mark in found if mark}
        assert marked == {other for other in links if ABSENT in read(site, f"{other}/{below}")}, url
        assert f"<strong>{release}</strong>" in listed[0]


def test_a_guide_of_one_release_leads_to_no_other(guide_of: Callable[[str], Guide]) -> None:
    guide = guide_of('=== guide.yaml\nreleases: [{release: "1"}]\n=== books/get.yaml\npath: /books\n')
    links = ReleaseLinks(SiteReleases(guide, views(guide)), "1", Templates(), "")
    assert links.around("<h1>Get book</h1>", "books/get/") == "<h1>Get book</h1>"


@pytest.mark.parametrize("release", [*RELEASES, "latest"])
def test_a_releases_sitemap_holds_its_pages_below_its_home(site: Path, release: str) -> None:
    text = (site / release / "sitemap.xml").read_text(encoding="utf-8")
    locations = re.findall(r"<loc>(.*?)</loc>", text)
    home = f"{BASE}{release}/"
    own = [f"{path.parent.relative_to(site).as_posix()}/" for path in (site / release).rglob("index.html")]
    assert sorted(locations) == sorted(f"{BASE}{url}" for url in own)
    assert home in locations, "all that they have in common, by which the selector finds its way"
    assert "<lastmod>" not in text, "the guide has no git history"
    assert not (site / release / "sitemap.xml.gz").exists()


def test_the_404_pages_of_all_releases_are_the_same_and_lead_to_the_site(site: Path) -> None:
    folders = (site, site / "latest", *(site / release for release in RELEASES))
    [text] = {(folder / "404.html").read_text(encoding="utf-8") for folder in folders}
    assert set(re.findall(r'\s(?:href|src)="([^"]*)"', text)) == {"/"}


def test_what_is_new_is_in_the_navigation_of_each_release(site: Path) -> None:
    for release in RELEASES:
        home = read(site, release)
        assert 'href="./whats-new/"' in home
        assert 'href="./compatibility/"' in home
        assert f"What's new in {release}" in home.replace("&#39;", "'").replace("&#x27;", "'")


def test_what_differs_between_two_releases_is_marked_as_a_part_of_what_is_new(site: Path) -> None:
    def marked(url: str) -> list[tuple[str, str]]:
        navigation = read(site, url).partition('<nav class="ag-nav"')[2].partition("</nav>")[0]
        return re.findall(r'aria-current="(\w+)" href="([^"]*)"', navigation)

    assert marked(f"{NEW}/whats-new/from-{OLD}/") == [("true", "../../whats-new/")]
    assert marked(f"{NEW}/whats-new/") == [("page", "../whats-new/")]
    assert marked(f"{NEW}/compatibility/") == [("page", "../compatibility/")]


def test_the_whole_site_is_sound(site: Path) -> None:
    assert list(faults(site, load(site))) == []


def test_a_release_is_the_same_whichever_are_built_with_it(site: Path, parcels: Path, tmp_path: Path) -> None:
    for release in RELEASES:
        build(check(parcels), [release], tmp_path / release)
        assert contents(tmp_path / release / release) == contents(site / release)


@pytest.mark.parametrize(("zone", "seed"), [("Pacific/Kiritimati", "1"), ("America/Adak", "3")])
def test_two_builds_differ_in_no_file(
    zone: str, seed: str, site: Path, write_parcels: Callable[[Path], Path], tmp_path: Path
) -> None:
    root = write_parcels(tmp_path / "another folder" / "guide")
    command = [sys.executable, "-c", "from apiguide.cli import run; run()", "build", "--root", str(root)]
    told = {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"} | told
    subprocess.run([*command, "--site-dir", str(tmp_path / "out")], env=environment, check=True, cwd=tmp_path)
    one, other = contents(site), contents(tmp_path / "out")
    assert load(site).built == load(tmp_path / "out").built
    del one["apiguide.json"], other["apiguide.json"]  # the command also knows what went in
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_a_page_that_a_release_lacks_is_found_by_search_only_as_that_of_another(site: Path) -> None:
    for release, url, other in ((OLD, STOP, NEW), (OLD, "customs/", NEW), (NEW, CANCEL, MIDDLE)):
        stub = json.loads((site / release / "search/search_index.json").read_text(encoding="utf-8"))
        files = {
            name: json.loads((site / release / "search" / stub["config"][name]).read_text(encoding="utf-8"))
            for name in ("core", "elsewhere")
        }
        found = {row[1] for row in files["core"]["pages"]}
        assert CREATE in found
        assert url not in found
        assert f"../{other}/{url}" in {row[2] for row in files["elsewhere"]["pages"]}


def test_the_address_of_the_site_may_be_given(parcels: Path, tmp_path: Path) -> None:
    build(check(parcels), RELEASES, tmp_path / "site", site_url="https://else.example/guides/parcels")
    site = tmp_path / "site"
    base = "https://else.example/guides/parcels/"
    assert canonical(read(site, f"latest/{CREATE}")) == [f"{base}latest/{CREATE}"]
    assert f"<loc>{base}latest/{CREATE}</loc>" in (site / "sitemap.xml").read_text(encoding="utf-8")
    not_found = (site / "404.html").read_text(encoding="utf-8")
    assert '="/guides/parcels/"' in not_found
    assert list(faults(site, load(site))) == []
    own = {name: text for name, text in contents(site / NEW).items() if b"guide.example" in text}
    assert own == {}


def test_a_planned_release_is_built_when_named_and_no_other_knows_of_it(
    site: Path, write_parcels: Callable[[Path], Path], tmp_path: Path
) -> None:
    root = write_parcels(tmp_path / "guide")
    guide = root / "reference/guide.yaml"
    last = f'  - {{release: "{NEW}"}}\n'
    text = guide.read_text(encoding="utf-8")
    guide.write_text(
        text.replace(last, f'{last}  - {{release: "2026-04-01", status: planned}}\n'), encoding="utf-8"
    )
    build(check(root), [MIDDLE, "2026-04-01"], tmp_path / "site")
    assert contents(tmp_path / "site" / MIDDLE) == contents(site / MIDDLE)
    home = read(tmp_path / "site", "2026-04-01")
    told = banner(home)
    assert told is not None
    assert "Release 2026-04-01 is planned and not out yet." in told
    assert NO_INDEX in home
    assert f'<a href="../{NEW}/">{NEW}</a>' in home
    assert canonical(home) == [f"{BASE}latest/"]
