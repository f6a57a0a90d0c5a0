"""`apiguide check` with all that can be asked of it, and `apiguide rule`."""

import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from tests.parcels import write

from apiguide.checks.registry import FAMILIES, RULES
from apiguide.cli import main
from apiguide.formats import FORMATS

GET, GUIDE = "reference/shipments/get.yaml", "reference/guide.yaml"
DESCRIPTION = "description: Returns one shipment.\n"


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, [*map(str, arguments)])


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The starter's guide, without a problem."""
    write(tmp_path)
    return tmp_path


@pytest.fixture
def poor(root: Path) -> Path:
    """The guide with a warning."""
    edit(root / GET, DESCRIPTION, "")
    return root


@pytest.fixture
def wrong(poor: Path) -> Path:
    """The guide with a warning and an error."""
    edit(poor / "reference/shipments/create.yaml", "object: shipment", "object: shipmet")
    return poor


# Exit codes


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A guide without problems, one with a warning, one with an error, each with a cache of its own."""
    found = {}
    for kind in ("good", "poor", "wrong"):
        root = tmp_path_factory.mktemp(kind)
        write(root / "guide")
        if kind == "poor":
            edit(root / "guide" / GET, DESCRIPTION, "")
        if kind == "wrong":
            edit(root / "guide" / GET, "object: shipment", "object: shipmet")
        found[kind] = root
    return found


FLAGS = ("--strict", "--debt", "--quiet", "--statistics", "--output FILE")
CHOICES = ("", "--select no-description", "--ignore text", "--select todo", "--select references")
ALL_FORMATS = ("text", *FORMATS)


def subsets(flags: Iterable[str]) -> Iterator[tuple[str, ...]]:
    flags = tuple(flags)
    for number in range(len(flags) + 1):
        yield from combinations(flags, number)


def expected(kind: str, flags: tuple[str, ...], choice: str, format_: str) -> int:
    """What the handbook promises."""
    counts_two_ways = "--debt" in flags and "--statistics" in flags
    debt_for_a_machine = "--debt" in flags and format_ != "text"
    if counts_two_ways or debt_for_a_machine or ("--statistics" in flags and format_ not in ("text", "json")):
        return 2
    if kind == "wrong":  # by an object that is not there
        return 1 if choice in ("", "--ignore text", "--select references") else 0
    if kind == "poor":
        return 1 if "--strict" in flags and choice in ("", "--select no-description") else 0
    return 0


@pytest.mark.parametrize("kind", ["good", "poor", "wrong"])
@pytest.mark.parametrize("format_", ALL_FORMATS)
def test_the_exit_code_is_that_of_the_table_whatever_is_asked_for(
    kind: str, format_: str, guides: dict[str, Path]
) -> None:
    root = guides[kind]
    for flags, choice in product(subsets(FLAGS), CHOICES):
        words = " ".join((*flags, choice)).replace("FILE", str(root / "report")).split()
        result = run(
            *("check", "--root", root / "guide", "--format", format_, *words),
            APIGUIDE_CACHE=str(root / "cache"),
        )
        told = f"{kind} {format_} {' '.join(words)}\n{result.output}"
        assert result.exit_code == expected(kind, flags, choice, format_), told
        assert isinstance(result.exception, SystemExit | None), told
        if result.exit_code == 2:
            assert "Error: " in result.stderr
            continue
        assert ("--quiet" in flags) == (result.stderr == ""), told
        if "--output FILE" in flags:
            assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "xml"],
        ["--select", "nothing"],
        ["--ignore", "unknown-key"],
        ["--ignore", "structure"],
        ["--select", ""],
        ["--select", "todo,,text"],
        ["--output", "no/such/folder/report"],
        ["--against", "nowhere"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_ends_with_2(arguments: list[str], root: Path) -> None:
    result = run("check", "--root", root, *arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert "Traceback" not in result.output


# What is told


def codes(result: Result) -> set[str]:
    return {each["code"] for each in json.loads(result.stdout)}


def test_rules_are_selected_one_by_one_in_lists_and_by_family(wrong: Path) -> None:
    def told(*arguments: str) -> set[str]:
        return codes(run("check", "--root", wrong, "--format", "json", *arguments))

    assert told() == {"unknown-object", "no-description"}
    assert told("--select", "no-description") == {"no-description"}
    assert told("--select", "todo", "--select", "no-description") == {"no-description"}
    assert told("--select", "todo, no-description") == {"no-description"}
    assert told("--select", "text,references") == {"unknown-object", "no-description"}
    assert told("--ignore", "text") == {"unknown-object"}
    assert told("--select", "text", "--ignore", "no-description") == set()


def test_the_summary_says_how_much_is_left_out(wrong: Path) -> None:
    result = run("check", "--root", wrong, "--select", "no-description")
    assert result.stderr == (
        "not checked in full: reference/shipments/create.yaml, since it has errors\n"
        "3 endpoints in 1 resource: 1 warning; 1 more is left out\n"
    )
    result = run("check", "--root", wrong, "--select", "todo")
    assert result.stderr.endswith("\n3 endpoints in 1 resource: no problems; 2 more are left out\n")


def test_what_keeps_a_file_from_being_read_is_told_whatever_is_selected(root: Path) -> None:
    edit(root / GET, "method:", "methd:")
    result = run("check", "--root", root, "--select", "todo")
    assert result.exit_code == 1
    assert "error[unknown-key]" in result.stdout


@pytest.mark.parametrize(
    ("option", "word", "says"),
    [
        ("--select", "unknwn-key", "there is no rule `unknwn-key`; did you mean `unknown-key`?"),
        ("--ignore", "doc", "there is no rule `doc`; did you mean `docs`?"),
        ("--ignore", "unknown-key", "`unknown-key` reports errors, which cannot be ignored"),
        ("--select", "\x1b[31m", "there is no rule `\ufffd[31m`"),
    ],
)
def test_a_code_that_is_none_is_answered(option: str, word: str, says: str, root: Path) -> None:
    result = run("check", "--root", root, option, word)
    assert result.exit_code == 2
    assert f"Invalid value for {option}: {says}" in " ".join(result.stderr.split())


def test_quiet_tells_what_is_found_and_nothing_else(wrong: Path, root: Path) -> None:
    loud, quiet = run("check", "--root", wrong), run("check", "--root", wrong, "-q")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (1, loud.stdout, "")


def test_statistics_count_by_code_the_most_frequent_first(wrong: Path) -> None:
    edit(wrong / "reference/shipments/list.yaml", "description: ", "description: TODO ")
    edit(wrong / "reference/shipments/resource.yaml", "title: ", "title: TODO ")
    result = run("check", "--root", wrong, "--statistics")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "2  warning  todo            A text that readers see contains `TODO`, `FIXME`, `TBD` or `XXX`.",
        "1  warning  no-description  A part has no description.",
        "1  error    unknown-object  There is no object with that name.",
    ]
    counted = json.loads(run("check", "--root", wrong, "--statistics", "--format", "json").stdout)
    assert [(each["code"], each["count"]) for each in counted] == [
        ("todo", 2),
        ("no-description", 1),
        ("unknown-object", 1),
    ]


@pytest.mark.parametrize("format_", ALL_FORMATS)
def test_a_file_gets_what_the_terminal_would(format_: str, wrong: Path) -> None:
    command = ("check", "--root", wrong, "--format", format_)
    printed = run(*command)
    render = run(*command, "--output", wrong / "report")
    assert (wrong / "report").read_bytes().decode("utf-8") == printed.stdout
    assert (render.exit_code, render.stdout, render.stderr) == (1, "", printed.stderr)


def test_debt_counts_what_is_told(poor: Path) -> None:
    assert "shipments     1          no-description 1" in run("check", "--root", poor, "--debt").stdout
    assert run("check", "--root", poor, "--debt", "--ignore", "no-description").stdout == "no debt\n"


def test_a_comparison_with_a_former_guide_is_told_in_every_format(root: Path) -> None:
    settings = ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", "-c", "commit.gpgSign=false"]
    for arguments in (["init", "-q"], ["add", "--all"], ["commit", "-qm", "A guide"]):
        subprocess.run(["git", *settings, *arguments], cwd=root, check=True, capture_output=True)
    edit(root / GET, "path: /shipments/:id", "path: /parcels/:id")
    command = ("check", "--root", root, "--against", "HEAD", "--format")
    assert codes(run(*command, "json")) == {"history-rewritten"}
    for format_ in FORMATS:
        result = run(*command, format_)
        assert result.exit_code == 1
        assert "history-rewritten" in result.stdout
    assert run(*command, "json", "--ignore", "history-changed").exit_code == 1


@pytest.mark.parametrize("format_", ALL_FORMATS)
def test_a_kept_check_is_told_as_a_new_one_is(format_: str, wrong: Path, tmp_path: Path) -> None:
    command = ("check", "--root", wrong, "--format", format_, "--ignore", "todo")
    fresh = run(*command, APIGUIDE_CACHE="")
    for _ in range(2):
        kept = run(*command, APIGUIDE_CACHE=str(tmp_path / "cache"))
        assert (kept.exit_code, kept.stdout, kept.stderr) == (fresh.exit_code, fresh.stdout, fresh.stderr)


def test_paths_in_reports_are_seen_from_here(wrong: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def paths(*arguments: str) -> set[str]:
        found = json.loads(run("check", "--format", "json", *arguments).stdout)
        return {each["path"].removesuffix("/create.yaml").removesuffix("/get.yaml") for each in found}

    monkeypatch.chdir(wrong)
    assert paths() == {"reference/shipments"}
    monkeypatch.chdir(wrong.parent)
    assert paths("--root", wrong.name) == {f"{wrong.name}/reference/shipments"}
    monkeypatch.chdir(wrong / "docs")
    assert paths("--root", "..") == {"../reference/shipments"}


def test_a_file_name_cannot_break_a_report(root: Path) -> None:
    (root / "reference/shipments" / "a\n::error::b,c%0A<\x1b[31m.txt").write_bytes(b"")
    (root / "reference/shipments" / os.fsdecode(b"\xff.txt")).write_bytes(b"")
    for format_ in ALL_FORMATS:
        result = run("check", "--root", root, "--format", format_)
        assert result.exit_code == 1
        assert "\x1b" not in result.stdout
    github = run("check", "--root", root, "--format", "github").stdout.splitlines()
    assert [line.partition(" ")[0] for line in github] == ["::error", "::error"]
    ElementTree.fromstring(run("check", "--root", root, "--format", "junit").stdout)


@pytest.mark.parametrize("format_", ALL_FORMATS)
def test_no_escape_codes_where_no_terminal_is(format_: str, wrong: Path) -> None:
    assert "\x1b" not in run("check", "--root", wrong, "--format", format_).output


# What guide.yaml says of rules


def test_a_guide_ignores_warnings_with_a_reason(poor: Path) -> None:
    with (poor / GUIDE).open("a", encoding="utf-8") as guide:
        guide.write("rules:\n  ignore:\n    no-description: They come with the next release.\n")
    result = run("check", "--root", poor, "--strict")
    assert (result.exit_code, result.stdout) == (0, "")
    assert run("check", "--root", poor, "--debt").stdout == "no debt\n"
    assert run("check", "--root", poor, "--select", "no-description").stdout == ""


@pytest.mark.parametrize(
    ("ignore", "code"),
    [
        ("{no-description: }", "empty-value"),
        ('{no-description: ""}', "empty-text"),
        ('{no-description: " "}', "empty-text"),
        ("{no-description: null}", "null-not-allowed"),
        ("[no-description]", "wrong-kind"),
        ("no-description", "wrong-kind"),
        ("{no-descripton: They come.}", "unknown-rule"),
        ("{unknown-object: They come.}", "not-ignorable"),
        ("{structure: They come.}", "not-ignorable"),
    ],
)
def test_without_a_reason_or_for_an_error_nothing_is_ignored(ignore: str, code: str, wrong: Path) -> None:
    with (wrong / GUIDE).open("a", encoding="utf-8") as guide:
        guide.write(f"rules: {{ignore: {ignore}}}\n")
    result = run("check", "--root", wrong, "--format", "json")
    assert result.exit_code == 1
    assert code in codes(result)
    assert run("build", "--root", wrong).exit_code == 1


# `apiguide rule`


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_explained_in_the_terminal(code: str) -> None:
    result = run("rule", code)
    assert result.exit_code == 0
    first, *rest = result.stdout.splitlines()
    assert first == f"{RULES[code].severity}[{code}]: {RULES[code].title()}"
    assert "```" not in result.stdout
    assert f"Family {RULES[code].family}." in rest[-1]
    assert (f"--ignore {code}" in rest[-1]) == RULES[code].can_be_ignored()


def test_rules_are_listed_each_with_a_line() -> None:
    lines = run("rule").stdout.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == list(RULES)
    assert [line.partition(":")[0] for line in lines if line and not line.startswith(" ")] == list(FAMILIES)


def test_a_family_is_listed_alone() -> None:
    first, *lines = run("rule", "names").stdout.splitlines()
    assert first == "names: Names of fields, parameters and elements."
    assert [line.split()[0] for line in lines] == [
        code for code, rule in RULES.items() if rule.family == "names"
    ]


def test_a_rule_that_is_none_is_answered_with_the_nearest() -> None:
    result = run("rule", "unknwn-key")
    assert result.exit_code == 2
    assert "there is no rule `unknwn-key`; did you mean `unknown-key`?" in result.stderr


def test_every_code_that_a_check_prints_is_explained(wrong: Path) -> None:
    for code in codes(run("check", "--root", wrong, "--format", "json")):
        assert run("rule", code).exit_code == 0
