"""Queries made from the reference by a seed, of twelve kinds, each with the pages that are right."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from apiguide.anchors import page_url
from apiguide.names import names
from apiguide.view import GuideView

KINDS = (
    "method and path",
    "path in a log",
    "end of a path",
    "middle of a path",
    "title",
    "name",
    "name with blanks",
    "part of a name",
    "slip",
    "value",
    "words of a note",
    "words of docs",
)
_COMMON = 60
"""A word on more pages than this is not what somebody would look for a page by."""


@dataclass(frozen=True)
class Query:
    kind: str
    text: str
    right: frozenset[str]
    """URLs of pages, without anchors."""


class Queries:
    """Makes queries for the guide of a release whose hand-written pages are in a folder."""

    def __init__(self, view: GuideView, docs: Path) -> None:
        self.view = view
        self.endpoints = dict(sorted(view.endpoints.items()))
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        self.values: defaultdict[str, set[str]] = defaultdict(set)
        self.texts: dict[str, str] = {}
        for id_ in (*view.resources, *view.endpoints):
            self._read(id_)
        files = {file.stem: file.read_text("utf-8") for file in sorted(docs.glob("*.md"))}
        self.docs = {"" if name == "index" else page_url(name): text for name, text in files.items()}
        self.texts.update(self.docs)
        self.words = {url: {*_words(text)} for url, text in self.texts.items()}
        self.counts = Counter(word for words in self.words.values() for word in words)

    def _read(self, id_: str) -> None:
        url = page_url(id_)
        part = self.view.endpoints.get(id_) or self.view.resources[id_]
        texts = [part.title, part.description or "", *(note.text for note in part.notes)]
        for use in names(self.view).uses(id_):
            self.names[use.name].add(url)
            texts.append(use.field.description or "")
            for each in use.field.enum or ():
                self.values[str(each.value)].add(url)
        self.texts[url] = " ".join(texts)

    def make(self, seed: int, count: int) -> list[Query]:
        """`count` different queries, as many of each kind."""
        chance = random.Random(seed)
        makers: tuple[Callable[[random.Random], tuple[str, Iterable[str]]], ...] = (
            self._method_and_path,
            self._path_in_a_log,
            self._end_of_a_path,
            self._middle_of_a_path,
            self._title,
            self._name,
            self._name_with_blanks,
            self._part_of_a_name,
            self._slip,
            self._value,
            self._words_of_a_note,
            self._words_of_docs,
        )
        found: dict[str, Query] = {}
        while len(found) < count:
            number = len(found) % len(KINDS)
            text, right = makers[number](chance)
            found.setdefault(text, Query(KINDS[number], text, frozenset(right)))
        return list(found.values())

    def _at(self, is_right: Callable[[str, str], bool]) -> Iterator[str]:
        """The pages of endpoints whose method and path are right."""
        return (
            page_url(id_)
            for id_, endpoint in self.endpoints.items()
            if is_right(endpoint.method, endpoint.path)
        )

    def _endpoint(self, chance: random.Random, matching: Callable[[str], bool] = bool) -> tuple[str, str]:
        endpoint = chance.choice([each for each in self.endpoints.values() if matching(each.path)])
        return endpoint.method, endpoint.path

    def _method_and_path(self, chance: random.Random) -> tuple[str, Iterable[str]]:
        method, path = self._endpoint(chance)
        return f"{method} {path}", self._at(lambda *own: own == (method, path))

    def _path_in_a_log(self, chance: random.Random) -> tuple[str, Iterable[str]]:
        _, path = self._endpoint(chance)
        filled = re.sub(r":\w+", lambda _: str(chance.randint(1, 4000)), path)
        before = chance.choice(("", "", "http://cp.example.test", "curl -X GET https://cp.example.test"))
        after = chance.choice((".json", ".xml", "", ".json?page=2"))
        return f"{before}{filled}{after}", self._at(lambda _, own: own == path)

    def _end_of_a_path(self, chance: random.Random) -> tuple[str, Iterable[str]]:
        _, path = self._endpoint(chance, lambda path: path.count("/") > 2)
        end = "/".join(path.split("/")[-2:])
        return end, self._at(lambda _, own: own.endswith(f"/{end}"))

    def _middle_of_a_path(self, chance: random.Random) -> tuple[str, Iterable[str]]:
        _, path = self._endpoint(chance, lambda path: path.count("/") > 3)
        middle = "/".join(path.split("/")[2:-1])
        return middle, self._at(lambda _, own: _without_names(f"/{middle}/") in _without_names(f"{own}/"))

    def _title(self, chance: random.Random) -> tuple[str, Iterable[str]]:
        title = chance.choice([each.title for each in self.endpoints.values()])
        return title, (page_url(id_) for id_, each in self.endpoints.items() if each.title == title)

    def _name(self, chance: random.Random) -> tuple[str, Iterable[str]]:
        name = chance.choice(sorted(self.names))
        return name, self.names[name]

    def _name_with_blanks(self, chance: random.Random) -> tuple[str, Iterable[str]]:
        name = chance.choice([name for name in sorted(self.names) if "_" in name])
        return name.replace("_", " "), self.names[name]

    def _part_of_a_name(self, chance: random.Random) -> tuple[str, Iterable[str]]:
        name = chance.choice([name for name in sorted(self.names) if name.count("_") > 1])
        parts = name.split("_")
        start = chance.randint(0, 1)
        part = "_".join(parts[start : start + len(parts) - 1])
        having = [name for name in self.names if f"_{part}_" in f"_{name}_"]
        return part, (url for name in having for url in self.names[name])

    def _slip(self, chance: random.Random) -> tuple[str, Iterable[str]]:
        words = sorted(
            {word for each in self.endpoints.values() for word in _words(each.title) if len(word) > 5}
        )
        word = chance.choice(words)
        at = chance.randint(1, len(word) - 2)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        added = word[:at] + chance.choice("aeiort") + word[at:]
        slip = chance.choice((swapped, word[:at] + word[at + 1 :], added))
        if any(slip in words for words in self.words.values()):
            return self._slip(chance)
        parts = [*self.view.endpoints.items(), *self.view.resources.items()]
        return slip, (page_url(id_) for id_, each in parts if word in _words(each.title))

    def _value(self, chance: random.Random) -> tuple[str, Iterable[str]]:
        value = chance.choice([value for value in sorted(self.values) if re.search(r"[A-Za-z]{2}", value)])
        return value, self.values[value]

    def _words_of_a_note(self, chance: random.Random) -> tuple[str, Iterable[str]]:
        return self._words_of(
            chance, [note.text for endpoint in self.endpoints.values() for note in endpoint.notes]
        )

    def _words_of_docs(self, chance: random.Random) -> tuple[str, Iterable[str]]:
        return self._words_of(chance, [part for text in self.docs.values() for part in text.split("\n\n")])

    def _words_of(self, chance: random.Random, texts: list[str]) -> tuple[str, Iterable[str]]:
        """Four words of a text that are not everywhere, in their order."""
        while True:
            telling = [word for word in _words(chance.choice(texts)) if self.counts[word] < _COMMON]
            words = [*dict.fromkeys(telling)]
            if len(words) >= 4:
                at = chance.randint(0, len(words) - 4)
                asked = words[at : at + 4]
                return " ".join(asked), (url for url, own in self.words.items() if {*asked} <= own)


def _without_names(path: str) -> str:
    """A path whose placeholders are all the same: nobody can tell those of others from what is typed."""
    return re.sub(r":\w+", ":", path)


def _words(text: str) -> list[str]:
    """The words of a text that a page shows: no macro calls, no addresses of links."""
    plain = re.sub(r"\{\{.*?\}\}|\]\([^)]*\)|<[^>]+>", " ", text, flags=re.DOTALL)
    return [word for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", plain.lower()) if len(word) > 3]
