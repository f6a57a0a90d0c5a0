"""The kits for continuous integration: what they run, for whom, with which rights; their scripts for real."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.parcels import write

ROOT = Path(__file__).parents[1]
BASH = shutil.which("bash")


def read(path: str) -> Any:
    """A YAML file whose words are all texts, so that `on` is a key."""
    return yaml.load((ROOT / path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


WORKFLOW = read(".github/workflows/guide.yml")
TESTS = read(".github/workflows/tests.yml")
RELEASE = read(".github/workflows/release.yml")
GITLAB = read("ci/gitlab.yml")
HOOKS = {hook["id"]: hook for hook in read(".pre-commit-hooks.yaml")}

OWN = {
    "github.event_name": "pull_request",
    "github.ref": "refs/pull/7/merge",
    "github.repository": "ours/guide",
    "github.event.pull_request.head.repo.full_name": "ours/guide",
}
FORK = OWN | {"github.event.pull_request.head.repo.full_name": "theirs/guide"}
MERGED = {"github.event_name": "push", "github.ref": "refs/heads/main", "github.repository": "ours/guide"}
BRANCH = MERGED | {"github.ref": "refs/heads/draft"}


def holds(condition: str, event: Mapping[str, str]) -> bool:
    """Whether an `if:` of always(), ==, &&, || and brackets is true for an event."""
    tokens = re.findall(r"always\(\)|&&|\|\||==|[()]|'[^']*'|[\w.]+", condition)
    assert "".join(tokens) == condition.replace(" ", ""), "a condition that this test cannot read"
    words = {"always()": "True", "&&": "and", "||": "or"}
    told = [
        words.get(each, each if each in ("==", "(", ")") or each[0] == "'" else repr(event.get(each, "")))
        for each in tokens
    ]
    return bool(eval(" ".join(told), {"__builtins__": {}}))


def jobs(event: Mapping[str, str]) -> set[str]:
    """The jobs of the workflow that an event starts."""
    return {name for name, job in WORKFLOW["jobs"].items() if holds(job.get("if", "always()"), event)}


def scripts(job: Mapping[str, Any]) -> Iterator[str]:
    for step in job["steps"]:
        if "run" in step:
            yield step["run"]


def rights(job: Mapping[str, Any]) -> set[str]:
    granted = job.get("permissions", WORKFLOW["permissions"])
    return {name for name, level in granted.items() if level == "write"}


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (FORK, {"check"}),
        (OWN, {"check", "annotate", "comment"}),
        (MERGED, {"check", "annotate", "build"}),
        (BRANCH, {"check", "annotate"}),
    ],
    ids=["fork", "own branch", "merged", "pushed to another branch"],
)
def test_only_what_is_merged_is_built_and_a_fork_is_only_checked(
    event: dict[str, str], expected: set[str]
) -> None:
    assert jobs(event) == expected


def test_what_runs_for_a_fork_cannot_write_and_endpoints_check_and_diff_alone() -> None:
    commands = set()
    for name in jobs(FORK):
        job = WORKFLOW["jobs"][name]
        assert rights(job) == set()
        commands |= {match for text in scripts(job) for match in re.findall(r"apiguide (\w+)|ci/(\w+)", text)}
    assert commands == {("check", ""), ("", "install"), ("", "diff")}
    assert "apiguide" in (ROOT / "ci/diff").read_text("utf-8")


def test_the_workflow_starts_with_the_rights_of_a_reader() -> None:
    assert set(WORKFLOW["on"]) == {"pull_request", "push"}, "pull_request_target would run with all rights"
    assert WORKFLOW["on"]["push"] == {"branches": ["main"]}
    assert WORKFLOW["permissions"] == {"contents": "read"}


def test_the_tool_is_that_of_the_target_branch_and_the_guide_is_never_run() -> None:
    steps = WORKFLOW["jobs"]["check"]["steps"]
    trusted, guide = (step["with"] for step in steps if step.get("uses", "").startswith("actions/checkout"))
    assert (trusted["path"], guide["path"]) == ("trusted", "guide")
    assert trusted["ref"] == "${{ github.event.pull_request.base.sha || github.sha }}"
    for text in scripts(WORKFLOW["jobs"]["check"]):
        for line in text.splitlines():
            assert not re.search(r"(?:sh|python|pip install|make|\.) guide/|cd guide", line), line


@pytest.mark.parametrize("workflow", [WORKFLOW, TESTS, RELEASE], ids=["guide", "tests", "release"])
def test_actions_are_pinned_and_keep_no_credentials(workflow: Mapping[str, Any]) -> None:
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40}", step["uses"])
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] == "false"


def test_an_action_has_one_version_everywhere() -> None:
    folder = ROOT / ".github/workflows"
    used = re.findall(r"uses: (.*)@(.*)", "\n".join(file.read_text("utf-8") for file in folder.iterdir()))
    assert len({name for name, _ in used}) == len({*used})
    assert all(re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", version) for _, version in used)


@pytest.mark.parametrize("workflow", [WORKFLOW, TESTS, RELEASE], ids=["guide", "tests", "release"])
def test_no_script_holds_what_a_pull_request_says(workflow: Mapping[str, Any]) -> None:
    for job in workflow["jobs"].values():
        for text in scripts(job):
            assert "${{" not in text, "names of branches and titles come by the environment alone"


def test_the_tests_run_with_the_rights_of_a_reader_and_no_secrets() -> None:
    assert set(TESTS["on"]) == {"pull_request", "push"}
    assert TESTS["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in TESTS["jobs"].values())
    assert "secrets." not in (ROOT / ".github/workflows/tests.yml").read_text("utf-8")


def test_the_oldest_and_the_newest_python_run_what_a_change_must_pass() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    stated = re.findall(r"Python :: (3\.\d+)$", "\n".join(project["classifiers"]), re.MULTILINE)
    linux = TESTS["jobs"]["linux"]
    assert linux["strategy"]["matrix"]["python"] == [stated[0], stated[-1]]
    assert project["requires-python"] == f">={stated[0]}"
    assert [*scripts(linux)] == ["make test"]


def test_what_the_tests_name_is_there() -> None:
    targets = re.findall(r"^([a-z./]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for job in TESTS["jobs"].values():
        for line in filter(None, "\n".join(scripts(job)).splitlines()):
            command, *words = shlex.split(line)
            assert command in ("make", "python", ".venv/bin/python")
            if command == "make":
                assert {*words} <= {*targets}
            for word in words:
                assert (ROOT / word).exists() or not word.startswith(("tests/", "requirements")), word


def test_gitlab_builds_the_default_branch_alone() -> None:
    asked = {"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}
    with_rules = {name: job["rules"] for name, job in GITLAB.items() if "rules" in job}
    assert [name for name, rules in with_rules.items() if asked in rules] == ["apiguide-check"]
    assert GITLAB["apiguide-build"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert read(".gitlab-ci.yml") == {"include": {"local": "ci/gitlab.yml"}}


# The scripts, for real

Shell = Callable[..., "subprocess.CompletedProcess[str]"]

CREATE, SHIPMENTS = "reference/shipments/create.yaml", "reference/shipments/resource.yaml"
GH = """\
#!{python}
# What the workflow needs of GitHub's command: comments are kept in a file, and asked for by jq.
import json, pathlib, subprocess, sys

