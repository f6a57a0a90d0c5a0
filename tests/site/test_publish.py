"""Publishing: what is online is whole at every moment, and nothing of it is lost."""

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from apiguide.checks import check
from apiguide.cli import main
from apiguide.site.build import build
from apiguide.site.manifest import Manifest, fingerprint, load
from apiguide.site.manifest import save as save_manifest
from apiguide.site.page_list import PageEntry, save, sitemap
from apiguide.site.publish import Published, PublishError, publish, rollback
from apiguide.site.site_root import write_site_root

URL = "https://guide.example/"
RELEASES = ("3", "2", "1")
OLD, MIDDLE, NEW = "2024-10-01", "2025-04-01", "2025-10-01"

Pages = Mapping[str, str]


def site_of(
    folder: Path,
    built: Mapping[str, str | Pages],
    *,
    releases: tuple[str, ...] = RELEASES,
    title: str = "Guide",
    url: str = URL,
) -> Path:
    """A small finished site: for each release a start page, or the pages that are named."""
    for release, given in built.items():
        pages = {"": f'<a href="call/">{given}</a>', "call/": f'<h1 id="call">{given}</h1>'}
        pages = dict(given) if isinstance(given, Mapping) else pages
        for at, text in pages.items():
            (folder / release / at).mkdir(parents=True, exist_ok=True)
            (folder / release / at / "index.html").write_text(text, encoding="utf-8")
        (folder / release / "404.html").write_text("Not here", encoding="utf-8")
        listed = [PageEntry(at, "Page", True, None) for at in pages]
        save(listed, folder / release)
        (folder / release / "sitemap.xml").write_text(sitemap(f"{url}{release}/", listed), "utf-8")
    hashes = {release: fingerprint(folder / release) for release in built}
    write_site_root(folder, Manifest(title, url, releases, {}).with_built(hashes))
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Path]:
    """`site({"1": "text"})`: a new small site with the releases named."""
    made: list[Path] = []

    def make(built: Mapping[str, str | Pages], **more: object) -> Path:
        made.append(tmp_path / f"site-{len(made)}")
        return site_of(made[-1], built, **more)  # type: ignore[arg-type]

    return make


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "place"


def all_of(text: str) -> dict[str, str | Pages]:
    return dict.fromkeys(RELEASES, text)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def online(target: Path) -> dict[str, bytes]:
    return contents((target / "current").resolve())


def link(target: Path) -> Path | None:
    current = target / "current"
    return current.readlink() if current.is_symlink() else None


def builds(target: Path) -> list[str]:
    return sorted(path.name for path in (target / "builds").iterdir() if not path.name.startswith("."))


def refused(target: Path, *sites: Path, match: str, **options: bool) -> str:
    """What is said of sites that are not published; all that was in the place stays."""
    before = contents(target) if target.exists() else {}
    where = link(target)
    with pytest.raises(PublishError, match=match) as caught:
        publish(sites, target, **options)
    assert link(target) == where
    assert contents(target).items() - before.items() <= {(".lock", b"")}
    assert before.keys() <= contents(target).keys()
    return str(caught.value)


# One after the other


def test_a_first_site_is_put_online(site: Callable[..., Path], target: Path) -> None:
    made = site(all_of("one"))
    done = publish([made], target)
    assert done == Published(builds(target)[0], RELEASES)
    assert online(target) == contents(made)
    links = [path for path in target.rglob("*") if path.is_symlink()]
    assert links == [target / "current"]
    assert link(target) == Path("builds", done.build)
    assert (target / "current").resolve().stat().st_mode & 0o777 == 0o755


def test_a_second_site_takes_its_place_and_the_first_is_kept(site: Callable[..., Path], target: Path) -> None:
    first, second = site(all_of("one")), site(all_of("two"))
    was = publish([first], target).build
    now = publish([second], target).build
    assert builds(target) == [was, now]
    assert online(target) == contents(second)
    assert contents(target / "builds" / was) == contents(first)


def test_a_site_may_be_moved_with_its_place(site: Callable[..., Path], target: Path) -> None:
    made = site(all_of("one"))
    publish([made], target)
    moved = target.rename(target.with_name("moved"))
    assert online(moved) == contents(made)


