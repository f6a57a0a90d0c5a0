"""Texts of pages: catalogues, what stands in them, what is said of wrong ones."""

from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

from apiguide.changes import RULES, Impact
from apiguide.model import TYPES
from apiguide.problems import ProblemsError
from apiguide.texts import english, said, texts_of
from apiguide.yaml_source import Map, load

FOLDER = Path(texts_of.__code__.co_filename).parent
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
Own = Callable[..., Path]


@pytest.fixture
def own(tmp_path: Path) -> Own:
    """`own(text, language)`: a project with a catalogue of its own."""

    def project(text: str, language: str = "de") -> Path:
        (tmp_path / "texts").mkdir()
        (tmp_path / "texts" / f"{language}.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "mkdocs.yml").write_text(
            f"site_name: A\ntheme:\n  name: material\n  language: {language}\n"
        )
        return tmp_path

    return project


def problems(root: Path, language: str = "de") -> list[str]:
    with pytest.raises(ProblemsError) as raised:
        texts_of(language, root)
    return [str(each) for each in raised.value.problems]


def keys(language: str) -> dict[str, list[str]]:
    root = load((FOLDER / f"{language}.yaml").read_bytes(), f"{language}.yaml").root
    assert isinstance(root, Map)
    return {section: [*texts] for section, texts in root.items()}


# Catalogues of ours.


def test_there_are_english_and_german() -> None:
    assert LANGUAGES == ["de", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_have_the_same_texts_in_the_same_order(language: str) -> None:
    assert [*keys(language).items()] == [*keys("en").items()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_of_ours_is_right_as_one_of_a_project_must_be(own: Own, language: str) -> None:
    root = own((FOLDER / f"{language}.yaml").read_text("utf-8"), language)
    assert texts_of(language, root).section("names") == texts_of(language).section("names")


@pytest.mark.parametrize("section", ["types", "many", "kinds"])
def test_each_type_has_a_name(section: str) -> None:
    assert {*TYPES} <= {*keys("en")[section]}


def test_each_break_has_a_meaning() -> None:
    assert keys("en")["breaks"] == [code for code, rule in RULES.items() if rule.impact is Impact.BREAKING]


# What is said.


def test_values_stand_where_their_names_are() -> None:
    assert english().text("badges.new", release="1.1") == "new in 1.1"
    assert texts_of("de").text("badges.new", release="1.1") == "neu in 1.1"


def test_a_value_is_escaped_unless_it_is_html() -> None:
    assert english().html("badges.new", release="<1>") == Markup("new in &lt;1&gt;")
    assert english().html("badges.new", release=Markup("<b>1</b>")) == Markup("new in <b>1</b>")
    assert english().text("badges.new", release="<1>") == "new in <1>"


def test_a_text_is_escaped(own: Own) -> None:
    texts = texts_of("de", own('badges: {new: "<b>neu</b> in {release}"}'))
    assert texts.html("badges.new", release="1") == "&lt;b&gt;neu&lt;/b&gt; in 1"


def test_braces_in_a_value_are_no_names() -> None:
    assert english().html("badges.new", release="{release}") == "new in {release}"


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("en", 0, "0 endpoints"),
        ("en", 1, "1 endpoint"),
        ("en", 1234, "1,234 endpoints"),
        ("de", 1, "1 Endpunkt"),
        ("de", 1234, "1.234 Endpunkte"),
    ],
)
def test_a_number_chooses_the_form(language: str, count: int, words: str) -> None:
    assert texts_of(language).text("counts.endpoint", count=count) == words


def test_a_language_has_as_many_forms_as_it_needs(own: Own) -> None:
    root = own(_with_forms("few", "many"), "pl")
    texts = texts_of("pl", root)
    assert [texts.text("counts.endpoint", count=n) for n in (1, 2, 5)] == ["1 one", "2 few", "5 many"]


def _with_forms(*more: str) -> str:
    """A whole catalogue for a language with more forms than English."""
    lines = []
    root = load((FOLDER / "en.yaml").read_bytes(), "en.yaml").root
    assert isinstance(root, Map)
    for section, texts in root.items():
        lines.append(f"{section}:")
        for key, text in texts.items():
            if isinstance(text, Map):
                other = text["other"] if (section, key) != ("counts", "endpoint") else "{count}"
                forms = ("one", *more, "other")
                lines.append(f"  {key}:")
                lines += [f'    {form}: "{other} {form}"' for form in forms]
            else:
                lines.append(f"  {key}: '{text.replace(chr(39), chr(39) * 2)}'")
    return "\n".join(lines) + "\n"


def test_parts_are_listed_as_the_language_does() -> None:
    assert english().listed(["a", "b", "c"]) == "a, b and c"
    assert texts_of("de").listed(["a", "b", "c"]) == "a, b und c"


def test_what_is_said_later_is_said_in_any_language() -> None:
    values = said("differences.values-gone", values=("a", "b"))
    each = said("differences.sentence", subject=said("differences.parameter-query", path="x"), what=values)
    assert each.by(english()) == "Query parameter `x` can no longer be `a` and `b`."
    assert each.by(texts_of("de")) == "Query-Parameter `x` kann nicht mehr `a` und `b` sein."


def test_a_key_that_is_none_is_said_to_be() -> None:
    with pytest.raises(LookupError, match=r"there is no text 'badges\.old'"):
        english().html("badges.old")


