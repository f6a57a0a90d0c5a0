"""A build after which little has changed gives the bytes of a build of everything."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from apiguide import cache
from apiguide.cli import main
from apiguide.folders import default_macros
from apiguide.site import build as builds
from apiguide.site import exchange, warm

CALL = "reference/shipments/get.yaml"


class Guide:
    """A project that is built over and over."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.monkeypatch = monkeypatch
        self.cold = 0
        build = builds.build

        def counted(*arguments: object, **options: object) -> object:
            self.cold += 1
            return build(*arguments, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(builds, "build", counted)

    def edit(self, old: str, new: str, file: str = CALL) -> None:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def built(self, *options: str) -> tuple[dict[str, bytes], bool]:
        """The site's files after a build, and whether it was one of everything."""
        before = self.cold
        result = CliRunner().invoke(main, ["build", "--root", str(self.root), *options])
        assert result.exit_code == 0, result.output
        return files(self.root / "site"), self.cold > before

    def from_nothing(self) -> dict[str, bytes]:
        """What a build of everything gives elsewhere, with nothing kept."""
        place = self.root.parent / "elsewhere"
        with self.monkeypatch.context() as patch:
            patch.setenv(cache.CACHE, "")
            self.built("--site-dir", str(place))
        return files(place)


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def guide(write_parcels: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Guide:
    """The guide of parcels, which has been built once."""
    monkeypatch.setenv(cache.CACHE, str(tmp_path / "cache"))
    guide = Guide(write_parcels(tmp_path / "guide"), monkeypatch)
    assert guide.built()[1]
    return guide


def test_other_words_of_a_call_are_put_into_its_pages(guide: Guide) -> None:
    for old, new in (
        ("title: ", "# A comment alone.\ntitle: "),
        ("Returns one shipment", "Gives *one* shipment"),
        ("Gives *one* shipment", "Gives & <b>shows</b> `one` shipment"),
    ):
        guide.edit(old, new)
        site, was_cold = guide.built()
        assert not was_cold, new
        assert site == guide.from_nothing(), new
    assert guide.built() == (site, False)


def test_a_build_of_what_has_not_changed_touches_nothing(guide: Guide) -> None:
    before = {path: path.stat().st_mtime_ns for path in (guide.root / "site").rglob("*")}
    assert not guide.built()[1]
    assert {path: path.stat().st_mtime_ns for path in (guide.root / "site").rglob("*")} == before


def test_what_other_pages_show_too_is_a_build_of_everything(guide: Guide) -> None:
    for file, old, new in (
        (CALL, "title: ", "title: Now "),
        (CALL, "method: GET", "method: HEAD"),
        ("reference/shipments/create.yaml", "Orders the transport", "Books the transport"),  # is in docs/
        ("reference/shipments/resource.yaml", "description: ", "description: Now "),
        ("reference/guide.yaml", "title: ", "title: Now "),
        ("docs/index.md", "# ", "# Now "),
        ("mkdocs.yml", "site_name: ", "site_name: Now "),
    ):
        guide.edit(old, new, file)
        assert guide.built()[1], file
        assert not guide.built()[1], file
    (guide.root / "reference/shipments/find.yaml").write_text(
        "title: Find\nmethod: GET\npath: /shipments/find\nsafe: true\n"
        'description: Finds one.\nsince: "2025-10-01"\n'
    )
    assert guide.built()[1]
    assert guide.built("--release", "2025-04-01")[1]


def test_an_error_is_told_and_the_site_stays(guide: Guide) -> None:
    before = files(guide.root / "site")
    guide.edit("method: GET", "methd: GET")
    result = CliRunner().invoke(main, ["build", "--root", str(guide.root)])
    assert result.exit_code == 1
    assert "error[unknown-key]" in result.output
    assert files(guide.root / "site") == before


ANOTHER = {
    "reference/orders/resource.yaml": "title: Orders\ndescription: What is ordered.\n",
    "reference/orders/get.yaml": """\
title: Get order
method: GET
path: /orders/first
description: Returns the first order.
safe: true
responses: {200: {}}
""",
}


def write_another(guide: Guide) -> None:
    """Adds a resource, to which others can lead."""
    for name, text in ANOTHER.items():
        (guide.root / name).parent.mkdir(exist_ok=True)
        (guide.root / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (
            "reference/shipments/resource.yaml",
            "description: ",
            "description: Of an [order](ref:orders/get). ",
        ),
        ("reference/guide.yaml", "The request has been carried out.", '"See [orders](ref:orders/get)."'),
        (CALL, "Returns one shipment.", "Returns one shipment of an [order](ref:orders/get)."),
    ],
)
def test_links_to_calls_of_other_resources_stay(guide: Guide, file: str, old: str, new: str) -> None:
    write_another(guide)
    guide.edit(old, new, file)
    guide.built()
    guide.edit("title: ", "# A comment alone.\ntitle: ")
    site, was_cold = guide.built()
    assert not was_cold
    assert b'href="../orders/get/"' in site["latest/shipments/index.html"] or file != (
        "reference/shipments/resource.yaml"
    )
    assert site == guide.from_nothing()
    guide.edit("Returns one shipment", "Gives one shipment")
    assert guide.built() == (guide.from_nothing(), False)


def test_a_link_that_goes_is_gone(guide: Guide) -> None:
    write_another(guide)
    guide.edit("Returns one shipment.", "Returns one shipment of an [order](ref:orders/get).")
    guide.built()
    guide.edit("[order](ref:orders/get)", "order")
    assert guide.built() == (guide.from_nothing(), False)


def test_what_is_saved_while_everything_is_built_is_not_taken_for_built(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = builds.build

    def slow(*arguments: object, **options: object) -> object:
        guide.edit("Returns one shipment", "Gives one shipment")
        guide.edit("# ", "# Now ", "docs/index.md")
        return build(*arguments, **options)  # type: ignore[arg-type]

    guide.edit("title: ", "title: Now ", "reference/guide.yaml")
    with monkeypatch.context() as patch:
        patch.setattr(builds, "build", slow)
        guide.built()
    assert guide.built()[0] == guide.from_nothing()


@pytest.mark.parametrize("old", ["description: Returns one shipment.\n", "Returns one shipment."])
def test_a_page_without_a_description_is_built(guide: Guide, old: str) -> None:
    guide.edit(old, "" if old.endswith("\n") else '"&nbsp;"')
    assert guide.built()[0] == guide.from_nothing()
    guide.edit("method: GET", "method: GET\n# Now.")
    assert guide.built()[0] == guide.from_nothing()


@pytest.mark.parametrize(
    ("settings", "old", "new", "code"),
    [
        ("debt: {shipments: 0}", "method: GET", "method: GET\nincomplete: [reply]", "over-budget"),
        (
            "",
            "description: R",
            'deprecated: {since: "2024-10-01", use: shipments/nope}\ndescription: R',
            "unk",
        ),
    ],
)
def test_what_a_check_refuses_is_refused(guide: Guide, settings: str, old: str, new: str, code: str) -> None:
    with (guide.root / "reference/guide.yaml").open("a", encoding="utf-8") as file:
        file.write(f"{settings}\n")
    before, _ = guide.built()
    guide.edit(old, new)
    result = CliRunner().invoke(main, ["build", "--root", str(guide.root)])
    assert result.exit_code == 1
    assert f"error[{code}" in result.output
    assert files(guide.root / "site") == before


def test_what_a_call_causes_in_another_file_is_refused(guide: Guide) -> None:
    before, _ = guide.built()
    guide.edit("description: R", "parameters: {path: {id: {max_length: 1}}}\ndescription: R")
    cold = CliRunner().invoke(main, ["check", "--root", str(guide.root)])
    result = CliRunner().invoke(main, ["build", "--root", str(guide.root)])
    assert (cold.exit_code, result.exit_code) == (1, 1)
    assert files(guide.root / "site") == before


@pytest.mark.parametrize("written", ["orders&#47;get", "orders/g&#101;t"])
def test_a_link_however_it_is_written_is_one(guide: Guide, written: str) -> None:
    write_another(guide)
    guide.built()
    guide.edit("Returns one shipment.", f"Returns one shipment of an [order](ref:{written}).")
    assert guide.built()[0] == guide.from_nothing()


def test_debt_that_moves_from_one_resource_to_another_is_counted(guide: Guide) -> None:
    write_another(guide)
    with (guide.root / "reference/guide.yaml").open("a", encoding="utf-8") as file:
        file.write("debt: {shipments: 1, orders: 0}\n")
    guide.edit("method: GET", "method: GET\nincomplete: [reply]")
    guide.built()
    guide.edit("incomplete: [reply]\n", "")
    guide.edit("method: GET", "method: GET\nincomplete: [reply]", "reference/orders/get.yaml")
    result = CliRunner().invoke(main, ["build", "--root", str(guide.root)])
    assert result.exit_code == 1
    assert "error[over-budget]" in result.output


def test_bytes_that_are_no_text_are_not_taken_for_the_sign_that_stands_for_them(guide: Guide) -> None:
    guide.edit("Returns one", "Returns \N{REPLACEMENT CHARACTER} one")
    guide.built()
    call = guide.root / CALL
    call.write_bytes(call.read_bytes().replace(b"\xef\xbf\xbd", b"\xff"))
    result = CliRunner().invoke(main, ["build", "--root", str(guide.root)])
    assert result.exit_code == 1
    assert "error[not-utf-8]" in result.output


def test_a_call_is_found_in_pages_however_its_id_is_written(guide: Guide) -> None:
    for written in ('"shipments\\x2fget"', '"shipments/" "get"'):
        with (guide.root / "docs/index.md").open("a", encoding="utf-8") as file:
            file.write(f"\n{{{{ replies({written}) }}}}\n")
        guide.built()
        guide.edit("method: GET", "method: GET\n# Now.")
        assert guide.built()[1]


def test_a_build_that_was_killed_leaves_nothing_for_long(guide: Guide) -> None:
    left = guide.root / ".site.abcd1234"
    left.mkdir()
    assert not guide.built()[1]
    assert not left.exists()


def test_a_folder_that_somebody_made_in_the_site_is_not_kept(guide: Guide) -> None:
    (guide.root / "site/latest/more").mkdir()
    guide.built()
    assert not (guide.root / "site/latest/more").exists()


def test_it_waits_for_another_build_of_the_same_folder(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[Path] = []

    @contextmanager
    def alone(lock: Path) -> Iterator[None]:
        with exchange.alone(lock):
            held.append(lock)
            yield
            held.remove(lock)

    @contextmanager
    def beside(place: Path) -> Iterator[Path]:
        assert held == [exchange.lock_of(place)]
        with exchange.beside(place) as new:
            yield new

    monkeypatch.setattr(warm, "alone", alone)
    monkeypatch.setattr(warm, "beside", beside)
    guide.edit("Returns one shipment", "Gives one shipment")
    assert not guide.built()[1]
    assert held == []


@pytest.mark.parametrize("has_hooks", [False, True])
def test_a_folder_that_cannot_keep_anything_does_no_harm(
    guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_hooks: bool
) -> None:
    if has_hooks:
        (guide.root / "hook.py").write_text("")
        guide.edit("plugins:", "hooks: [hook.py]\nplugins:", "mkdocs.yml")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(cache.CACHE, str(tmp_path / "file/cache"))
    assert guide.built()[1]


def test_an_entry_of_which_a_digit_is_another_is_none(guide: Guide, tmp_path: Path) -> None:
    (entry,) = (tmp_path / "cache").glob("site-*.json")
    text = entry.read_bytes()
    digit = text.rindex(b'", "') - 1 if b'", "' in text else len(text) - 10
    entry.write_bytes(text[:digit] + (b"0" if text[digit : digit + 1] != b"0" else b"1") + text[digit + 1 :])
    assert guide.built()[1]


def test_a_damaged_entry_or_site_is_no_worse_than_none(guide: Guide, tmp_path: Path) -> None:
    site = guide.built()[0]
    for damage in ("", "{", "[]", '{"key": 1}', "null"):
        (entry,) = (tmp_path / "cache").glob("site-*.json")
        entry.write_text(damage, encoding="utf-8")
        assert guide.built() == (site, True), damage
    page = guide.root / "site" / "latest" / "shipments" / "get" / "index.html"
    page.write_text("nothing", encoding="utf-8")
    assert guide.built() == (site, True)
    shutil.rmtree(guide.root / "site")
    assert guide.built() == (site, True)


def test_where_a_hook_may_show_anything_everything_is_built(guide: Guide) -> None:
    hook = guide.root / "hook.py"
    hook.write_text("def on_post_page(output, page, config):\n    return output.replace('one', 'ONE')\n")
    guide.edit("plugins:", "hooks: [hook.py]\nplugins:", "mkdocs.yml")
    guide.built()
    guide.edit("Returns one shipment", "Gives one shipment")
    site, _ = guide.built()
    assert b"Gives ONE shipment" in site["latest/shipments/get/index.html"]
    assert site == guide.from_nothing()
    hook.write_text(hook.read_text().replace("ONE", "1"))
    assert guide.built()[1]


def test_what_a_link_leads_to_counts(guide: Guide) -> None:
    shipped = (default_macros() / "notes.html.jinja").read_text(encoding="utf-8")
    elsewhere = guide.root / "elsewhere"
    elsewhere.mkdir()
    notes = elsewhere / "notes.html.jinja"
    notes.write_text(shipped, encoding="utf-8")
    (guide.root / "macros").mkdir(exist_ok=True)
    for is_folder in (False, True):
        if is_folder:
            shutil.rmtree(guide.root / "macros")
            (guide.root / "macros").symlink_to(elsewhere)
        else:
            (guide.root / "macros/notes.html.jinja").symlink_to(notes)
        guide.built()
        word = f"our-{is_folder}"
        notes.write_text(
            shipped.replace('class="admonition ', f'class="{word} admonition '), encoding="utf-8"
        )
        site, was_cold = guide.built()
        assert was_cold
        assert any(word.encode() in page for page in site.values())


def test_a_file_that_is_none_of_a_guide_is_told_though_no_call_has_changed(guide: Guide) -> None:
    (guide.root / "reference/shipments/notes.txt").write_text("x")
    result = CliRunner().invoke(main, ["build", "--root", str(guide.root)])
    assert result.exit_code == 1
    assert "error[unexpected-file]" in result.output