store = pathlib.Path("comments.json")
comments = json.loads(store.read_text())
assert sys.argv[1] == "api"
words = [each for each in sys.argv[2:] if each not in ("--silent", "--paginate")]
options = {{name: words[words.index(name) + 1] for name in ("--method", "--jq", "--field") if name in words}}
path = next(each for each in words if each.startswith("repos/")).removeprefix("repos/ours/guide/issues/")
body = pathlib.Path(options["--field"].removeprefix("body=@")).read_text() if "--field" in options else None
match options.get("--method", "GET"), path.split("/"):
    case "GET", ["7", "comments"]:
        jq = ["jq", "-r", options["--jq"]]
        subprocess.run(jq, input=json.dumps(comments), text=True, check=True)
    case "POST", ["7", "comments"]:
        comments.append({{"id": len(comments) + 1, "user": {{"login": "github-actions[bot]"}}, "body": body}})
    case "PATCH", ["comments", id_]:
        next(each for each in comments if each["id"] == int(id_))["body"] = body
    case "DELETE", ["comments", id_]:
        comments = [each for each in comments if each["id"] != int(id_)]
store.write_text(json.dumps(comments))
"""


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", "-c", "commit.gpgSign=false"]
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A runner's folder: the project as `trusted`, and in `guide` the starter's guide in a repository."""
    (tmp_path / "trusted").symlink_to(ROOT)
    guide = tmp_path / "guide"
    write(guide)
    git(guide, "init", "--quiet")
    git(guide, "add", "--all")
    git(guide, "commit", "--quiet", "--message", "A guide")
    return tmp_path