def test_a_rollback_puts_the_site_before_online(site: Callable[..., Path], target: Path) -> None:
    first, second = site(all_of("one")), site(all_of("two"))
    was = publish([first], target).build
    publish([second], target)
    assert rollback(target) == Published(was, RELEASES)
    assert online(target) == contents(first)
    with pytest.raises(PublishError, match=f"there is no build before {was}"):
        rollback(target)
    assert online(target) == contents(first)


def test_a_rollback_goes_back_to_what_was_online_and_not_to_what_was_taken_back(
    site: Callable[..., Path], target: Path
) -> None:
    good, bad, mended = (site(all_of(text)) for text in ("good", "bad", "mended"))
    publish([good], target)
    publish([bad], target)
    rollback(target)
    publish([mended], target)
    rollback(target)
    assert online(target) == contents(good)


def test_the_same_site_again_is_no_new_build_and_pushes_none_out(
    site: Callable[..., Path], target: Path
) -> None:
    good, bad = site(all_of("good")), site(all_of("bad"))
    was = publish([good], target).build
    now = publish([bad], target).build
    for again, kept in ((bad, ()), (site(all_of("bad")), ()), (site({"2": "bad"}), ("3", "1"))):
        assert publish([again], target, keep=2) == Published(now, RELEASES, kept, is_new=False)
    assert builds(target) == [was, now]
    rollback(target)
    assert online(target) == contents(good)
    assert not publish([good], target).is_new
    assert publish([bad], target).is_new, "it has been taken back"


def test_a_site_of_which_anything_differs_is_a_new_build(site: Callable[..., Path], target: Path) -> None:
    first = publish([site(all_of("one"))], target)
    titled = publish([site(all_of("one"), title="Another")], target)
    assert titled.is_new
    (target / "current/robots.txt").write_text("damaged")
    mended = publish([site(all_of("one"), title="Another")], target)
    assert builds(target) == [first.build, titled.build, mended.build]


def test_the_same_site_again_deletes_what_is_not_to_be_kept(site: Callable[..., Path], target: Path) -> None:
    names = [publish([site(all_of(str(n)))], target).build for n in range(4)]
    publish([site(all_of("3"))], target, keep=2)
    assert builds(target) == names[-2:]


def test_where_nothing_is_published_nothing_can_be_taken_back(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="nothing is published"):
        rollback(tmp_path)


@pytest.mark.parametrize(("keep", "kept"), [(2, 2), (3, 3), (9, 6)])
def test_old_builds_are_deleted(keep: int, kept: int, site: Callable[..., Path], target: Path) -> None:
    names = [publish([site(all_of(str(n)))], target, keep=keep).build for n in range(6)]
    assert builds(target) == names[-kept:]
    assert rollback(target).build == names[-2]


def test_what_has_not_changed_costs_no_space(site: Callable[..., Path], target: Path) -> None:
    first = publish([site(all_of("one"))], target).build
    second = publish([site(all_of("one") | {"2": "two"})], target).build
    pages = [[target / "builds" / b / r / "index.html" for b in (first, second)] for r in RELEASES]
    assert [one.samefile(other) for one, other in pages] == [True, False, True]
    latest = [target / "builds" / b / "latest/sitemap.xml" for b in (first, second)]
    assert not latest[0].samefile(latest[1]), "it is written anew"


# Several sites


def test_publishing_one_release_keeps_the_others(site: Callable[..., Path], target: Path) -> None:
    publish([site(all_of("one"))], target)
    assert publish([site({"2": "two"})], target).releases == RELEASES
    assert online(target) == contents(site(all_of("one") | {"2": "two"}))


def test_a_newer_release_becomes_latest(site: Callable[..., Path], target: Path) -> None:
    publish([site({"1": "one"}), site({"2": "two"})], target)
    assert not (target / "current/latest").exists()
    publish([site({"3": "three"})], target)
    assert online(target) == contents(site({"1": "one", "2": "two", "3": "three"}))
    assert "three" in (target / "current/latest/index.html").read_text(encoding="utf-8")


