"""What a hostile guide can reach: nothing is run, nothing outside is read, no network is opened."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.hostile.lab import CREATE, SMALL
from tests.hostile.lab import write as write_small
from tests.parcels import write

from apiguide.checks import check
from apiguide.git import files_at, git

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
RAN = "ran.txt"
SECRET = "the secret of another folder"
WHO = ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", "-c", "commit.gpgSign=false"]


class Watched(NamedTuple):
    """What a command printed, and the events that were heard while it ran."""

    output: str
    code: int
    events: list[list[Any]]

    def paths(self, *events: str) -> set[Path]:
        return {Path(os.path.realpath(each[1])) for each in self.events
                if each[0] in events and isinstance(each[1], str)}  # fmt: skip


@pytest.fixture
def watched(tmp_path: Path) -> Callable[..., Watched]:
    """`watched(root, *arguments)`: runs a command of apiguide in a folder, and listens."""

    def run(root: Path, *arguments: str) -> Watched:
        log = tmp_path / "events.txt"
        log.unlink(missing_ok=True)
        environment = os.environ | {
            "APIGUIDE_CACHE": "",
            "HOME": str(tmp_path / "home"),
            "NO_MKDOCS_2_WARNING": "1",
        }
        command = [sys.executable, str(HERE / "watched.py"), str(log), *arguments]
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
        events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
        return Watched(done.stdout + done.stderr, done.returncode, events)

    return run


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that no guide may look into."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.md").write_text(f"# {SECRET}\n")
    (folder / "secret.yaml").write_text(f"title: {SECRET}\n")
    return folder


def hostile(root: Path, outside: Path) -> Path:
    """The starter's guide, with all that a stranger may try in `reference/` and `docs/`."""
    write(root)
    (root / "docs/links.md").symlink_to(outside / "secret.md")
    (root / "docs/folder").symlink_to(outside)
    (root / "reference/linked").symlink_to(outside)
    (root / "reference/shipments/linked.yaml").symlink_to(outside / "secret.yaml")
    (root / "docs/run.md").write_text(
        "# A\n\n{% include '../../outside/secret.md' %}\n\n{{ cycler.__init__.__globals__.os.system('touch "
        + RAN
        + "') }}\n"
    )
    (root / "reference/shipments/run.yaml").write_text(
        f"title: !!python/object/apply:os.system ['touch {RAN}']\nmethod: GET\npath: /a\n"
        "description: '{{ lipsum.__globals__.os.popen(1) }} ![a](http://127.0.0.1:9/a.png) [b](file:///etc/passwd)'\n"
    )
    (root / "reference/shipments/conftest.py").write_text(f"open('{RAN}', 'w')\n")
    if hasattr(os, "mkfifo"):
        os.mkfifo(root / "docs/pipe.md")
        os.mkfifo(root / "reference/shipments/pipe.yaml")
    return root


def assert_stayed_inside(seen: Watched, root: Path, outside: Path) -> None:
    assert SECRET not in seen.output
    for path in seen.paths("open", "os.listdir", "os.scandir"):
        assert not path.is_relative_to(outside.resolve()), f"looked into {path}"
    installed = [
        Path(os.path.realpath(each)) for each in (sys.prefix, sys.base_prefix, ROOT, root, os.devnull)
    ]
    allowed = (
        *installed,
        Path("/proc"),
        Path("/usr/share/zoneinfo"),
        Path("/etc"),
        Path("/usr/share/locale"),
    )
    for path in seen.paths("open"):
        mine = any(path.is_relative_to(each) for each in allowed) or "site-packages" in path.parts
        assert mine or path.is_relative_to(Path(os.path.realpath(tempfile.gettempdir()))), f"opened {path}"
    assert "/etc/passwd" not in {str(path) for path in seen.paths("open")}
    assert [each for each in seen.events if each[0].startswith("socket.")] == []
    assert {each[1] for each in seen.events if each[0] == "subprocess.Popen"} <= {"git"}
    assert [
        each for each in seen.events if each[0] in ("os.system", "os.exec", "os.spawn", "os.posix_spawn")
    ] == []
    assert not list(root.rglob(RAN))


def test_a_check_stays_inside(tmp_path: Path, outside: Path, watched: Callable[..., Watched]) -> None:
    root = hostile(tmp_path / "guide", outside)
    seen = watched(root, "check")
    assert_stayed_inside(seen, root, outside)
    assert seen.code == 1
    for code in ("unexpected-file", "docs-jinja", "yaml-feature"):
        assert f"error[{code}]" in seen.output
    opened = {path.name for path in seen.paths("open")}
    assert {"run.md", "run.yaml"} <= opened, "it listens"
    assert not {"pipe.md", "pipe.yaml", "conftest.py"} & opened


