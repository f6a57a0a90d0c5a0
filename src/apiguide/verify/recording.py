"""One real answer, as it may stand in the guide."""

from __future__ import annotations

from typing import Any, NamedTuple

from apiguide.mock import bodies
from apiguide.mock.bodies import MalformedError
from apiguide.verify.anonymous import Anonymous
from apiguide.verify.client import Client, NoAnswerError
from apiguide.verify.verify import Verification
from apiguide.verify.walk import NotReachedError
from apiguide.view import GuideView


class Recorded(NamedTuple):
    """An answer for an endpoint's example."""

    status: str
    value: Any
    undocumented: tuple[str, ...]
    """Names that were left out since the guide does not have them."""


def recorded(view: GuideView, client: Client, id_: str, *, allow_unsafe: bool = False) -> Recorded:
    """What a server answers to an endpoint, without what is private in it.

    Lists are asked first, for the records that the path names. Raises NotReachedError, NoAnswerError or
    UnreachableError.
    """
    verification = Verification(view, client, [id_] if allow_unsafe else [])
    endpoint = view.endpoints[id_]
    for other, each in verification.walk.endpoints():
        if other == id_:
            break
        if len(each.placeholders) < max(1, len(endpoint.placeholders)) and endpoint.placeholders:
            verification.ask(other, each)
    reply = verification.reply(id_, endpoint)
    response = next((each for each in view.responses(endpoint) if each.status == reply.status), None)
    if response is None or response.body is None or not response.is_success:
        raise NotReachedError(f"the server answers with {reply.status}, for which no body is documented")
    try:
        value = bodies.read(verification.format, reply.body)
    except MalformedError as error:
        raise NoAnswerError(str(error)) from error
    if verification.format == "xml":
        (value,) = value.values()
    anonymous = Anonymous(view)
    plain = anonymous.of(response.body, value)
    return Recorded(reply.status, plain, tuple(dict.fromkeys(anonymous.undocumented)))
