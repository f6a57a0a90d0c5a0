"""One real answer, as it may stand in the guide."""

from __future__ import annotations

from typing import Any, NamedTuple

from apiguide.mock.bodies import MalformedError
from apiguide.model import Field
from apiguide.verify.anonymous import Anonymous
from apiguide.verify.client import Client, NoAnswerError
from apiguide.verify.differing import without_root
from apiguide.verify.verify import Verification
from apiguide.verify.walk import NO_RECORD, NotReachedError
from apiguide.view import GuideView


class Recorded(NamedTuple):
    """An answer for an endpoint's example."""

    status: str
    body: Field
    """What is documented for it."""
    value: Any
    undocumented: tuple[str, ...]
    """Names that were left out since the guide does not have them."""


def recorded(view: GuideView, client: Client, id_: str, *, allow_unsafe: bool = False) -> Recorded:
    """What a server answers to an endpoint, without what is private in it.

    The lists that have the records of its path are asked first. Raises NotReachedError, NoAnswerError or
    UnreachableError.
    """
    verification = Verification(view, client, [id_] if allow_unsafe else [])
    endpoint = view.endpoints[id_]
    if not endpoint.is_safe and not allow_unsafe:
        raise NotReachedError("it is not safe: give --allow-unsafe if it may be sent all the same")
    walk = verification.walk
    needed = walk.needed(endpoint)
    for other, each in sorted(walk.endpoints(), key=lambda pair: pair[0] not in needed):
        if other not in needed and walk.why_not(id_, endpoint) != NO_RECORD:
            break
        if other != id_:
            verification.ask(other, each)
    reply = verification.reply(id_, endpoint)
    response = next((each for each in view.responses(endpoint) if each.status == reply.status), None)
    if response is None or response.body is None or not response.is_success:
        raise NotReachedError(f"the server answers with {reply.status}, for which no body is documented")
    try:
        value = verification.read(reply)
    except MalformedError as error:
        raise NoAnswerError(client.clean(str(error))) from None
    is_xml = verification.format == "xml"
    anonymous = Anonymous(verification.items, is_xml=is_xml, wraps=verification.comparison.wraps)
    plain = anonymous.of(response.body, without_root(view, response.body, value) if is_xml else value)
    return Recorded(
        reply.status, response.body, plain, tuple(map(client.clean, dict.fromkeys(anonymous.undocumented)))
    )