def test_builds_of_several_machines_are_joined_in_any_order(
    site: Callable[..., Path], tmp_path: Path
) -> None:
    parts = [site({release: release}) for release in RELEASES]
    whole = contents(site({release: release for release in RELEASES}))
    for number, order in enumerate((parts, parts[::-1], [*parts, *parts])):
        publish(order, tmp_path / f"place-{number}")
        assert online(tmp_path / f"place-{number}") == whole


def test_two_guides_of_one_release_cannot_be_joined(site: Callable[..., Path], target: Path) -> None:
    parts = [site({"1": "one", "2": "two"}), site({"2": "another", "3": "three"})]
    refused(target, *parts, match="holds another guide of 2 than the sites before it")


@pytest.mark.parametrize(
    "other", [{"releases": ("4", *RELEASES)}, {"title": "Another"}, {"url": "https://else.example/"}]
)
def test_parts_of_different_guides_cannot_be_joined(
    other: dict[str, object], site: Callable[..., Path], target: Path
) -> None:
    refused(target, site({"1": "one"}), site({"2": "two"}, **other), match="are of different guides")


@pytest.mark.parametrize("other", [{"releases": ("4", *RELEASES)}, {"url": "https://else.example/"}])
def test_a_release_that_knows_other_releases_needs_the_others_anew(
    other: dict[str, object], site: Callable[..., Path], target: Path
) -> None:
    publish([site(all_of("one"))], target)
    newest = "4" if "releases" in other else "3"
    told = refused(target, site({newest: "new"}, **other), match="know other releases or another address")
    assert f"the guides of {', '.join(r for r in RELEASES if r != newest)} that are online" in told
    assert "build and publish them too" in told
    every = site(all_of("one") | {newest: "new"}, **other)
    publish([every], target)
    assert online(target) == contents(every)


def test_a_release_that_the_guide_no_longer_has_is_reported_as_gone(
    site: Callable[..., Path], target: Path
) -> None:
    publish([site(all_of("one"))], target)
    fewer = site({"3": "one", "2": "one"}, releases=("3", "2"))
    told = refused(target, fewer, match="pages that are online would be gone")
    assert told.splitlines()[1:4] == ["  1/404.html", "  1/call/", "  1/"]
    assert publish([fewer], target, allows_gone=True).gone == ("1/404.html", "1/call/", "1/")
    assert online(target) == contents(fewer)


def test_two_machines_make_the_bytes_of_one(parcels: Path, tmp_path: Path) -> None:
    parts = [tmp_path / "one", tmp_path / "other"]
    build(check(parcels), [OLD], parts[0])
    build(check(parcels), [MIDDLE, NEW], parts[1])
    publish(parts, tmp_path / "place")
    assert online(tmp_path / "place") == contents(parcels / "site")


# What is refused


@pytest.mark.parametrize("name", ["index.html", "builds.txt", ".git"])
def test_a_folder_of_other_files_is_refused(name: str, site: Callable[..., Path], target: Path) -> None:
    target.mkdir()
    (target / name).write_text("mine", encoding="utf-8")
    refused(target, site(all_of("one")), match=rf"holds other files \({re.escape(name)}\); name a new folder")
    with pytest.raises(PublishError, match="holds other files"):
        rollback(target)


def test_a_folder_called_current_is_refused(site: Callable[..., Path], target: Path) -> None:
    (target / "current").mkdir(parents=True)
    (target / "current/index.html").write_text("mine", encoding="utf-8")
    refused(target, site(all_of("one")), match=r"holds other files \(current\)")


def test_a_folder_without_a_site_is_refused(tmp_path: Path, target: Path) -> None:
    refused(target, tmp_path, match="holds no site: .*run `apiguide build` first")
    refused(target, tmp_path / "nowhere", match="run `apiguide build` first")


def change(site: Path) -> None:
    (site / "2/index.html").write_text("another", encoding="utf-8")


def add(site: Path) -> None:
    (site / "2/more.html").write_text("more", encoding="utf-8")


def delete(site: Path) -> None:
    (site / "2/call/index.html").unlink()