def test_a_build_of_a_guide_with_hostile_texts_stays_inside(
    tmp_path: Path, outside: Path, watched: Callable[..., Watched]
) -> None:
    root = tmp_path / "guide"
    write(root)
    endpoint = root / "reference/shipments/get.yaml"
    evil = '{{ 7*7 }} {% include "/etc/passwd" %} {# c #} <script src=http://127.0.0.1:9/x></script>'
    endpoint.write_text(endpoint.read_text().replace("Returns one shipment.", f"'Returns one. {evil}'"))
    seen = watched(root, "build", "--release", "2025-04-01")
    assert seen.code == 0, seen.output
    assert_stayed_inside(seen, root, outside)
    (page,) = (root / "site").glob("2025-04-01/shipments/get/index.html")
    shown = page.read_text("utf-8")
    assert "{{ 7*7 }} {% include" in shown
    assert "{# c #} &lt;script src=http" in shown
    assert "<script src=http" not in shown


@pytest.mark.parametrize("folder", ["reference", "docs"])
def test_a_folder_that_is_a_link_is_not_followed(
    folder: str, tmp_path: Path, outside: Path, watched: Callable[..., Watched]
) -> None:
    root = tmp_path / "guide"
    write(root)
    (root / folder).rename(root / "moved")
    (root / folder).symlink_to(outside)
    # With a cache, whose key is made of all that a check reads.
    seen = watched(root, "check")
    assert_stayed_inside(seen, root, outside)
    assert "is a symbolic link" in seen.output
    cached = subprocess.run(
        [sys.executable, "-c", "from apiguide.cli import run; run()", "check"],
        cwd=root,
        env=os.environ | {"APIGUIDE_CACHE": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert cached.returncode == (2 if folder == "reference" else 1)  # there is no guide
    assert "is a symbolic link" in cached.stdout


def test_a_former_name_cannot_lead_out_of_the_site(tmp_path: Path) -> None:
    text = f"{SMALL[CREATE]}formerly: [../../../../etc/cron.d]\n"
    (found,) = check(write_small(tmp_path, CREATE, text.encode())).problems
    assert found.code == "bad-former-name"


# Git


@pytest.fixture
def repository(tmp_path: Path) -> Callable[..., Path]:
    """A repository of the small guide; its configuration names a program wherever git takes one."""
    root = write_small(tmp_path / "repository")
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path / RAN}\ncat\n")
    program.chmod(0o755)

    def run(*arguments: str) -> None:
        subprocess.run(["git", *WHO, *arguments], cwd=root, check=True, capture_output=True)

    def make(attributes: str = "*.yaml filter=evil diff=evil\n") -> Path:
        (root / ".gitattributes").write_text(attributes)
        run("init", "--quiet")
        run("add", "--all")
        run("commit", "--quiet", "--message", "A guide")
        hooks = root / ".git/hooks"
        hooks.mkdir(exist_ok=True)
        for name in ("post-index-change", "reference-transaction", "pre-auto-gc"):
            (hooks / name).write_text(program.read_text())
            (hooks / name).chmod(0o755)
        for key in (
            *(
                "core.fsmonitor",
                "core.pager",
                "core.sshCommand",
                "core.askPass",
                "credential.helper",
            ),
            *("diff.external", "diff.evil.textconv", "diff.evil.command", "gpg.program", "tar.tar.command"),
            *("filter.evil.smudge", "filter.evil.clean", "filter.evil.process", "uploadpack.packObjectsHook"),
        ):
            run("config", key, str(program))
        run("config", "log.showSignature", "true")
        return root

    return make


def test_no_program_that_a_repository_names_is_run(repository: Callable[..., Path], tmp_path: Path) -> None:
    from apiguide.site.git_dates import file_dates, newest_commit

    root = repository()
    assert files_at(root, "HEAD", "reference")
    assert CREATE in file_dates(root)
    assert newest_commit(root)
    assert not (tmp_path / RAN).exists()
    subprocess.run(["git", "archive", "HEAD"], cwd=root, check=False, capture_output=True)
    assert (tmp_path / RAN).exists(), "the trap works: another command of git does run it"


def test_what_a_partial_clone_lacks_is_not_fetched(repository: Callable[..., Path], tmp_path: Path) -> None:
    root = repository("")
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": f"ext::sh -c touch% {tmp_path / RAN}",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
    }.items():
        subprocess.run(["git", "config", key, value], cwd=root, check=True)
    id_ = (git(root, "rev-parse", f"HEAD:{CREATE}") or b"").decode().strip()
    (root / ".git/objects" / id_[:2] / id_[2:]).unlink()
    files_at(root, "HEAD", "reference")
    assert not (tmp_path / RAN).exists()
    subprocess.run(["git", "cat-file", "-p", id_], cwd=root, check=False, capture_output=True)
    assert (tmp_path / RAN).exists(), "the trap works: git left alone does fetch"


def test_files_at_a_commit_are_as_they_were_committed(repository: Callable[..., Path]) -> None:
    root = repository("*.yaml text eol=crlf export-ignore\n")
    (root / CREATE).write_text("title: Another\n")
    found = {str(path): content.decode() for path, content in files_at(root, "HEAD", "reference").items()}
    assert found == {name: text for name, text in SMALL.items() if name.startswith("reference/")}
