"""Files to begin an endpoint or a resource with: what can be guessed is there, and `TODO` marks what cannot.

A guide and a name come in, the text of a file goes out. It passes the check; what is marked counts as debt.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from apiguide.checks.parts import file_of
from apiguide.checks.requests.endpoints import is_plainly_safe, things_of
from apiguide.checks.stated import check_stated
from apiguide.conventions import Guess, guess, same_request
from apiguide.english import plural, singular
from apiguide.formatting import formatted
from apiguide.model import Endpoint, Guide, Part, Resource, resource_id
from apiguide.model.endpoint import PLACEHOLDER
from apiguide.model.forms import METHODS
from apiguide.model.verbs import VERBS
from apiguide.problems import Problem, did_you_mean, errors, listing
from apiguide.validation import validate
from apiguide.yaml_source import FrozenDict, load

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*\Z")
_PLAIN_NAMES = "lower case with digits, `_` and `-`"


class DraftError(Exception):
    """Why there is nothing to begin with; the message says what to do."""


@dataclass(frozen=True)
class Draft:
    """A file that is not there yet."""

    path: str
    """Where it will be, below the project."""
    text: str
    budget: int | None = None
    """The debt that guide.yaml allows the resource, where it says so."""
    planned: str | None = None
    """The release that is planned next; the file says nothing of it."""

    def write(self, root: Path) -> None:
        """Writes it. Raises DraftError where something is there already."""
        target = root / self.path
        if target.parent.is_symlink():
            raise DraftError(f"{Path(self.path).parent.as_posix()} is a symbolic link; copy the folder here")
        try:
            target.parent.mkdir(exist_ok=True)
            with target.open("x", encoding="utf-8", newline="") as file:
                file.write(self.text)
        except FileExistsError:
            raise DraftError(f"{self.path} is there already; nothing was written") from None


def endpoint_draft(
    guide: Guide,
    id_: str,
    *,
    method: str | None = None,
    path: str | None = None,
    title: str | None = None,
    lost: frozenset[str] = frozenset(),
) -> Draft:
    """The file of the endpoint `RESOURCE/ENDPOINT`; what is not given is guessed from its name and others.

    `lost` are the paths of files with errors. Raises DraftError where the check would find an error in it.
    """
    resource, slash, name = id_.partition("/")
    if not slash or not _ID.match(resource) or not _ID.match(name):
        raise DraftError(
            f"an endpoint is named RESOURCE/ENDPOINT, in {_PLAIN_NAMES}: {_meant(id_, 'books/create')}"
        )
    if file_of(id_) == file_of(resource):
        raise DraftError(f"{file_of(id_)} is the file of the resource itself; give the endpoint another name")
    if id_ in guide.endpoints or file_of(id_) in lost:
        raise DraftError(f"{file_of(id_)} is there already; nothing was written")
    _known_resource(guide, resource, lost)
    guessed = guess(guide, id_, method, path)
    if guessed.method in METHODS and guessed.method not in (guide.settings.methods or METHODS):
        message = f"{guessed.method} is not among the `methods` of guide.yaml"
        listed = listing(guide.settings.methods)
        entry = f"{guessed.method}: {{description: …}}"
        raise DraftError(f"{message}; add `{entry}` there, or choose from {listed} with --method")
    taken = same_request(guide, guessed.method, guessed.path)
    if taken is not None:  # two endpoints need a parameter that tells them apart, which nobody can guess
        message = f"{guessed.method} {guessed.path} is the request of {file_of(taken)}"
        raise DraftError(f"{message}; give this endpoint another --path or --method")
    is_safe = is_plainly_safe(guessed.method, guessed.path, things_of(guide))
    lines = [
        *_lines(title=title or _title(guide, id_), method=guessed.method, path=guessed.path),
        *_since(guide),
        *_incomplete(guessed),
        *([] if is_safe else ["safe: true  # if it changes nothing"]),
        *(["paging: true"] if guessed.paging else []),
        "description: TODO. What it does, in a sentence.",
        *_parameters(guide, resource, guessed),
        *_responses(guide, guessed),
    ]
    return _checked(guide, Endpoint, id_, lines, lost)


def resource_draft(
    guide: Guide,
    name: str,
    *,
    title: str | None = None,
    group: str | None = None,
    lost: frozenset[str] = frozenset(),
) -> Draft:
    """The file of a resource. Raises DraftError where the check would find an error in it."""
    if not _ID.match(name):
        raise DraftError(f"a resource is named in {_PLAIN_NAMES}: {_meant(name, 'books')}")
    if name in guide.resources or file_of(name) in lost:
        raise DraftError(f"{file_of(name)} is there already; nothing was written")
    lines = [
        *_lines(title=title or _words(name).capitalize(), group=group),
        *_since(guide),
        "description: TODO. What it is, and what one can do with it.",
        "# Next: `parameters`, the placeholders in paths, and `objects`, what endpoints send and return.",
    ]
    return _checked(guide, Resource, name, lines, lost)


def _known_resource(guide: Guide, resource: str, lost: frozenset[str]) -> None:
    if file_of(resource) in lost:
        raise DraftError(f"{file_of(resource)} has errors; `apiguide check` tells which")
    if resource not in guide.resources:
        hint = did_you_mean(resource, guide.resources) or f"`apiguide new resource {resource}` begins one"
        raise DraftError(f"there is no resource `{resource}`; {hint}")


def _meant(typed: str, example: str) -> str:
    """What to type instead of a name that cannot be one."""
    word = "/".join(re.sub(r"[^a-z0-9]+", "_", part.lower()).strip("_") for part in typed.split("/"))
    is_one = word.count("/") == example.count("/") and all(map(_ID.match, word.split("/")))
    return f"write {word if is_one else f'it as in {example}'}"


def _title(guide: Guide, id_: str) -> str:
    """A title of the endpoint's verb and the resource's name: "Create book"."""
    verb, _, rest = id_.partition("/")[2].partition("_")
    many = guide.resources[resource_id(id_)].title
    many = many if many[1:2].isupper() else many[:1].lower() + many[1:]
    usual, one = VERBS.get(verb), _one_of(guide, many)
    if usual is not None and not rest:
        return f"{verb.capitalize()} {many if usual.answer == 'list' else one}"
    joint = " of " if usual is not None else " "
    return f"{_words(f'{verb}_{rest}').capitalize()}{joint}{one}"


def _one_of(guide: Guide, many: str) -> str:
    """One of what a title names: as the object is called whose plural that is, else by the rules."""
    names = (_words(each.name or name) for name, each in guide.objects.items())
    found = next((name for name in names if plural(name).lower() == many.lower()), None)
    if found is None:
        return singular(many)
    return many[: len(found)] if many.lower().startswith(found.lower()) else found


def _words(name: str) -> str:
    return re.sub(r"[_-]+", " ", name).strip()


def _since(guide: Guide) -> list[str]:
    """The newest release that is out, so that pages show it; nothing where that is the first."""
    return [f"since: {json.dumps(guide.newest)}"] if guide.newest != guide.releases[0] else []


def _planned(guide: Guide) -> str | None:
    """The first release that is planned after the newest one that is out."""
    later = guide.releases[guide.releases.index(guide.newest) + 1 :]
    return later[0] if later else None


def _incomplete(guessed: Guess) -> list[str]:
    gaps = ["parameters"] if guessed.sends else []
    gaps += ["reply"] if guessed.answer and guessed.object is None else []
    return [f"incomplete: [{', '.join(gaps)}]"] if gaps else []


def _parameters(guide: Guide, resource: str, guessed: Guess) -> list[str]:
    names = dict.fromkeys(PLACEHOLDER.findall(guessed.path))
    unknown = [name for name in names if name not in guide.resources[resource].parameters]
    lines = [f"    {name}: {{description: TODO. What it names.}}" for name in unknown]
    lines = ["  path:", *lines] if lines else []
    if guessed.wrapper:
        lines += ["  body:", f"    {guessed.wrapper}: {{object: {guessed.object}}}"]
    return ["parameters:", *lines] if lines else []


def _responses(guide: Guide, guessed: Guess) -> list[str]:
    is_known = guessed.status in guide.settings.statuses
    keys = [] if is_known else ["description: TODO. What it means."]
    if guessed.object and guessed.answer:
        held = f"{{object: {guessed.object}}}"
        keys.append(f"body: {held if guessed.answer == 'one' else f'{{type: array, items: {held}}}'}")
    return ["responses:", f"  {guessed.status}: {{{', '.join(keys)}}}"]


def _lines(**texts: str | None) -> list[str]:
    """Lines of keys with what was typed, in quotes where YAML needs them."""
    stated = {key: str(text) for key, text in texts.items() if text is not None}
    made: str = yaml.safe_dump(stated, allow_unicode=True, sort_keys=False, width=math.inf)
    return made.splitlines()


def _checked(guide: Guide, model: type[Part], id_: str, lines: list[str], lost: frozenset[str]) -> Draft:
    """The file, if nothing is wrong in it."""
    path = file_of(id_)
    document = load("".join(f"{line}\n" for line in lines).encode(), path)
    found: list[Problem] = list(document.problems)
    part = validate(model, document, found) if document.root is not None else None
    resources, endpoints = dict(guide.resources), dict(guide.endpoints)
    if isinstance(part, Resource):
        resources[id_] = part
    elif isinstance(part, Endpoint):
        endpoints[id_] = part
    with_it = Guide(guide.settings, FrozenDict(resources), FrozenDict(endpoints))
    found += [each for each in check_stated(with_it, lost) if each.where.source.path == path]
    for problem in errors(found):
        raise DraftError(f"{problem.message}; {problem.hint}")
    text = formatted(document.source.text.encode(), path, model).decode()
    return Draft(path, text, guide.settings.debt.get(resource_id(id_)), _planned(guide))
