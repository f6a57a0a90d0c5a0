"""The files at the root of a site, and `latest`."""

import json
import re
from pathlib import Path

import pytest

from apiguide.checks import check
from apiguide.site.build import build
from apiguide.site.manifest import ManifestError, fingerprint, load

OLD, MIDDLE, NEW = "2024-10-01", "2025-04-01", "2025-10-01"
BASE = "https://guide.example/"


@pytest.fixture(scope="module")
def site(parcels: Path) -> Path:
    return parcels / "site"


@pytest.fixture(scope="module")
def old_ones(parcels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site without the newest release."""
    site = tmp_path_factory.mktemp("old") / "site"
    build(check(parcels), [OLD, MIDDLE], site)
    return site


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_latest_is_the_newest_release_but_for_its_sitemap(site: Path) -> None:
    newest, latest = contents(site / NEW), contents(site / "latest")
    assert newest.keys() == latest.keys()
    assert [name for name in newest if newest[name] != latest[name]] == ["sitemap.xml"]
    expected = newest["sitemap.xml"].replace(f"{BASE}{NEW}/".encode(), f"{BASE}latest/".encode())
    assert latest["sitemap.xml"] == expected
    assert not any(path.is_symlink() for path in site.rglob("*"))


def test_versions_are_listed_as_the_selector_reads_them_newest_first(site: Path) -> None:
    assert json.loads(text(site / "versions.json")) == [
        {"version": NEW, "title": NEW, "aliases": ["latest"]},
        {"version": MIDDLE, "title": MIDDLE, "aliases": []},
        {"version": OLD, "title": OLD, "aliases": []},
    ]


def test_the_sitemap_at_the_root_names_what_latest_has_and_nothing_else(site: Path) -> None:
    found = re.findall(r"<loc>(.*?)</loc>", text(site / "sitemap.xml"))
    is_none = re.compile('id="absent"|http-equiv="refresh"')
    pages = [path for path in (site / "latest").rglob("index.html") if not is_none.search(text(path))]
    expected = [f"{BASE}{path.parent.relative_to(site).as_posix()}/" for path in pages]
    assert sorted(found) == sorted(expected)
    assert f"{BASE}latest/shipments/cancel/" not in found
    assert f"{BASE}latest/shipments/stop/" in found


def test_robots_are_told_of_that_sitemap_alone(site: Path) -> None:
    assert text(site / "robots.txt") == f"User-agent: *\nSitemap: {BASE}sitemap.xml\n"


def test_the_address_of_the_site_leads_to_latest(site: Path) -> None:
    page = text(site / "index.html")
    assert '<meta http-equiv="refresh" content="0; url=latest/">' in page
    assert '<a href="latest/">Parcel API Guide</a>' in page
    assert f'<link rel="canonical" href="{BASE}latest/">' in page
    assert "<script" not in page


def test_the_manifest_has_a_hash_for_each_release(site: Path) -> None:
    manifest = load(site)
    assert (manifest.title, manifest.url) == ("Parcel API Guide", BASE)
    assert manifest.releases == (NEW, MIDDLE, OLD)
    assert dict(manifest.built) == {release: fingerprint(site / release) for release in (NEW, MIDDLE, OLD)}
    assert manifest.newest == NEW


def test_without_the_newest_release_there_is_no_latest(old_ones: Path) -> None:
    assert not (old_ones / "latest").exists()
    versions = json.loads(text(old_ones / "versions.json"))
    assert [(each["version"], each["aliases"]) for each in versions] == [(MIDDLE, []), (OLD, [])]
    assert f'url={MIDDLE}/"' in text(old_ones / "index.html")
    assert load(old_ones).releases == (NEW, MIDDLE, OLD)


def test_without_the_newest_release_the_sitemap_names_what_is_indexed_there(old_ones: Path) -> None:
    found = re.findall(r"<loc>(.*?)</loc>", text(old_ones / "sitemap.xml"))
    assert found == [f"{BASE}{MIDDLE}/shipments/cancel/"]


def test_a_fingerprint_tells_names_and_contents_apart(tmp_path: Path) -> None:
    def of(**files: str) -> str:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8")
        return fingerprint(folder)

    assert of(a="1", b="2") == of(b="2", a="1")
    assert len({of(a="1", b="2"), of(a="2", b="1"), of(a="1"), of(a="12"), of(c="1", b="2"), of()}) == 6


@pytest.mark.parametrize(
    "manifest", [None, "", "[]", "{}", '{"title": "A", "url": "/", "releases": 1, "built": 2}']
)
def test_a_folder_without_a_manifest_is_no_site(manifest: str | None, tmp_path: Path) -> None:
    if manifest is not None:
        (tmp_path / "apiguide.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(ManifestError, match="run `apiguide build` first"):
        load(tmp_path)
