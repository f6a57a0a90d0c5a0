"""The kits for continuous integration: what they run, for whom, with which rights; their scripts for real."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
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


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A runner's folder: the project as `trusted`, and in `guide` the starter's guide in a repository."""
    (tmp_path / "trusted").symlink_to(ROOT)
    guide = tmp_path / "guide"
    write(guide)
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", "-c", "commit.gpgSign=false"]
    for arguments in (
        ["init", "--quiet"],
        ["add", "--all"],
        [*who, "commit", "--quiet", "--message", "A guide"],
    ):
        subprocess.run(["git", *arguments], cwd=guide, check=True, capture_output=True)
    return tmp_path


@pytest.fixture
def shell(lab: Path) -> Shell:
    """`shell(script)`: what a script of a kit does there, as the runner would call it."""
    if BASH is None:
        pytest.skip("there is no bash")

    def run(script: str, folder: Path = lab, **variables: str) -> "subprocess.CompletedProcess[str]":
        bin_ = str(Path(sys.executable).parent)
        environment = os.environ | {"PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}", **variables}
        command = [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )

    return run


def step(name: str) -> str:
    return next(each["run"] for each in WORKFLOW["jobs"]["check"]["steps"] if each.get("name") == name)


@pytest.mark.parametrize("base", ["", "HEAD"], ids=["pushed", "pull request"])
def test_a_good_guide_passes_the_check_of_the_workflow(base: str, shell: Shell, lab: Path) -> None:
    done = shell(step("Check"), BASE=base)
    assert done.returncode == 0, done.stderr
    assert '"2.1.0"' in (lab / "told/apiguide.sarif").read_text("utf-8")


def test_a_bad_guide_fails_it_with_annotations(shell: Shell, lab: Path) -> None:
    (lab / "guide/reference/shipments/get.yaml").write_text("title: Get shipment\n")
    done = shell(step("Check"), BASE="HEAD")
    assert done.returncode == 1
    assert "::error " in done.stdout
    assert "missing-key" in (lab / "told/apiguide.sarif").read_text("utf-8")


def test_the_comparison_tells_what_the_newest_release_brings(shell: Shell, lab: Path) -> None:
    summary = lab / "summary.md"
    done = shell(step("Compare"), GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 0, done.stderr
    told = (lab / "told/diff.md").read_text("utf-8")
    assert summary.read_text("utf-8") == told
    assert "tracking_url" in told


def test_a_guide_that_cannot_be_compared_leaves_the_summary_empty(shell: Shell, lab: Path) -> None:
    (lab / "guide/reference/guide.yaml").write_text("title: [")
    done = shell(step("Compare"), GITHUB_STEP_SUMMARY=str(lab / "summary.md"))
    assert done.returncode == 0, done.stderr
    assert (lab / "summary.md").read_text("utf-8") == ""


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
def test_a_hook_runs_where_files_of_the_guide_change(id_: str) -> None:
    hook = HOOKS[id_]
    assert shlex.split(hook["entry"])[0] == "apiguide"
    assert hook["pass_filenames"] == "false"
    assert re.search(hook["files"], "reference/books/get.yaml")
    assert not re.search(hook["files"], "src/reference.py")


def test_the_job_of_gitlab_writes_its_report(shell: Shell, lab: Path) -> None:
    (lab / "guide/ci").symlink_to(ROOT / "ci")
    for line in GITLAB["apiguide-check"]["script"]:
        assert shell(line, lab / "guide").returncode == 0
    assert (lab / "guide/gl-code-quality-report.json").read_text("utf-8").strip() == "[]"
