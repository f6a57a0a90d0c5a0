import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner, Result
from tests.parcels import write

from apiguide.cli import main
from apiguide.formats import FORMATS

GUIDE = "reference/guide.yaml"
RESOURCE = "reference/shipments/resource.yaml"
CREATE = "reference/shipments/create.yaml"
GET = "reference/shipments/get.yaml"
PAGE = "docs/index.md"

# What is done to a file of the starting guide; where the problem stands, its code, and the remedy.
FAULTS = {
    "a bracket that is left open": (
        (GET, "title: Get shipment", "title: [Get shipment"),
        (f"{GET}:1:8", "yaml-syntax", "close it"),
    ),
    "a type that does not exist": (
        (RESOURCE, "{type: string, description: Id of", "{type: strin, description: Id of"),
        (f"{RESOURCE}:8:14", "unknown-word", "did you mean `string`?"),
    ),
    "a key that does not exist": (
        (CREATE, "      required: true", "      requierd: true"),
        (f"{CREATE}:33:7", "unknown-key", "did you mean `required`?"),
    ),
    "a key that is missing": (
        (GET, "method: GET\n", ""),
        (f"{GET}:1:1", "missing-key", "add `method: …`"),
    ),
    "since a release that does not exist": (
        (RESOURCE, 'since: "2025-04-01"', 'since: "2025-04-02"'),
        (f"{RESOURCE}:31:16", "unknown-release", "did you mean `2025-04-01`?"),
    ),
    "an example that does not fit its type": (
        (RESOURCE, "example: 2.5", "example: heavy"),
        (f"{RESOURCE}:52:116", "wrong-type", "write it as JSON does"),
    ),
    "an example of a field that is not declared": (
        (CREATE, "        speed: express\n", "        colour: red\n"),
        (f"{CREATE}:60:9", "undeclared-value", "declare it, or delete it"),
    ),
    "a placeholder without a parameter": (
        (GET, "/shipments/:id", "/shipments/:number"),
        (f"{GET}:3:7", "placeholder-without-parameter", f"declare `number` under `parameters` in {RESOURCE}"),
    ),
    "a parameter without a placeholder": (
        (GET, "responses:", "parameters: {path: {day: {type: date}}}\nresponses:"),
        (f"{GET}:5:21", "parameter-without-placeholder", "delete the parameter, or put it into the path"),
    ),
    "two endpoints with one title": (
        (GET, "title: Get shipment", "title: List shipments"),
        ("reference/shipments/list.yaml:1:8", "duplicate-title", "say in the title what is different"),
    ),
    "an object that does not exist": (
        (GET, "object: shipment", "object: shipmet"),
        (f"{GET}:6:24", "unknown-object", "did you mean `shipment`?"),
    ),
    "a macro that does not exist": (
        (PAGE, "{{ curl(", "{{ crul("),
        (f"{PAGE}:10:1", "unknown-macro", "did you mean `curl`?"),
    ),
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A guide without problems, and a site that was made of it before."""
    root = tmp_path / "guide"
    write(root)
    for name in ("index.html", "apiguide.json", "latest/index.html", "2024-10-01/index.html"):
        page = root / "site" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"the old {name}", encoding="utf-8")
    return root


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files
    }


def assert_refused(root: Path, where: str, code: str, remedy: str) -> None:
    """`check` and `build` name the place and the remedy and end with 1, and the site stays as it is."""
    site, beside = contents(root / "site"), sorted(root.iterdir())
    for command in ("check", "build"):
        result = run(command, "--root", root)
        assert result.exit_code == 1
        assert isinstance(result.exception, SystemExit)
        location, _, message = result.stdout.partition(f": error[{code}]: ")
        assert location == where
        assert remedy in message
        assert "1 error" in result.stderr
    assert contents(root / "site") == site
    assert sorted(root.iterdir()) == beside


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_place_and_remedy_and_stops_the_build(root: Path, fault: str) -> None:
    (file, old, new), (where, code, remedy) = FAULTS[fault]
    edit(root / file, old, new)
    assert_refused(root, where, code, remedy)


@pytest.mark.parametrize("file", [GUIDE, RESOURCE, GET])
def test_an_empty_file_is_a_problem(root: Path, file: str) -> None:
    (root / file).write_bytes(b"")
    assert_refused(root, f"{file}:1:1", "empty-file", "fill it or delete it")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_cannot_be_read_is_a_problem(root: Path) -> None:
    (root / GET).chmod(0)
    assert_refused(root, f"{GET}:1:1", "unreadable-file", "check its permissions")


def test_a_folder_with_the_name_of_a_endpoint_is_a_problem(root: Path) -> None:
    (root / "reference/shipments/track.yaml").mkdir()
    assert_refused(root, "reference/shipments/track.yaml:1:1", "unexpected-file", "move it up")


def test_a_folder_without_a_guide_is_a_problem(tmp_path: Path) -> None:
    checked = run("check", "--root", tmp_path)
    assert checked.exit_code == 2
    assert "reference:1:1: error[no-reference]" in checked.stdout
    assert "apiguide init" in checked.stdout
    for command in ("build", "serve"):
        result = run(command, "--root", tmp_path)
        assert (result.exit_code, result.stdout) == (2, checked.stdout)
    assert list(tmp_path.iterdir()) == []


def test_problems_of_all_files_come_at_once_in_the_order_of_files(root: Path) -> None:
    for fault in ("a type that does not exist", "an object that does not exist", "a key that does not exist"):
        (file, old, new), _ = FAULTS[fault]
        edit(root / file, old, new)
    edit(root / GUIDE, "bearer", "bearr")
    result = run("check", "--root", root)
    heads = [line.split(":")[0] for line in result.stdout.splitlines() if "error[" in line]
    assert heads == [GUIDE, CREATE, GET, RESOURCE]


def test_warnings_fail_only_a_strict_check(root: Path) -> None:
    edit(root / GET, "description: Returns one shipment.\n", "")
    assert run("check", "--root", root).exit_code == 0
    result = run("check", "--root", root, "--strict")
    assert result.exit_code == 1
    assert f"{GET}:1:8: warning[no-description]" in result.stdout
    assert result.stderr == "3 endpoints in 1 resource: 1 warning\n"


def test_a_good_guide_is_said_to_be_one(root: Path) -> None:
    result = run("check", "--root", root)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "3 endpoints in 1 resource: no problems\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["chekc"],
        ["check", "--strcit"],
        ["check", "--root", "nowhere"],
        ["build", "--release", "2030-01-01"],
        ["serve", "--release", "2030-01-01"],
        ["serve", "--port", "70000"],
        ["init"],
    ],
    ids=shlex.join,
)
def test_wrong_usage_ends_with_2(root: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    before = contents(root)
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert contents(root) == before


def test_a_release_that_is_unknown_is_answered_with_those_that_are_known(root: Path) -> None:
    result = run("build", "--root", root, "--release", "2030-01-01")
    assert "it has 2024-10-01, 2025-04-01" in result.stderr


@pytest.mark.parametrize(
    "command",
    [[], ["init"], ["check"], ["rule"], ["diff"], ["serve"], ["build"], ["publish"], ["rollback"]],
    ids=str,
)
def test_help_fits_a_terminal(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_help_shows_the_way_from_nothing_to_a_site() -> None:
    text = run("--help").stdout
    commands = [line.split()[1] for line in text.splitlines() if line.startswith("    apiguide ")]
    assert commands == ["init", "serve", "check", "build"]


def test_what_a_guide_holds_cannot_steer_the_terminal(root: Path) -> None:
    (root / "reference/shipments" / "red\x1b[31m\u202e.txt").write_bytes(b"")
    (root / "reference/shipments" / os.fsdecode(b"\xff.txt")).write_bytes(b"")
    result = run("check", "--root", root)
    assert result.exit_code == 1
    assert not {"\x1b", "\u202e"} & set(result.stdout)
    assert "red\N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER}.txt" in result.stdout


def test_an_error_that_nobody_foresaw_is_one_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlucky(*_arguments: object) -> None:
        raise LookupError("no\nluck")

    monkeypatch.setattr("apiguide.site.build.write_site_root", unlucky)
    site = contents(root / "site")
    monkeypatch.delenv("APIGUIDE_DEBUG", raising=False)
    result = run("build", "--root", root)
    assert result.exit_code == 2
    line = result.stderr.splitlines()[-1]
    assert line.startswith("Error: LookupError: no luck (test_cli.py:")
    assert "APIGUIDE_DEBUG=1" in line
    assert "Traceback" not in result.output

    monkeypatch.setenv("APIGUIDE_DEBUG", "1")
    result = run("build", "--root", root)
    assert result.exit_code == 2
    assert "Traceback" in result.stderr
    assert contents(root / "site") == site


def test_a_site_that_cannot_be_written_is_one_line(root: Path) -> None:
    (root / "file").write_bytes(b"")
    result = run("build", "--root", root, "--site-dir", root / "file" / "site")
    assert result.exit_code == 2
    assert str(root / "file") in result.stderr
    assert "Traceback" not in result.output


RUN = "from apiguide.cli import run; run()"
ONE_BY_ONE = """
import sys
from contextlib import suppress
from apiguide.cli import main
for last in sys.argv.pop().split():
    with suppress(SystemExit):
        main([*sys.argv[1:], last])
"""
"""Runs a command for each word in its last argument: to start takes longer than to check a small guide."""


def output_on_a_terminal(*arguments: str | Path, script: str = RUN, **environment: str) -> str:
    """What the installed command prints on a terminal of its own."""
    main_end, command_end = os.openpty()
    env = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(
        command, stdin=command_end, stdout=command_end, stderr=command_end, env=env | environment
    ):
        os.close(command_end)
        printed = b""
        try:
            while part := os.read(main_end, 4096):
                printed += part
        except OSError:  # Linux says so that the other end is closed
            pass
    os.close(main_end)
    return printed.decode()


def test_problems_have_colours_on_a_terminal_alone(root: Path) -> None:
    edit(root / GET, "object: shipment", "object: shipmet")
    plain = run("check", "--root", root).output
    assert "\x1b[" not in plain
    coloured = output_on_a_terminal("check", "--root", root, TERM="xterm")
    assert "\x1b[31m" in coloured
    without = output_on_a_terminal("check", "--root", root, TERM="xterm", NO_COLOR="1")
    assert "\x1b[" not in without
    assert without.replace("\r\n", "\n") == plain


def test_a_rule_has_colours_on_a_terminal_alone() -> None:
    plain = run("rule", "unknown-key").output
    assert "\x1b[" not in plain
    assert "\x1b[31m" in output_on_a_terminal("rule", "unknown-key", TERM="xterm")
    without = output_on_a_terminal("rule", "unknown-key", TERM="xterm", NO_COLOR="1")
    assert without.replace("\r\n", "\n") == plain


def test_a_report_for_a_machine_is_the_same_on_a_terminal(root: Path) -> None:
    edit(root / GET, "object: shipment", "object: shipmet")
    arguments = ("check", "--root", root, "--format")
    printed = output_on_a_terminal(*arguments, " ".join(FORMATS), script=ONE_BY_ONE, TERM="xterm")
    assert printed.replace("\r\n", "\n") == "".join(run(*arguments, each).output for each in FORMATS)


def command(*arguments: str | Path, into: int | IO[str]) -> subprocess.CompletedProcess[str]:
    """The installed command, with its standard output going elsewhere."""
    called = [sys.executable, "-c", RUN, *map(str, arguments)]
    return subprocess.run(called, stdout=into, stderr=subprocess.PIPE, text=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "code"), [(["rule", "unknown-key"], 0), (["check"], 1), (["check", "--format", "xyz"], 2)]
)
def test_the_installed_command_ends_with_its_code_after_all_is_printed(
    arguments: list[str], code: int, root: Path
) -> None:
    edit(root / GET, "object: shipment", "object: shipmet")
    options = ["--root", root] if arguments[0] == "check" else []
    done = command(*arguments, *options, into=subprocess.PIPE)
    assert done.returncode == code
    assert done.stdout == run(*arguments, *options).stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("arguments", [["rule", "unknown-key"], ["--help"], ["check", "--help"]])
def test_what_cannot_be_printed_is_no_success(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = command(*arguments, into=full)
    assert done.returncode != 0
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_a_plugin_leaves_for_the_end_is_done(root: Path) -> None:
    edit(root / "mkdocs.yml", "\nplugins:", "\nhooks: [end.py]\nplugins:")
    hook = "import atexit\nfrom pathlib import Path\natexit.register(Path('ended').touch)\n"
    (root / "end.py").write_text(hook)
    done = subprocess.run([sys.executable, "-c", RUN, "build"], cwd=root, check=False)
    assert done.returncode == 0
    assert (root / "ended").exists()
