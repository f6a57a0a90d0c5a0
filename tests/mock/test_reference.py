"""Requests that no page prints, to every endpoint of the newest release, are answered as it is documented.

They are made here from the model alone: other ids and texts, another order, another way to ask for a format.
"""

import base64
import http.client
import json
import random
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest

from apiguide.checks import Checked
from apiguide.mock.app import Mock, Served
from apiguide.mock.server import in_thread
from apiguide.model import Endpoint, Field
from apiguide.view import GuideView

TYPES = {"application/json": json.loads, "application/xml": ElementTree.fromstring}


@pytest.fixture(scope="module")
def view(reference: Checked) -> GuideView:
    assert reference.guide is not None
    return reference.views[reference.guide.newest]


@pytest.fixture(scope="module")
def log() -> list[Served]:
    return []


@pytest.fixture(scope="module")
def client(view: GuideView, log: list[Served]) -> Iterator["Client"]:
    with in_thread(Mock(view, log.append)) as port:
        client = Client(port)
        yield client
        client.connection.close()


class Client:
    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def __call__(
        self, method: str, target: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[int, str, str]:
        self.connection.request(method, target, body.encode() if body else None, dict(headers))
        reply = self.connection.getresponse()
        text = reply.read().decode()
        return reply.status, reply.getheader("Content-Type", "").partition(";")[0], text


class Maker:
    """Makes values that fields allow, as unlike those of the guide as they can be."""

    def __init__(self, view: GuideView, seed: str) -> None:
        self.view = view
        self.random = random.Random(seed)

    def value(self, field: Field, depth: int = 0) -> Any:
        if field.const is not None:
            return self.typed(field, str(field.const))
        if field.enum:
            return self.typed(field, str(self.random.choice(field.enum).value))
        if field.is_array:
            if field.items is None or depth > 3:
                return []
            return [self.value(field.items, depth + 1) for _ in range(self.random.randint(1, 3))]
        if field.is_object:
            members = dict(self.view.members(field, request=True) or {})
            names = [name for name, each in members.items() if each.required or self.random.random() < 0.7]
            self.random.shuffle(names)
            return {name: self.value(members[name], depth + 1) for name in names if depth < 4}
        return self.typed(field, self.text(field))

    def text(self, field: Field) -> str:
        kind = (field.type or ("string",))[0]
        if field.pattern is not None:
            return str(field.example)
        if kind in ("integer", "decimal", "float"):
            low = int(field.minimum) if field.minimum is not None else 0
            high = int(field.maximum) if field.maximum is not None else low + 100_000
            return str(self.random.randint(low, high))
        if kind == "string":
            return "ü <&> ' \" \\ /\n"[: field.max_length or 20]
        fixed = {"boolean": "false", "date": "2031-12-30", "datetime": "2031-12-30T23:59:58+02:00"}
        return fixed.get(kind, "2031-12-30T23:59:58")

    @staticmethod
    def typed(field: Field, text: str) -> Any:
        kind = (field.type or ("string",))[0]
        if kind in ("integer", "decimal", "float"):
            return float(text) if "." in text else int(text)
        return text == "true" if kind == "boolean" else text


def element(name: str, value: Any, field: Field | None, view: GuideView) -> ElementTree.Element:
    """A value as Rails writes it, with the attributes that say of which type it is."""
    found = ElementTree.Element(name)
    if isinstance(value, list):
        found.set("type", "array")
        items = field.items if field else None
        inner = (items.name or (view.sent_name(items.object) if items.object else None)) if items else None
        found.extend([element(inner or "item", each, items, view) for each in value])
    elif isinstance(value, dict):
        members = view.members(field, request=True) if field else None
        found.extend([element(key, each, (members or {}).get(key), view) for key, each in value.items()])
    elif isinstance(value, bool):
        found.set("type", "boolean")
        found.text = str(value).lower()
    else:
        if isinstance(value, int):
            found.set("type", "integer")
        found.text = str(value)
    return found


def target_of(view: GuideView, endpoint: Endpoint, maker: Maker, extension: str) -> str:
    path = endpoint.path
    for name, field in endpoint.parameters.path.items():
        value = str(maker.value(field)) if "integer" in (field.type or ()) else str(field.example or "x")
        path = path.replace(f":{name}", quote(value, safe=""))
    query = {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, field in endpoint.parameters.query.items()
        if not field.is_object and not field.is_array
        for value in [maker.value(field)]
    }
    if any(each.required and each.is_object for each in endpoint.parameters.query.values()):
        query = {}
    items = [*query.items()]
    maker.random.shuffle(items)
    return f"{path}{extension}" + (f"?{urlencode(items)}" if items else "")


def test_requests_that_no_page_prints_are_answered_as_documented(
    view: GuideView, client: Client, log: list[Served]
) -> None:
    """Each endpoint is asked in each format, once by the extension and once by what the client accepts."""
    password = base64.b64encode(b"user:userpass").decode()
    wrong: list[str] = []
    asked = 0
    for id_, endpoint in view.endpoints.items():
        maker = Maker(view, id_)
        successes = {int(each.status) for each in view.responses(endpoint) if each.is_success}
        for name in view.formats(endpoint):
            format_ = view.settings.formats[name]
            by_extension = maker.random.random() < 0.5
            headers = {
                "Authorization": f"Basic {password}",
                "Accept": "*/*" if by_extension else format_.media_type,
            }
            headers |= {key: str(maker.value(each)) for key, each in endpoint.parameters.header.items()}
            sent = {key: maker.value(each) for key, each in endpoint.parameters.body.items()}
            body = None
            if sent and name == "json":
                body = json.dumps(sent, ensure_ascii=maker.random.random() < 0.5, indent=3)
            elif len(sent) == 1:
                ((root, value),) = sent.items()
                tree = element(root, value, endpoint.parameters.body[root], view)
                body = ElementTree.tostring(tree, encoding="unicode")
            elif sent:
                continue  # XML has one root
            if body:
                headers["Content-Type"] = f"{format_.media_type}; charset=utf-8"
            target = target_of(view, endpoint, maker, format_.extension if by_extension else "")
            status, media_type, text = client(str(endpoint.method), target, body, headers)
            asked += 1
            if status not in successes:
                wrong.append(f"{id_} {name}: {status} {log[-1].note}: {target} {body}")
            elif text:
                if media_type != format_.media_type:
                    wrong.append(f"{id_} {name}: {media_type}")
                TYPES[media_type](text)
    assert asked > len(view.endpoints)
    assert wrong == []