# Catalogues of projects.


def test_the_catalogue_of_a_project_lies_over_ours(own: Own) -> None:
    texts = texts_of("de", own('badges: {new: "frisch in {release}"}'))
    assert texts.text("badges.new", release="2") == "frisch in 2"
    assert texts.text("badges.since", release="2") == "seit 2"


def test_a_dialect_has_the_texts_of_its_language(own: Own) -> None:
    texts = texts_of("de-AT", own('badges: {new: "heuer in {release}"}', "de-AT"))
    assert texts.text("badges.new", release="2") == "heuer in 2"
    assert texts.text("badges.since", release="2") == "seit 2"


def test_a_language_without_a_catalogue_is_told_with_the_file_to_write(own: Own) -> None:
    root = own("badges: {}")
    (root / "mkdocs.yml").write_text("site_name: A\ntheme:\n  name: material\n  language: fr # French\n")
    with pytest.raises(ProblemsError) as raised:
        texts_of("fr", root)
    (problem,) = raised.value.problems
    assert str(problem) == (
        "mkdocs.yml:4:13: error[unknown-word]: there are no texts of pages in `fr`: "
        "apiguide has those of `de` and `en`"
    )
    assert problem.hint == f"copy {FOLDER / 'en.yaml'} to texts/fr.yaml and translate it"


@pytest.mark.parametrize("language", ["xx-klingon-xx", "../de", ""])
def test_a_language_that_is_none_is_told(own: Own, language: str) -> None:
    assert "is no language that CLDR knows" in problems(own("badges: {}"), language)[0]


def test_a_whole_catalogue_makes_any_language_possible(own: Own) -> None:
    text = (FOLDER / "en.yaml").read_text("utf-8").replace("new in {release}", "nieuw in {release}")
    assert texts_of("nl", own(text, "nl")).text("badges.new", release="2") == "nieuw in 2"


def test_a_catalogue_of_another_language_needs_all_texts(own: Own) -> None:
    (told,) = problems(own('badges: {new: "nieuw in {release}"}', "nl"), "nl")
    assert told.startswith(
        "texts/nl.yaml:1:1: error[missing-key]: the catalogue needs all texts, and lacks `absent.lead`, "
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "texts/de.yaml:1:1: error[wrong-kind]: a catalogue is a mapping of sections"),
        ("badge: {new: a}", "texts/de.yaml:1:1: error[unknown-key]: `badge` is not a section of texts"),
        ("badges: a", "texts/de.yaml:1:9: error[wrong-kind]: `badges` is a mapping of texts"),
        ("badges:\n  neww: a", "texts/de.yaml:2:3: error[unknown-key]: `neww` is not a text of `badges`"),
        ("badges:\n  new: {a: b}", "texts/de.yaml:2:8: error[wrong-kind]: `badges.new` is a text"),
        (
            "badges:\n  new: neu",
            "texts/de.yaml:2:8: error[missing-key]: `badges.new` lacks `{release}`",
        ),
        (
            'badges:\n  required: "{x} da"',
            "texts/de.yaml:2:13: error[unknown-word]: `{x}` is not known to `badges.required`",
        ),
        (
            'badges:\n  required: "da }"',
            "texts/de.yaml:2:13: error[unknown-word]: `badges.required` has a brace that names no value",
        ),
        ('badges:\n  required: ""', "texts/de.yaml:2:13: error[empty-text]: `badges.required` is empty"),
        (
            "counts:\n  value: Werte",
            "texts/de.yaml:2:10: error[wrong-kind]: `counts.value` depends on a number",
        ),
        (
            'counts:\n  value: {other: "{count} Werte"}',
            "texts/de.yaml:2:3: error[missing-key]: `counts.value` lacks the form `one`",
        ),
        (
            'counts:\n  value: {one: Wert, few: Werte, other: "{count} Werte"}',
            "texts/de.yaml:2:22: error[unknown-key]: `few` is not a form that the language has",
        ),
        (
            'counts:\n  value: {one: [a], other: "{count} Werte"}',
            "texts/de.yaml:2:16: error[wrong-kind]: `one` is a text",
        ),
        ("badges:\n  new: [", "texts/de.yaml:2:9: error[yaml-syntax]"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(own: Own, text: str, told: str) -> None:
    (found,) = problems(own(text))
    assert found.startswith(told)


@pytest.mark.parametrize("name", ["texts", "texts/de.yaml"])
def test_a_link_is_not_followed(tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "de.yaml").write_text("badges: {required: Pflicht}")
    root = tmp_path / "guide"
    (root / name).parent.mkdir(parents=True)
    (root / name).symlink_to(elsewhere if name == "texts" else elsewhere / "de.yaml")
    (told,) = problems(root)
    assert "`texts/de.yaml` is a symbolic link" in told


def test_a_catalogue_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "texts" / "de.yaml").mkdir(parents=True)
    assert problems(tmp_path)[0].startswith(
        "texts/de.yaml:1:1: error[unreadable-file]: the file cannot be read"
    )


def test_a_form_may_leave_the_number_out(own: Own) -> None:
    texts = texts_of("de", own('counts: {value: {one: ein Wert, other: "{count} Werte"}}'))
    assert texts.text("counts.value", count=1) == "ein Wert"