def delete_all(site: Path) -> None:
    shutil.rmtree(site / "2")


@pytest.mark.parametrize("tamper", [change, add, delete, delete_all])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_site_that_is_not_as_it_was_built_is_refused(
    tamper: Callable[[Path], None], is_first: bool, site: Callable[..., Path], target: Path
) -> None:
    if not is_first:
        publish([site(all_of("one"))], target)
    made = site(all_of("one"))
    tamper(made)
    refused(target, made, match="2 is not as it was built; run `apiguide build` again")


def test_a_release_without_a_list_of_its_pages_is_built_again(
    site: Callable[..., Path], target: Path
) -> None:
    made = site(all_of("one"))
    (made / "3/pages.json").unlink()
    write_front_again(made)
    refused(target, made, match=r"pages\.json is missing or cannot be read; build it again")


def write_front_again(made: Path) -> None:
    """Gives a site that has been changed the manifest of what it is now."""
    manifest = load(made)
    hashes = {release: fingerprint(made / release) for release in manifest.built}
    save_manifest(manifest.with_built(hashes), made)


def test_what_stands_at_the_root_of_a_site_is_made_anew(site: Callable[..., Path], target: Path) -> None:
    made = site(all_of("one"))
    whole = contents(made)
    for name in ("index.html", "latest/index.html"):
        (made / name).unlink()
        (made / name).write_text("another", encoding="utf-8")
    (made / "secret.txt").write_text("mine", encoding="utf-8")
    publish([made], target)
    assert online(target) == whole


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ('<a href="nowhere/">', "2/index.html links to nowhere/, which is not there"),
        ('<a href="call/#nowhere">', "2/index.html links to 2/call/index.html#nowhere, which is not there"),
        ('<a href="#nowhere">', "2/index.html links to #nowhere, which is not in it"),
        ('<img src="nowhere.png">', "2/index.html links to nowhere.png, which is not there"),
        ('<a href="../../outside/">', "2/index.html links to "),
        ('<a href="/4/">', "2/index.html links to /4/, which is not there"),
        ('<a href="../latest/nowhere/">', "2/index.html links to ../latest/nowhere/, which is not there"),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_site_with_a_dead_link_is_refused(
    link: str, says: str, is_first: bool, site: Callable[..., Path], target: Path
) -> None:
    if not is_first:
        publish([site(all_of("one"))], target)
    pages = {"": link, "call/": '<h1 id="call">Call</h1>'}
    told = refused(target, site(all_of("one") | {"2": pages}), match="the site is not whole:\n")
    assert says in told.splitlines()[1]
    assert len(told.splitlines()) == 2


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('<a href="javascript:void(0)">', URL),
        ('<a href="tel:+1-555">', URL),
        ('<a href="//company.example/">', URL),
        ('<a href="/">', URL),
        ('<a href="/">', f"{URL}api/"),
        ('<a href="/api/">', f"{URL}api/"),
        ('<a href="/api">', f"{URL}api/"),
        ('<a href="/en/nowhere/?a=b#c">', f"{URL}api/"),
        ('<a href="/apis/">', f"{URL}api/"),
        ('<a href="/en/" hreflang="en">', URL),
        ('<link rel="alternate" href="/en/" hreflang="en">', URL),
    ],
)
def test_what_leads_outside_the_site_is_no_concern_of_it(
    link: str, url: str, site: Callable[..., Path], target: Path
) -> None:
    pages = {"": link, "call/": '<h1 id="call">Call</h1>'}
    publish([site(all_of("one") | {"2": pages}, url=url)], target)
    assert link in (target / "current/2/index.html").read_text(encoding="utf-8")


def test_an_absolute_link_into_the_site_is_held_against_it(site: Callable[..., Path], target: Path) -> None:
    pages = {"": '<a href="/api/latest/nowhere/">', "call/": '<h1 id="call">Call</h1>'}
    made = site(all_of("one") | {"2": pages}, url=f"{URL}api/")
    refused(target, made, match="2/index.html links to /api/latest/nowhere/, which is not there")


