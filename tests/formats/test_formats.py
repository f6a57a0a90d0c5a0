"""The formats that CI systems read: the same findings in each, whatever their texts hold."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apiguide import __version__
from apiguide.checks.registry import RULES
from apiguide.formats import FORMATS, entries, for_github, render
from apiguide.problems import Problem, Severity, Source

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
SARIF = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())

TEXT = "titel: Get book\nmethod: GET\n"


def at(
    code: str = "unknown-key",
    message: str = "`titel` is not a key of an endpoint",
    hint: str | None = "did you mean `title`?",
    *,
    path: str = "reference/books/get.yaml",
    start: tuple[int, int] = (0, 0),
    end: tuple[int, int] = (0, 5),
) -> Problem:
    where = Source(path, TEXT).mark(start, end)
    return Problem(code, message, where, hint, RULES[code].severity)


SLIP = at()
WARNING = at("no-description", "the endpoint `Get book` has no description", None, start=(1, 0), end=(1, 6))

Found = set[tuple[str, int, int, str, str]]


def read(format_: str, text: str) -> Found:
    """What a report says: path, line, column, code and words of each finding."""
    return {"github": github, "gitlab": gitlab, "json": plain, "junit": junit, "sarif": sarif}[format_](text)


def plain(text: str) -> Found:
    found = set()
    for each in json.loads(text):
        words = f"{each['message']}; {each['hint']}" if each["hint"] else each["message"]
        found.add((each["path"], each["line"], each["column"], each["code"], words))
    return found


def github(text: str) -> Found:
    found = set()
    for line in text.split("\n") if text else ():
        match = re.fullmatch(r"::(error|warning) ([^:]*)::(.*)", line)
        assert match, line
        location = dict(pair.split("=", 1) for pair in match[2].split(","))
        decoded = {key: unescaped(value) for key, value in location.items()}
        column = int(decoded.get("col", 1))
        found.add((decoded["file"], int(decoded["line"]), column, decoded["title"], unescaped(match[3])))
    return found


def unescaped(text: str) -> str:
    for sign, code in ((",", "%2C"), (":", "%3A"), ("\n", "%0A"), ("\r", "%0D"), ("%", "%25")):
        text = text.replace(code, sign)
    return text


def gitlab(text: str) -> Found:
    found = set()
    for each in json.loads(text):
        begin = each["location"]["positions"]["begin"]
        location = (each["location"]["path"], begin["line"], begin["column"])
        found.add((*location, each["check_name"], each["description"]))
    return found


def junit(text: str) -> Found:
    found = set()
    for case in ElementTree.fromstring(text).iter("testcase"):
        for each in (*case.iter("failure"), *case.iter("skipped")):
            code, _, location = case.attrib["name"].partition(" at ")
            line, column = map(int, location.split(":"))
            words = (each.text or "").partition(f"[{code}]: ")[2]
            found.add((case.attrib["file"], line, column, code, words))
    return found


def sarif(text: str) -> Found:
    log = json.loads(text)
    SARIF.validate(log)
    found = set()
    for each in log["runs"][0]["results"]:
        location = each["locations"][0]["physicalLocation"]
        region = location["region"]
        where = (unquote(location["artifactLocation"]["uri"]), region["startLine"], region["startColumn"])
        found.add((*where, each["ruleId"], each["message"]["text"]))
    return found


@pytest.mark.parametrize("format_", FORMATS)
def test_each_format_says_what_is_wrong_where_and_how_to_mend_it(format_: str) -> None:
    assert read(format_, render(format_, [WARNING, SLIP])) == {
        (SLIP.where.source.path, 1, 1, "unknown-key", f"{SLIP.message}; {SLIP.hint}"),
        (WARNING.where.source.path, 2, 1, "no-description", WARNING.message),
    }


HOSTILE = [
    "a\nb\r\nc",
    "100%, and: more",
    "::error::x%0Ay",
    "]]><failure/>&amp;\"'",
    "\x00\x1b[31m\u202e\u2028\ufeff",
    "\ud800 and \udfff",
    "\ufffe\uffff",
    "𝒳é漢",
    "%25%0A",
]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_a_report(format_: str, text: str) -> None:
    problem = at(message=f"<{text}>", hint=f"not {text}", path=f"reference/{text}.yaml")
    report = render(format_, [problem, SLIP])
    report.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]", report)
    found = read(format_, report)
    assert len(found) == 2
    assert any(words.startswith("<") for *_, words in found)


WORDS = st.text(max_size=20)
PLACE = st.tuples(st.integers(0, 4), st.integers(0, 20))


@given(
    st.lists(
        st.builds(
            at,
            st.sampled_from(sorted(RULES)),
            WORDS,
            st.one_of(st.none(), WORDS),
            start=PLACE,
            end=st.just((4, 20)),
            path=st.sampled_from(["reference/a.yaml", "docs/b:c,d%.md", "reference/é 漢.yaml"]),
        ),
        max_size=4,
    )
)
def test_the_same_findings_are_in_each(problems: list[Problem]) -> None:
    expected = read("json", render("json", problems))
    for format_ in FORMATS:
        found = read(format_, render(format_, problems))
        if format_ == "github":  # it has no columns of what goes on in further lines
            expected_here = {(path, line, code, words) for path, line, _, code, words in expected}
            assert {(path, line, code, words) for path, line, _, code, words in found} == expected_here
        elif format_ == "junit":  # XML has no noncharacters
            assert len(found) <= len(expected)
            assert {each[:4] for each in found} == {each[:4] for each in expected}
        else:
            assert found == expected


@pytest.mark.parametrize("format_", FORMATS)
def test_all_findings_are_in_a_report_however_many(format_: str) -> None:
    problems = [at(message=f"number {n}") for n in range(250)]
    assert len(read(format_, render(format_, problems))) == 250


@pytest.mark.parametrize("format_", FORMATS)
def test_a_report_of_nothing_is_valid_too(format_: str) -> None:
    assert read(format_, render(format_, [])) == set()


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_findings_make_the_same_bytes(format_: str) -> None:
    assert render(format_, [SLIP, WARNING, SLIP]) == render(format_, [WARNING, SLIP])


@pytest.mark.parametrize("format_", FORMATS)
def test_paths_are_seen_from_where_the_command_runs(format_: str) -> None:
    for base, path in (("guides/parcels", "guides/parcels/"), (".", ""), ("../other", "../other/")):
        ((found, *_),) = read(format_, render(format_, [SLIP], base))
        assert found == f"{path}reference/books/get.yaml"


# What single formats have of their own.


def test_github_gets_the_end_of_what_is_wrong_and_columns_only_within_a_line() -> None:
    assert render("github", [SLIP]) == (
        "::error file=reference/books/get.yaml,line=1,endLine=1,col=1,endColumn=6,title=unknown-key"
        "::`titel` is not a key of an endpoint; did you mean `title`?"
    )
    assert render("github", [at(end=(1, 6))]).startswith(
        "::error file=reference/books/get.yaml,line=1,endLine=2,title="
    )


def test_github_gets_what_is_in_changed_files_first_and_a_line_for_accepted_debt() -> None:
    problems = [at(path=f"reference/{name}.yaml") for name in "abc"]
    lines = for_github(problems, "api", changed={"reference/b.yaml"}, accepted=3).splitlines()
    assert [re.findall("file=api/reference/(.).yaml", line) for line in lines] == [["b"], ["a"], ["c"], []]
    assert lines[-1].startswith("::notice title=debt::debt within its budget: 3; ")
    assert for_github(problems) == render("github", problems)


def test_a_fingerprint_stays_while_a_finding_moves_and_tells_all_from_each_other() -> None:
    (first,), (moved,) = entries([SLIP]), entries([at(start=(1, 0), end=(1, 6))])
    assert first.fingerprint == moved.fingerprint
    others = [
        at(path="reference/books/list.yaml"),
        at("missing-key"),
        at(message="`titl` is not a key of an endpoint"),
        at(start=(1, 0)),
    ]
    prints = [each.fingerprint for each in entries([SLIP, *others])]
    assert len(set(prints)) == 5


def test_gitlab_gets_what_its_schema_asks_for() -> None:
    (error, warning) = json.loads(render("gitlab", [SLIP, WARNING]))
    assert (error["severity"], warning["severity"]) == ("major", "minor")
    assert re.fullmatch("[0-9a-f]{64}", error["fingerprint"])
    assert error["location"]["positions"]["end"] == {"line": 1, "column": 6}


def run_of(problems: list[Problem]) -> dict[str, Any]:
    log = json.loads(render("sarif", problems))
    SARIF.validate(log)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_sarif_carries_the_pages_of_the_rules_that_found_something() -> None:
    run = run_of([WARNING, SLIP, at(start=(1, 0))])
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["unknown-key", "no-description"]
    assert rules[0]["shortDescription"]["text"] == RULES["unknown-key"].title()
    assert "requierd" in rules[0]["help"]["markdown"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert rules[result["ruleIndex"]]["defaultConfiguration"]["level"] == result["level"]


def test_sarif_names_the_version_of_the_tool() -> None:
    driver = run_of([])["tool"]["driver"]
    assert (driver["version"], driver["semanticVersion"]) == (__version__, __version__)


def test_sarif_counts_columns_in_characters() -> None:
    source = Source("reference/a.yaml", "é𝒳漢: x\n")
    run = run_of([Problem("unknown-key", "It is wrong", source.mark((0, 0), (0, 3)))])
    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (1, 4)


def test_every_rule_makes_valid_sarif() -> None:
    problems = [at(code) for code in RULES]
    assert len(run_of(problems)["tool"]["driver"]["rules"]) == len(RULES)


def test_junit_endpoints_failed_what_fails_the_check() -> None:
    def numbers(*, strict: bool) -> tuple[str, ...]:
        whole = ElementTree.fromstring(render("junit", [SLIP, WARNING], strict=strict))
        for each in (whole, *whole):
            assert (each.attrib["tests"], each.attrib["errors"]) == ("2", "0")
        return whole.attrib["failures"], whole.attrib["skipped"]

    assert numbers(strict=False) == ("1", "1")
    assert numbers(strict=True) == ("2", "0")


def test_junit_of_nothing_is_a_test_that_passed() -> None:
    whole = ElementTree.fromstring(render("junit", []))
    assert (whole.attrib["tests"], whole.attrib["failures"]) == ("1", "0")


def test_a_severity_is_the_same_word_everywhere() -> None:
    assert json.loads(render("json", [WARNING]))[0]["severity"] == Severity.WARNING
    assert render("github", [WARNING]).startswith("::warning ")
    assert run_of([WARNING])["results"][0]["level"] == "warning"
