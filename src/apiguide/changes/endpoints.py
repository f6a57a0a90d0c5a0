"""What differs between the endpoints, resources and objects of two releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from apiguide.anchors import OBJECT, RESPONSE, holder
from apiguide.changes.fields import Fields, Location
from apiguide.changes.matching import moved_parameters, same_placeholders, without
from apiguide.changes.rules import Difference
from apiguide.changes.table import CAME, DOCUMENTED, ITSELF, OTHER, WENT, of_status, rule_of
from apiguide.fingerprints import fingerprint
from apiguide.model import LOCATIONS, Endpoint, Field, Note, Resource, Versioned, resource_id
from apiguide.model.endpoint import path_shape
from apiguide.problems import mark_of, name_mark
from apiguide.texts import Said, said
from apiguide.view import GuideView, ResolvedResponse


class Endpoints:
    """Compares the guides of two views.

    With `expands`, fields of objects are compared wherever a response holds the object; otherwise once, where
    it is declared.
    """

    def __init__(self, old: GuideView, new: GuideView, *, expands: bool) -> None:
        self.old = old
        self.new = new
        self.expands = expands
        self.fields = Fields(old, new)

    def all(self) -> Iterator[Difference]:
        """All that differs."""
        for id_ in dict.fromkeys([*self.new.resources, *self.old.resources]):
            yield from self._resource(id_)

    @cached_property
    def _renamed(self) -> frozenset[str]:
        """The ids in the older guide of endpoints that have others now."""
        new = (id_ for id_ in self.new.endpoints if id_ not in self.old.endpoints)
        return frozenset(former for id_ in new if (former := self._former(id_)) is not None)

    def _old_resource(self, id_: str) -> Resource | None:
        """What the older guide has of a resource of the newer one, under whichever name."""
        if id_ in self.old.resources:
            return self.old.resources[id_]
        names = reversed(self.new.resources[id_].formerly)
        return next((self.old.resources[n] for n in names if self._is_former(n)), None)

    def _is_former(self, id_: str) -> bool:
        """Whether a resource has that id in the older guide alone."""
        return id_ in self.old.resources and id_ not in self.new.resources

    @cached_property
    def _renamed_resources(self) -> frozenset[str]:
        """The ids in the older guide of resources that have others now."""
        new = (each for id_, each in self.new.resources.items() if id_ not in self.old.resources)
        return frozenset(former for each in new for former in each.formerly if self._is_former(former))

    def _former(self, id_: str) -> str | None:
        """The id in the older guide of an endpoint of the newer one; None where it is new."""
        if id_ in self.old.endpoints:
            return id_
        resource, _, name = id_.partition("/")
        folders = self.new.resources[resource].formerly
        names = (*(f"{folder}/{name}" for folder in folders), *self.new.endpoints[id_].formerly)
        return next(
            (n for n in reversed(names) if n in self.old.endpoints and n not in self.new.endpoints), None
        )

    def _resource(self, id_: str) -> Iterator[Difference]:
        new = self.new.resources.get(id_)
        old = self.old.resources[id_] if new is None else self._old_resource(id_)
        if new is None:
            assert old is not None, "a resource is in one of the two"
            if id_ not in self._renamed_resources:
                yield _of_page(rule_of("resource", ITSELF, WENT), id_, "gone", old)
        elif old is None:
            yield self._come("resource", id_, new)
        else:
            for code, text in _deprecation(old, new):
                yield Difference(code, id_, (), text, mark_of(new.title))
        if not self.expands and new is not None:
            for name in new.objects:
                yield from self._object(id_, name)
        yield from self._endpoints_gone(id_)
        for page in self.new.guide.endpoints_of(id_):
            yield from self.endpoint(page)

    def _endpoints_gone(self, id_: str) -> Iterator[Difference]:
        """The endpoints that a resource no longer has."""
        for page in self.old.guide.endpoints_of(id_):
            if page not in self.new.endpoints and page not in self._renamed:
                yield _of_page(rule_of("endpoint", ITSELF, WENT), page, "gone", self.old.endpoints[page])

    def endpoint(self, id_: str) -> Iterator[Difference]:
        """What differs in an endpoint of the newer guide."""
        new = self.new.endpoints[id_]
        former = self._former(id_)
        if former is None:
            yield self._come("endpoint", id_, new, self.new.resources[resource_id(id_)])
            return
        old = self.old.endpoints[former]
        if fingerprint(self.old, old) == fingerprint(self.new, new):
            return
        if old is not new:
            found = list(self._head(id_, old, new))
            note = self.fields.note(new)
            if note and not found:
                found = [Difference("noted", id_, (), said("differences.changed"), mark_of(new.title), note)]
            yield from found
        yield from self._parameters(id_, old, new)
        yield from self._responses(id_, old, new)

    def _parameters(self, id_: str, old: Endpoint, new: Endpoint) -> Iterator[Difference]:
        moved = moved_parameters(old, new)
        for location in LOCATIONS:
            at = Location(
                id_,
                (location,),
                is_request=True,
                is_text=location != "body" or "json" not in self.new.formats(new),
                mark=mark_of(new.title),
            )
            if location == "path":
                before, after = same_placeholders(old, new)
            else:
                before, after = old.parameters.location(location), new.parameters.location(location)
            gone = {name for name, (former, _) in moved.items() if former == location}
            come = {name for name, (_, now) in moved.items() if now == location}
            yield from self.fields.compare(without(before, gone), without(after, come), at)
            for name in (name for name in after if name in come):
                former = moved[name][0]
                older = old.parameters.location(former)[name]
                yield from self.fields.moved(name, older, after[name], former, at)

    def page(self, id_: str) -> Iterator[Difference]:
        """What differs on the page of an endpoint or a resource; nothing where the newer guide has none."""
        if id_ in self.new.endpoints:
            yield from self.endpoint(id_)
            if id_ in self.old.endpoints:
                yield from self._notes(id_, self.new.endpoints[id_])
        elif id_ in self.new.resources:
            yield from self._of_resource(id_)

    def _of_resource(self, id_: str) -> Iterator[Difference]:
        """What differs on the page of a resource: in it, its list of endpoints, its objects."""
        old, new = self._old_resource(id_), self.new.resources[id_]
        if old is None:
            yield self._come("resource", id_, new)
            return
        for code, text in _deprecation(old, new):
            yield Difference(code, id_, (), text, mark_of(new.title))
        yield from self._notes(id_, new)
        yield from self._endpoints_gone(id_)
        for page in self.new.guide.endpoints_of(id_):
            if self._former(page) is None:
                yield from self.endpoint(page)
        for name in dict.fromkeys([*new.objects, *old.objects]):
            mark = name_mark((new if name in new.objects else old).objects, name)
            if name not in new.objects:
                yield Difference(
                    rule_of("object", ITSELF, WENT),
                    id_,
                    (OBJECT, name),
                    said("differences.object-gone", object=name),
                    mark,
                )
            elif name not in old.objects:
                is_known = self.fields.is_documented(new.objects[name], new)
                text = said(f"differences.object-{'documented' if is_known else 'added'}", object=name)
                code = rule_of("object", ITSELF, DOCUMENTED if is_known else CAME)
                yield Difference(code, id_, (OBJECT, name), text, mark)
            else:
                yield from self._in_object(id_, name)

    def _notes(self, id_: str, part: Resource | Endpoint) -> Iterator[Difference]:
        """The notes of a page that both have which are only documented now."""
        for each in part.notes:
            if self.fields.is_documented(each):
                text = said(f"differences.{each.kind}")
                yield Difference(
                    rule_of("endpoint", "notes", DOCUMENTED),
                    id_,
                    (),
                    text,
                    mark_of(part.title),
                    first_paragraph(each),
                )

    def _head(self, id_: str, old: Endpoint, new: Endpoint) -> Iterator[Difference]:
        note = self.fields.note(new)

        def differs(code: str, text: Said) -> Difference:
            return Difference(code, id_, (), text, mark_of(new.title), note)

        if (old.method, path_shape(old.path)) != (new.method, path_shape(new.path)):
            now, then = f"{new.method} {new.path}", f"{old.method} {old.path}"
            yield differs(rule_of("endpoint", "path", OTHER), said("differences.moved", new=now, old=then))
        for name in self.old.formats(old):
            if name not in self.new.formats(new):
                yield differs(
                    rule_of("endpoint", "formats", WENT), said("differences.format-gone", format=name.upper())
                )
        for name in self.new.formats(new):
            if name not in self.old.formats(old):
                yield differs(
                    rule_of("endpoint", "formats", CAME), said("differences.format-new", format=name.upper())
                )
        before = {str(each.value) for each in old.permissions or ()}
        after = {str(each.value): each for each in new.permissions or ()}
        for name, each in after.items():
            if name not in before:
                if self.fields.is_documented(each):
                    text = said("differences.permission-documented", permission=name)
                    yield differs(rule_of("permission", ITSELF, DOCUMENTED), text)
                else:
                    yield differs(
                        rule_of("permission", ITSELF, CAME),
                        said("differences.permission-new", permission=name),
                    )
        for name in sorted(before - after.keys()):
            yield differs(
                rule_of("permission", ITSELF, WENT), said("differences.permission-gone", permission=name)
            )
        if old.is_safe != new.is_safe and old.method == new.method:
            word = "added" if new.is_safe else "removed"
            yield differs(
                rule_of("endpoint", "safe", CAME if new.is_safe else WENT), said(f"differences.safety-{word}")
            )
        for code, text in _deprecation(old, new):
            yield differs(code, text)

    def _responses(self, id_: str, old: Endpoint, new: Endpoint) -> Iterator[Difference]:
        before = {response.status: response for response in self.old.responses(old) if not response.by_rule}
        after = {response.status: response for response in self.new.responses(new) if not response.by_rule}
        every = (
            {response.status for response in self.new.responses(new)},
            {r.status for r in self.old.responses(old)},
        )
        mark = mark_of(new.title)
        for status in before:
            if status not in every[0]:
                text = said("differences.status-gone", status=status)
                yield Difference(
                    rule_of("response", of_status(status), WENT), id_, (RESPONSE, status), text, mark
                )
        first = next(
            (s for s, response in after.items() if response.is_success and response.body is not None), None
        )
        for status, response in after.items():
            root = (RESPONSE,) if status == first else (RESPONSE, status)
            stated = new.responses.get(status)
            typed = name_mark(new.responses, status)
            location = Location(
                id_,
                root,
                is_request=False,
                expands=self.expands,
                mark=typed if typed.source.path else mark,
            )
            if status in before:
                yield from self._response(location, before[status], response)
                former = old.responses.get(status)
                if former is not None and stated is not None:
                    for code, text in _deprecation(former, stated):
                        yield Difference(code, id_, (RESPONSE, status), text, location.mark)
            elif status not in every[1]:
                known = stated is not None and self.fields.is_documented(stated)
                code = rule_of("response", of_status(status), DOCUMENTED if known else CAME)
                text = said(f"differences.status-{'documented' if known else 'new'}", status=status)
                yield Difference(code, id_, root, text, mark)

    def _response(
        self, location: Location, old: ResolvedResponse, new: ResolvedResponse
    ) -> Iterator[Difference]:
        mark = location.mark
        if old.body is not None and new.body is not None:
            yield from self.fields.body(old.body, new.body, location)
        elif old.body is not None:
            text = said("differences.body-gone", status=new.status)
            yield Difference(rule_of("response", "body", WENT), location.page, location.root, text, mark)
        elif new.body is not None:
            known = self.fields.is_documented(new.body)
            text = said(f"differences.body-{'documented' if known else 'new'}", status=new.status)
            code = rule_of("response", "body", DOCUMENTED if known else CAME)
            yield Difference(code, location.page, location.root, text, mark)

    def _object(self, page: str, name: str) -> Iterator[Difference]:
        """What differs in an object, for those who get it in a response."""
        if name in self.old.objects and name in self._replied:
            yield from self._in_object(page, name)

    def _in_object(self, page: str, name: str) -> Iterator[Difference]:
        """What differs in an object that both have."""
        old, new = self.old.objects[name], self.new.objects[name]
        if old is new:
            return
        mark = name_mark(self.new.resources[page].objects, name)
        if (old.name, old.plural, old.wrapped) != (new.name, new.plural, new.wrapped):
            text = said("differences.object-form", object=name)
            yield Difference(
                rule_of("object", "name", OTHER), page, (OBJECT, name), text, mark, self.fields.note(new)
            )
        for code, text in _deprecation(old, new):
            yield Difference(code, page, (OBJECT, name), text, mark)
        location = Location(page, (OBJECT, name), is_request=False, expands=False, mark=mark)
        yield from self.fields.compare(old.fields, new.fields, location)

    @cached_property
    def _replied(self) -> frozenset[str]:
        """The objects that responses of the newer guide hold."""
        return objects_of_responses(self.new, self.new.endpoints.values())

    def _come(
        self, what: str, page: str, part: Resource | Endpoint, parent: Resource | None = None
    ) -> Difference:
        """A page that the older guide lacks: new, or only documented now."""
        if self.fields.is_documented(part, parent):
            return _of_page(rule_of(what, ITSELF, DOCUMENTED), page, "documented", part)
        return _of_page(rule_of(what, ITSELF, CAME), page, "new", part)


def _deprecation(old: Versioned, new: Versioned) -> Iterator[tuple[str, Said]]:
    """That a whole is deprecated, or no longer is: rules with what is said of it."""
    if new.deprecated is not None and old.deprecated is None:
        use = new.deprecated.use
        text = said("differences.deprecated-for", use=use) if use else said("differences.deprecated")
        yield rule_of("endpoint", "deprecated", CAME), text
    elif old.deprecated is not None and new.deprecated is None:
        yield rule_of("endpoint", "deprecated", WENT), said("differences.deprecated-no-more")


def _of_page(code: str, page: str, what: str, part: Resource | Endpoint) -> Difference:
    """A difference of a page as a whole."""
    return Difference(code, page, (), said(f"differences.{what}"), mark_of(part.title))


def first_paragraph(note: Note) -> str:
    """How a note begins."""
    return note.text.strip().partition("\n\n")[0]


def objects_of_responses(view: GuideView, endpoints: Iterable[Endpoint]) -> frozenset[str]:
    """The objects that responses of endpoints hold, themselves or inside others."""
    open_: list[Field] = [
        response.body
        for endpoint in endpoints
        for response in view.responses(endpoint)
        if response.body is not None
    ]
    found: set[str] = set()
    while open_:
        held = holder(open_.pop())
        if held is None or (held.fields is None and held.object in found):
            continue
        if held.object is not None and held.fields is None:
            found.add(held.object)
        open_.extend((view.members(held) or {}).values())
    return frozenset(found)