def test_a_release_that_others_lead_to_is_missed(site: Callable[..., Path], target: Path) -> None:
    parts = {"3": {"": '<a href="../2/">2</a>'}, "2": {"": '<a href="../3/">3</a>'}}
    refused(target, site({"3": parts["3"]}), match=r"links to \.\./2/, which is not there")
    publish([site({"3": parts["3"]}), site({"2": parts["2"]})], target)


def test_only_the_first_of_many_dead_links_are_listed(site: Callable[..., Path], target: Path) -> None:
    pages = {"": "".join(f'<a href="nowhere-{number:02}/">' for number in range(23))}
    told = refused(target, site({"1": pages}), match="the site is not whole")
    assert len(told.splitlines()) == 22
    assert told.endswith("\nand 3 more")


def test_pages_that_would_be_gone_are_listed_and_nothing_is_published(
    site: Callable[..., Path], target: Path
) -> None:
    publish([site(all_of("one"))], target)
    fewer = site(all_of("one") | {"2": {"": "two"}})
    told = refused(target, fewer, match="pages that are online would be gone")
    assert told.splitlines()[1:2] == ["  2/call/"]
    assert "`formerly`" in told
    assert "--allow-gone" in told
    done = publish([fewer], target, allows_gone=True)
    assert done.gone == ("2/call/",)
    assert online(target) == contents(fewer)


def test_latest_cannot_vanish_unnoticed(site: Callable[..., Path], target: Path) -> None:
    publish([site(all_of("one"))], target)
    more = site(all_of("one"), releases=("4", *RELEASES))
    assert "\n  latest/\n" in refused(target, more, match="would be gone")


