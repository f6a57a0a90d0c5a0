"""Each rule is found: the wrong example of its page fires it, and the right one leaves nothing to say.

What is printed is tests/golden/rules/CODE.txt.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from apiguide.checks import check, check_against
from apiguide.checks.registry import RULES
from apiguide.formats import FORMATS, render
from apiguide.problems import Problem, report

CHECKED = [code for code, rule in RULES.items() if rule.family != "server"]
"""The rules that a check of files reports; tests/verify/test_rule_pages.py has the others."""

CONTEXT = {
    "breaks-promise": {"guide.yaml": 'compatible_since: "1.0"\n'},
    "over-budget": {"books/get.yaml": "incomplete: [reply]\n"},
    "same-request": {"books/create.yaml": "parameters: {}\n"},
    "unknown-status": {"books/create.yaml": "responses: {202: {body: {object: book}}}\n"},
    "unnamed-status": {"books/create.yaml": "responses: {202: {description: L., body: {object: book}}}\n"},
    "unknown-group": {"guide.yaml": "groups: [{id: lending, title: Lending}]\n"},
}
"""What else a rule's example needs: keys of files that are otherwise as in the small project."""


def git(root: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", "-c", "commit.gpgSign=false"]
    subprocess.run(["git", *settings, *arguments], cwd=root, check=True, capture_output=True)


def commit(root: Path) -> None:
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--message", "A guide")


def with_field(root: Path, *, required: bool) -> None:
    """Adds a parameter to what is committed."""
    commit(root)
    field = f"pages: {{type: integer, required: {str(required).lower()}, description: How many., example: 9}}"
    body = "body: {book: {object: book, fields: {title: {required: true}}}}"
    write(root, "books/create.yaml", f"parameters:\n  {body}\n  query: {{{field}}}\n")


def with_config(root: Path, page: str) -> None:
    """Adds a mkdocs.yml, and replaces the start page."""
    (root / "mkdocs.yml").write_text("site_name: City Library API Guide\n", encoding="utf-8")
    (root / "docs/index.md").write_text(page, encoding="utf-8")


def holding_each_other(root: Path) -> None:
    """Seven objects, each of which holds the next one four times."""
    fields = [
        "".join(f"      f{m}: {{object: o{n + 1}, description: Next.}}\n" for m in range(4)) for n in range(7)
    ]
    objects = "".join(f"  o{n}:\n    fields:\n{each}" for n, each in enumerate(fields))
    last = "  o7: {fields: {n: {type: integer, description: End., example: 1}}}\n"
    write(root, "guide.yaml", f"objects:\n{objects}{last}")
    write(root, "books/get.yaml", "responses: {200: {body: {object: o0}}}\n")


def many_links(number: int) -> str:
    """Notes with so many links."""
    notes = (f"  - info: See {'[a](ref:books) ' * 90}.\n" for _ in range(0, number, 90))
    return f"notes:\n{''.join(notes)}"


def in_a_row(number: int) -> str:
    """Objects that each extend the one before."""
    first = "  o0: {fields: {n: {type: integer, description: A number., example: 1}}}\n"
    return first + "".join(f"  o{n}: {{extends: o{n - 1}}}\n" for n in range(1, number))


GET = "reference/books/get.yaml"
BUILT: dict[str, Callable[[Path], object]] = {
    "no-reference": lambda root: shutil.rmtree(root / "reference"),
    "no-guide": lambda root: (root / "reference/guide.yaml").unlink(),
    "no-resource-file": lambda root: (root / "reference/books/resource.yaml").unlink(),
    "unexpected-file": lambda root: (root / "reference/books/get.yml").write_bytes(b""),
    "unreadable-file": lambda root: (root / GET).chmod(0),
    "not-utf-8": lambda root: (root / GET).write_bytes(b"title: Caf\xe9\n"),
    "file-too-large": lambda root: (root / GET).write_bytes(b"#" * (1024 * 1024 + 1)),
    "too-many-values": lambda root: (root / GET).write_text(f"[{'a, ' * 20_001}]\n", encoding="utf-8"),
    "empty-file": lambda root: (root / GET).write_bytes(b"# Later.\n"),
    "forbidden-character": lambda root: write(root, "books/get.yaml", "description: Gives\u200b a book.\n"),
    "too-deep": lambda root: write(root, "books/get.yaml", f"examples: {'[' * 40}{']' * 40}\n"),
    "too-large-example": holding_each_other,
    "extends-too-much": lambda root: write(root, "guide.yaml", f"objects:\n{in_a_row(20)}"),
    "too-many-calls": lambda root: (root / "docs/index.md").write_text("{{ resources() }}\n" * 201, "utf-8"),
    "too-many-links": lambda root: write(root, "books/get.yaml", many_links(1001)),
    "no-start-page": lambda root: (with_config(root, ""), (root / "docs/index.md").unlink()),
    "page-collision": lambda root: (root / "docs/books.md").write_text("# Books\n", encoding="utf-8"),
    "extension-off": lambda root: with_config(root, "# Library\n\n!!! note\n    It is closed on Sundays.\n"),
    "history-rewritten": lambda root: with_field(root, required=True),
    "history-changed": lambda root: with_field(root, required=False),
}
"""Rules of files as a whole, and others that no short example shows: what is done to the small project."""


def write(root: Path, name: str, keys: str) -> None:
    """Puts keys into a file of the small project in place of those that it has; other files are replaced."""
    if not name.endswith(".yaml"):
        (root / name).write_text(keys, encoding="utf-8")
        return
    file = root / "reference" / name
    given = set(re.findall(r"^(\w+):", keys, re.MULTILINE))
    blocks = re.findall(r"^\S.*\n(?:[ \t].*\n)*", file.read_text(encoding="utf-8"), re.MULTILINE)
    rest = "".join(block for block in blocks if block.partition(":")[0] not in given)
    file.write_text(rest + keys, encoding="utf-8")


def found(root: Path, code: str) -> list[Problem]:
    checked = check(root)
    problems = (check_against(checked, "HEAD") if code.startswith("history-") else checked).problems
    return [each for each in problems if code == "unused-object" or each.code != "unused-object"]


def example(code: str, which: str, root: Path) -> list[Problem]:
    """What is found in the small project with an example of the rule's page."""
    for name, keys in CONTEXT.get(code, {}).items():
        write(root, name, keys)
    shown = RULES[code].example()
    assert shown is not None, f"the page of {code} has no example, and nothing is built for it"
    write(root, shown.file, getattr(shown, which))
    return found(root, code)


@pytest.mark.parametrize("code", CHECKED)
def test_a_rule_finds_what_its_page_shows_as_wrong(
    code: str, project: Callable[..., Path], golden: Callable[[str, str], None]
) -> None:
    if code == "unreadable-file" and os.geteuid() == 0:
        pytest.skip("root may read every file")
    root = project({})
    if code in BUILT:
        BUILT[code](root)
        problems = found(root, code)
    else:
        problems = example(code, "wrong", root)
    assert code in {problem.code for problem in problems}
    assert {problem.severity for problem in problems if problem.code == code} == {RULES[code].severity}
    golden(f"rules/{code}.txt", "\n".join(report(problems)) + "\n")
    # Each stands in a file of the project, in every format.
    assert all(each.where.source.path and min(each.where[1:]) >= 1 for each in problems)
    for format_ in FORMATS:
        assert not re.search(r'"(?:path|uri)": ?"\.?"|file=\.?,|classname="\.?"', render(format_, problems))


@pytest.mark.parametrize("code", [code for code in CHECKED if code not in BUILT])
def test_nothing_is_wrong_with_what_its_page_shows_as_right(code: str, project: Callable[..., Path]) -> None:
    problems = example(code, "right", project({}))
    # One example leaves a debt on purpose, and has a budget for it.
    left = {"over-budget": {"incomplete"}}.get(code, set())
    assert {problem.code for problem in problems} == left, "\n".join(report(problems))


def test_no_rule_is_shown_twice() -> None:
    """A rule with an example on its page needs nothing built, and every golden file is of a rule."""
    assert {code for code in RULES if RULES[code].example() is not None} == set(RULES) - set(BUILT)
    golden = Path(__file__).parents[1] / "golden" / "rules"
    assert {path.stem for path in golden.glob("*.txt")} == set(RULES)