@pytest.fixture
def shell(lab: Path) -> Shell:
    """`shell(script)`: what a script of a kit does there, as the runner would call it."""
    if BASH is None:
        pytest.skip("there is no bash")

    def run(script: str, folder: Path = lab, **variables: str) -> "subprocess.CompletedProcess[str]":
        bin_ = str(Path(sys.executable).parent)
        environment = os.environ | {
            "PATH": f"{lab}{os.pathsep}{bin_}{os.pathsep}{os.environ['PATH']}",
            **variables,
        }
        command = [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.fixture
def step(lab: Path, shell: Shell) -> Shell:
    """`step(name)`: what a step of the workflow does there, in its folder."""

    def run(name: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        steps = (each for job in WORKFLOW["jobs"].values() for each in job["steps"])
        asked = next(each for each in steps if each.get("name") == name)
        folder = lab / asked.get("working-directory", ".")
        summary = str(lab / "summary.md")
        return shell(asked["run"], folder, **{**WORKFLOW["env"], "GITHUB_STEP_SUMMARY": summary, **variables})

    return run


@pytest.mark.parametrize("base", ["", "HEAD"], ids=["pushed", "pull request"])
def test_a_good_guide_passes_the_check_of_the_workflow(base: str, step: Shell, lab: Path) -> None:
    done = step("Check", BASE=base)
    assert done.returncode == 0, done.stderr
    assert '"2.1.0"' in (lab / "told/apiguide.sarif").read_text("utf-8")


def test_a_bad_guide_fails_it_with_annotations(step: Shell, lab: Path) -> None:
    (lab / "guide/reference/shipments/get.yaml").write_text("title: Get shipment\n")
    done = step("Check", BASE="HEAD")
    assert done.returncode == 1
    assert "::error " in done.stdout
    assert "missing-key" in (lab / "told/apiguide.sarif").read_text("utf-8")


@pytest.mark.parametrize("folder", [".", "api/guide"], ids=["at the root", "in a folder"])
def test_each_path_that_the_workflow_tells_is_a_file_of_the_repository(
    folder: str, step: Shell, lab: Path
) -> None:
    repository = lab / "guide"
    if folder != ".":
        (repository / folder).mkdir(parents=True)
        for name in ("docs", "reference", "mkdocs.yml"):
            git(repository, "mv", name, f"{folder}/{name}")
        git(repository, "commit", "--quiet", "--message", "Moved")
    (repository / folder / "reference/shipments/get.yaml").write_text("title: Get shipment\n")
    (repository / folder / "docs/index.md").write_text("# Parcels\n\n[Nothing](ref:none)\n")
    done = step("Check", BASE="HEAD", GUIDE=folder)
    files = {*git(repository, "ls-files").splitlines()}
    annotated = re.findall(r"^::(?:error|warning) file=([^,]*),", done.stdout, re.MULTILINE)
    results = json.loads((lab / "told/apiguide.sarif").read_text("utf-8"))["runs"][0]["results"]
    told = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results]
    assert len({*annotated}) == 2, done.stdout + done.stderr
    assert {*annotated} == {*told}
    assert {*annotated} <= files


def test_findings_of_changed_files_come_first_and_accepted_debt_in_one_line(step: Shell, lab: Path) -> None:
    guide = lab / "guide"
    edit(guide / CREATE, "description: ", "description: TODO ")
    git(guide, "commit", "--quiet", "--all", "--message", "Debt")
    assert step("Check", BASE="HEAD").stdout.startswith(f"::warning file={CREATE},")
    edit(guide / SHIPMENTS, "description: ", "description: TODO ")
    first, *others = step("Check", BASE="HEAD").stdout.splitlines()
    assert f"file={SHIPMENTS}," in first
    assert any(f"file={CREATE}," in each for each in others)
    with (guide / "reference/guide.yaml").open("a") as file:
        file.write("debt: {shipments: 9}\n")
    told = step("Check", BASE="HEAD").stdout.splitlines()
    assert [each.partition(";")[0] for each in told] == ["::notice title=debt::debt within its budget: 2"]


@pytest.mark.parametrize("was", ["none", "with errors"])
def test_a_guide_whose_base_cannot_be_compared_with_is_checked(was: str, step: Shell, lab: Path) -> None:
    guide = lab / "guide"
    if was == "none":
        git(guide, "rm", "--quiet", "--cached", "-r", "reference")
    else:
        edit(guide / CREATE, "method: POST", "methd: POST")
        git(guide, "add", CREATE)
    git(guide, "commit", "--quiet", "--message", "Before")
    if was == "with errors":
        edit(guide / CREATE, "methd: POST", "method: POST")
    done = step("Check", BASE="HEAD")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert (step("Compare", BASE="HEAD").returncode, (lab / "told/diff.md").read_text()) == (0, "")
    edit(guide / CREATE, "method: POST", "methd: POST")
    assert step("Check", BASE="HEAD").returncode == 1


def test_the_comparison_tells_what_a_pull_request_does_to_each_release(step: Shell, lab: Path) -> None:
    edit(lab / "guide" / CREATE, "method: POST", "method: PUT")
    done = step("Compare", BASE="HEAD")
    assert done.returncode == 0, done.stderr
    told = (lab / "told/diff.md").read_text("utf-8")
    assert (lab / "summary.md").read_text("utf-8") == told
    assert "### 2025-04-01, 2024-10-01: 1 breaking\n" in told
    assert "tracking_url" not in told, "it was there before"


def test_a_mended_typo_is_not_told(step: Shell, lab: Path) -> None:
    edit(lab / "guide" / CREATE, "title: Create", "title: Crate")
    edit(lab / "guide/docs/index.md", "#", "# The")
    assert step("Compare", BASE="HEAD").returncode == 0
    assert (lab / "told/diff.md").read_bytes() == b""


def test_a_guide_with_errors_is_told_in_a_sentence(step: Shell, lab: Path) -> None:
    (lab / "guide/reference/guide.yaml").write_text("title: [")
    done = step("Compare", BASE="HEAD")
    assert done.returncode == 0, done.stderr
    (line,) = (lab / "told/diff.md").read_text("utf-8").splitlines()
    assert line.startswith("The guide has errors")


def test_a_long_comparison_is_cut_between_lines_and_what_is_folded_is_closed() -> None:
    script = SourceFileLoader("diff", str(ROOT / "ci/diff"))
    spec = spec_from_loader(script.name, script)
    assert spec is not None
    module = module_from_spec(spec)
    usual, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    script.exec_module(module)
    sys.dont_write_bytecode = usual
    folded = ["<details><summary>Documented</summary>", "", "- 𝒳", "", "</details>"]
    lines = ["### 1", "- é漢", *folded, "### 2", "- b"]
    whole = len("\n".join([*lines, ""]).encode())
    for most in range(whole + 1):
        module.MOST = most
        told = [*module.shortened(lines)]
        assert "\n".join(told).count("<details>") == "\n".join(told).count("</details>")
        assert (told == lines) == (most == whole)
        if told != lines:
            kept = [line for line in told[:-1] if line != "\n</details>"]
            assert kept == lines[: len(kept)]
            assert told[-1].startswith(f"\n*{len(lines) - len(kept)} more lines")
            assert len("\n".join([*kept, ""] if kept else []).encode()) <= most


@pytest.mark.skipif(shutil.which("jq") is None, reason="there is no jq")
def test_a_pull_request_has_one_comment_that_is_known_by_its_mark(step: Shell, lab: Path) -> None:
    (lab / "gh").write_text(GH.format(python=sys.executable))
    (lab / "gh").chmod(0o755)
    other = {"id": 1, "user": {"login": "github-actions[bot]"}, "body": "Coverage"}
    fake = {"id": 2, "user": {"login": "eve"}, "body": "<!-- apiguide -->\nMine"}
    store = lab / "comments.json"
    store.write_text(json.dumps([other, fake]))

    def comments_after(text: str) -> list[str]:
        (lab / "diff.md").write_text(text)
        done = step("Comment", NUMBER="7", GITHUB_REPOSITORY="ours/guide")
        assert done.returncode == 0, done.stderr
        first, second, *ours = [each["body"] for each in json.loads(store.read_text())]
        assert [first, second] == [other["body"], fake["body"]]
        return ours

    assert comments_after("") == []
    assert comments_after("One\n") == ["<!-- apiguide -->\nOne\n"]
    assert comments_after("Two\n") == ["<!-- apiguide -->\nTwo\n"]
    assert comments_after("") == []


@pytest.mark.parametrize("id_", ["apiguide-check", "apiguide-fmt"])
def test_a_hook_passes_a_good_guide(id_: str, shell: Shell, lab: Path) -> None:
    done = shell(HOOKS[id_]["entry"], lab / "guide")
    assert done.returncode == 0, done.stdout + done.stderr
    assert subprocess.run(["git", "diff", "--quiet"], cwd=lab / "guide", check=False).returncode == 0


def test_a_hook_stops_a_bad_guide(shell: Shell, lab: Path) -> None:
    (lab / "guide/reference/shipments/get.yaml").write_text("title: Get shipment\n")
    done = shell(HOOKS["apiguide-check"]["entry"], lab / "guide")
    assert done.returncode == 1
    assert "add `method: …`" in done.stdout


@pytest.mark.parametrize("id_", HOOKS)
def test_the_check_runs_before_each_commit_and_fmt_where_files_of_the_guide_change(id_: str) -> None:
    hook = HOOKS[id_]
    assert shlex.split(hook["entry"])[0] == "apiguide"
    assert hook["pass_filenames"] == "false"
    if id_ == "apiguide-check":  # pre-commit does not count files that are deleted
        assert hook["always_run"] == "true"
        assert "files" not in hook
    else:
        assert re.search(hook["files"], "reference/books/get.yaml")
        assert re.search(hook["files"], "api/guide/reference/books/get.yaml")
        assert not re.search(hook["files"], "src/reference.py")


def test_the_job_of_gitlab_writes_its_report(shell: Shell, lab: Path) -> None:
    (lab / "guide/ci").symlink_to(ROOT / "ci")
    for line in GITLAB["apiguide-check"]["script"]:
        assert shell(line, lab / "guide").returncode == 0
    assert (lab / "guide/gl-code-quality-report.json").read_text("utf-8").strip() == "[]"