def test_a_call_that_was_called_otherwise_leads_on(
    write_parcels: Callable[[Path], Path], parcels: Path, target: Path, tmp_path: Path
) -> None:
    publish([parcels / "site"], target)
    root = write_parcels(tmp_path / "guide")
    calls = root / "reference/shipments"
    halt = (calls / "stop.yaml").rename(calls / "halt.yaml")
    for file in (root / "reference/guide.yaml", calls / "cancel.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("shipments/stop", "shipments/halt"), encoding="utf-8")
    build(check(root), [OLD, MIDDLE, NEW], tmp_path / "site")
    told = refused(target, tmp_path / "site", match="would be gone")
    gone = [f"  {folder}/shipments/stop/" for folder in (OLD, MIDDLE, NEW, "latest")]
    assert told.splitlines()[1:5] == gone

    halt.write_text(f"{halt.read_text(encoding='utf-8')}formerly: [shipments/stop]\n", encoding="utf-8")
    build(check(root), [OLD, MIDDLE, NEW], tmp_path / "site")
    assert publish([tmp_path / "site"], target).gone == ()
    for folder in (OLD, MIDDLE, NEW, "latest"):
        page = (target / "current" / folder / "shipments/stop/index.html").read_text(encoding="utf-8")
        assert '<meta http-equiv="refresh" content="0; url=../halt/">' in page
        assert '<a href="../halt/">Stop shipment</a>' in page
        assert f'<link rel="canonical" href="{URL}latest/shipments/halt/">' in page
        sitemap = (target / "current" / folder / "sitemap.xml").read_text(encoding="utf-8")
        assert "shipments/halt/" in sitemap
        assert "shipments/stop/" not in sitemap


def test_a_resource_and_a_page_that_were_called_otherwise_lead_on(
    write_parcels: Callable[[Path], Path], parcels: Path, target: Path, tmp_path: Path
) -> None:
    publish([parcels / "site"], target)
    root = write_parcels(tmp_path / "guide")
    (root / "reference/shipments").rename(root / "reference/parcels")
    for file in (*root.rglob("*.yaml"), *root.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(?<!/)shipments/(?=[a-z])", "parcels/", text), encoding="utf-8")
    (root / "docs/customs.md").rename(root / "docs/customs & duties.md")
    build(check(root), [OLD, MIDDLE, NEW], tmp_path / "site")
    told = refused(target, tmp_path / "site", match="would be gone")
    assert f"  {NEW}/customs/" in told
    assert f"  {NEW}/shipments/" in told

    resource, customs = root / "reference/parcels/resource.yaml", root / "docs/customs & duties.md"
    resource.write_text(f"{resource.read_text(encoding='utf-8')}formerly: shipments\n", encoding="utf-8")
    text = customs.read_text(encoding="utf-8").replace("---\n", "---\nformerly: customs.md\n", 1)
    customs.write_text(text, encoding="utf-8")
    build(check(root), [OLD, MIDDLE, NEW], tmp_path / "site")
    assert publish([tmp_path / "site"], target).gone == ()
    for folder in (OLD, MIDDLE, NEW, "latest"):
        for old, new in (
            ("shipments", "../parcels/"),
            ("shipments/get", "../../parcels/get/"),
            ("customs", "../customs%20%26%20duties/"),
        ):
            page = (target / "current" / folder / old / "index.html").read_text(encoding="utf-8")
            assert f'<meta http-equiv="refresh" content="0; url={new}">' in page


# Faults

STEPS = {
    "open",
    *(f"os.{n}" for n in ("chmod", "link", "listdir", "mkdir", "remove", "rename", "rmdir", "scandir")),
    *("os.symlink", "os.truncate", "os.utime", "shutil.copyfile", "fcntl.flock"),
}


class Faults:
    """Lets the n-th step on the file system fail, as Python's audit events tell of them."""

    def __init__(self) -> None:
        self.thread: int | None = None
        self.steps = 0
        self.at = 0
        self.is_lasting = False
        sys.addaudithook(self._step)

    def _step(self, event: str, _arguments: object) -> None:
        if self.thread == threading.get_ident() and event in STEPS:
            self.steps += 1
            if self.steps == self.at or (self.is_lasting and self.steps > self.at):
                raise OSError(28, "No space left on device")

    def during(self, work: Callable[[], object], at: int, *, is_lasting: bool) -> bool:
        """Works with a fault at a step, after which all others fail too if it lasts; whether it ended."""
        self.steps, self.at, self.is_lasting = 0, at, is_lasting
        self.thread = threading.get_ident()
        try:
            work()
        except (OSError, PublishError):
            return False
        finally:
            self.thread = None
        return True


@pytest.fixture(scope="module")
def fault() -> Faults:
    """Faults for the tests of this file; Python has no way to end them, so they are there once."""
    return Faults()


@dataclass(frozen=True)
class Small:
    """The smallest sites: the old one is online, the new one is to be."""

    old: Path
    new: Path
    target: Path

    def states(self) -> tuple[dict[str, bytes], dict[str, bytes]]:
        return contents(self.old), contents(self.new)

    def faults(
        self, fault: Faults, work: Callable[[Path], object], *, is_lasting: bool = False
    ) -> Iterator[Path]:
        """The place after a fault at each step of some work, and at last after one without."""
        for step in count(1):
            target = self.target.with_name(f"place-{step}")
            if self.target.exists():
                shutil.copytree(self.target, target, symlinks=True)
            has_ended = fault.during(partial(work, target), step, is_lasting=is_lasting)
            yield target
            shutil.rmtree(target, ignore_errors=True)
            if has_ended and fault.steps < step:
                return


@pytest.fixture
def small(site: Callable[..., Path], target: Path) -> Small:
    """Sites of one page in each of two releases, of which one changes; two builds are in the place."""
    old, new = ({"2": {"": text}, "1": {"": "first"}} for text in ("old", "new"))
    sites = [site(each, releases=("2", "1")) for each in (old, new)]
    for _ in range(2):
        publish(sites[:1], target)
    return Small(*sites, target)


@pytest.mark.parametrize("is_lasting", [False, True], ids=["a fault", "the end of the machine"])
def test_a_fault_at_any_step_of_publishing_leaves_the_old_site_or_the_new_one(
    is_lasting: bool, small: Small, fault: Faults
) -> None:
    old, new = small.states()
    seen = []
    work = partial(publish, [small.new], keep=2)
    for target in small.faults(fault, work, is_lasting=is_lasting):
        found = online(target)
        assert found in (old, new), len(seen) + 1
        seen.append(found == new)
        publish([small.new], target)
        assert online(target) == new, "the next one is published all the same"
        assert not any(path.name.startswith(".new-") for path in (target / "builds").iterdir())
    assert seen.count(False) > 50
    assert not is_lasting or seen == sorted(seen), "the old one before a step, the new one after it"
    assert seen[-1]


def test_a_fault_at_any_step_of_a_first_publishing_leaves_no_half_site(small: Small, fault: Faults) -> None:
    old, _ = small.states()
    shutil.rmtree(small.target)
    seen = []
    for target in small.faults(fault, partial(publish, [small.old])):
        is_online = (target / "current").exists()
        assert not is_online or online(target) == old, len(seen) + 1
        seen.append(is_online)
    assert seen.count(False) > 50
    assert seen[-1]


def test_what_a_publisher_left_unfinished_is_cleared_away(site: Callable[..., Path], target: Path) -> None:
    publish([site(all_of("one"))], target)
    half = target / "builds/.new-half/3"
    half.mkdir(parents=True)
    (half / "index.html").write_text("half", encoding="utf-8")
    publish([site(all_of("two"))], target)
    assert len(builds(target)) == 2
    assert not any(name.startswith(".") for name in builds(target))


def test_a_link_that_a_publisher_left_unfinished_is_cleared_away(
    site: Callable[..., Path], target: Path
) -> None:
    publish([site(all_of("one"))], target)
    (target / "builds/.new-current").symlink_to("000002-00000000")
    second = site(all_of("two"))
    publish([second], target)
    assert online(target) == contents(second)
    assert len(builds(target)) == 2


# Many at once

PUBLISHER = """
import sys
from pathlib import Path
from apiguide.site.publish import publish
print("ready", flush=True)
sys.stdin.readline()
for _ in range(3):
    publish([Path(sys.argv[1])], Path(sys.argv[2]))
"""


@pytest.fixture
def publishers() -> Iterator[Callable[[list[Path], Path], list[subprocess.Popen[str]]]]:
    """`publishers(sites, place)`: a process for each site, ready to publish it when told."""
    running: list[subprocess.Popen[str]] = []

    def start(sites: list[Path], target: Path) -> list[subprocess.Popen[str]]:
        for made in sites:
            command = [sys.executable, "-c", PUBLISHER, str(made), str(target)]
            running.append(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
        for each in running:
            assert each.stdout is not None
            assert each.stdout.readline() == "ready\n"
        return running

    yield start
    for each in running:
        each.kill()
        each.communicate()


def test_publishers_of_different_releases_at_once_lose_nothing(
    site: Callable[..., Path],
    target: Path,
    publishers: Callable[[list[Path], Path], list[subprocess.Popen[str]]],
) -> None:
    releases = tuple("87654321")
    sites = [site({release: f"guide of {release}"}, releases=releases) for release in releases]
    running = publishers(sites, target)
    for each in running:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    assert [each.wait(60) for each in running] == [0] * 8
    whole = site({release: f"guide of {release}" for release in releases}, releases=releases)
    assert online(target) == contents(whole)
    assert load(target / "current").built == load(whole).built
    assert len(builds(target)) == 5


def test_a_reader_sees_only_whole_sites(site: Callable[..., Path], target: Path) -> None:
    sites = [site(all_of(str(number) * 5000)) for number in range(10)]
    known = [contents(made) for made in sites]
    publish([sites[-1]], target)
    begun, ended = threading.Event(), threading.Event()
    mixed: list[str] = []
    seen: set[int] = set()

    def read() -> None:
        while not ended.is_set():
            for name in known[0]:
                text = (target / "current" / name).read_bytes()
                if text not in [each[name] for each in known]:
                    mixed.append(name)
            whole = contents((target / "current").resolve())
            if whole in known:
                seen.add(known.index(whole))
            else:
                mixed.append("the site as a whole")
            begun.set()
        begun.set()

    def guarded() -> None:
        try:
            read()
        except OSError as error:
            mixed.append(f"{error}")
            begun.set()

    reader = threading.Thread(target=guarded)
    reader.start()
    try:
        for made in sites:
            begun.clear()
            publish([made], target, keep=20)
            assert begun.wait(60), "the reader has been through it once"
    finally:
        ended.set()
        reader.join()
    assert mixed == []
    assert len(seen) > 2


# The commands


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_commands_say_what_is_online(site: Callable[..., Path], target: Path) -> None:
    first = site(all_of("one"))
    result = run("publish", target, "--site-dir", first)
    was = builds(target)[0]
    assert (result.exit_code, result.stderr.splitlines()[1:]) == (0, [])
    assert result.stdout == f"published 3, 2, 1 in {target / 'current'} ({was})\n"
    result = run("publish", target, "--site-dir", first)
    assert result.exit_code == 0
    assert result.stdout == f"nothing changed: {target / 'current'} has this site already ({was})\n"
    result = run("publish", target, "--site-dir", site({"2": {"": "two"}}), "--allow-gone")
    assert result.exit_code == 0
    assert "gone: 1 page\n" in result.stderr
    result = run("rollback", target)
    assert (result.exit_code, result.stdout) == (0, f"back to {was}: 3, 2, 1\n")
    assert online(target) == contents(first)


def test_the_site_of_the_project_is_published_where_none_is_named(
    parcels: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(parcels)
    assert run("publish", target).exit_code == 0
    assert online(target) == contents(parcels / "site")


def test_several_sites_are_published_as_one(site: Callable[..., Path], target: Path) -> None:
    sites = [argument for release in RELEASES for argument in ("--site-dir", site({release: "one"}))]
    assert run("publish", target, *sites).exit_code == 0
    assert online(target) == contents(site(all_of("one")))


def test_what_is_refused_ends_with_1_and_what_cannot_run_with_2(
    site: Callable[..., Path], target: Path
) -> None:
    made = site(all_of("one"))
    run("publish", target, "--site-dir", made)
    change(made)
    fewer = site(all_of("one") | {"2": {"": "two"}})
    for arguments, status, says in (
        (("publish", target, "--site-dir", made), 1, "run `apiguide build` again"),
        (("publish", target, "--site-dir", fewer), 1, "pages that are online would be gone:\n  2/call/\n"),
        (("publish", target, "--site-dir", target), 2, "holds no site"),
        (("publish", made, "--site-dir", fewer), 2, "holds other files"),
        (("rollback", target), 2, "there is no build before"),
        (("rollback", made), 2, "holds other files"),
    ):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (status, "")
        assert says in result.stderr
        assert "Traceback" not in result.output


@pytest.mark.parametrize("arguments", [("rollback", "x"), ("publish",), ("publish", "x", "--keep", "1")])
def test_wrong_usage_ends_with_2(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_fault_at_any_step_of_a_rollback_leaves_one_of_both_sites(small: Small, fault: Faults) -> None:
    old, new = small.states()
    publish([small.new], small.target)
    seen = []
    for target in small.faults(fault, rollback):
        assert online(target) in (old, new)
        seen.append(online(target) == old)
    assert len(seen) > 3
    assert seen[-1]


def test_a_rollback_to_a_build_that_is_damaged_is_refused(site: Callable[..., Path], target: Path) -> None:
    first, second = site(all_of("one")), site(all_of("two"))
    was = publish([first], target).build
    publish([second], target)
    (target / "builds" / was / "apiguide.json").unlink()
    with pytest.raises(PublishError):
        rollback(target)
    assert online(target) == contents(second)


def test_it_is_told_which_releases_stayed_as_they_were(site: Callable[..., Path], target: Path) -> None:
    publish([site(all_of("one"))], target)
    assert publish([site({"2": "two"})], target).kept == ("3", "1")
    result = run("publish", target, "--site-dir", site({"2": "three"}))
    assert "as they were: 3, 1\n" in result.stderr


def test_a_page_that_was_damaged_online_is_mended_by_publishing_again(
    site: Callable[..., Path], target: Path
) -> None:
    made = site(all_of("one"))
    publish([made], target)
    (target / "current/2/index.html").write_text("damaged", encoding="utf-8")
    publish([made], target)
    assert online(target) == contents(made)
