"""Whether a request carries the credentials of a guide's examples."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from apiguide.model import Authentication


def is_known(schemes: Iterable[Authentication], headers: Mapping[str, str], query: Mapping[str, Any]) -> bool:
    """Whether a request is allowed: by one of the schemes, or where there is none."""
    known = tuple(schemes)
    return not known or any(_carries(scheme, headers, query) for scheme in known)


def challenges(schemes: Iterable[Authentication]) -> str:
    """What `WWW-Authenticate` says (RFC 9110 §11.6.1)."""
    kinds = {"basic": 'Basic realm="API"', "bearer": "Bearer", "api_key": 'ApiKey realm="API"'}
    return ", ".join(dict.fromkeys(kinds[str(scheme.type)] for scheme in schemes))


def _carries(scheme: Authentication, headers: Mapping[str, str], query: Mapping[str, Any]) -> bool:
    kind, _, value = headers.get("authorization", "").partition(" ")
    if scheme.type == "basic":
        return kind.lower() == "basic" and _same(
            _user_and_password(value), f"{scheme.user}:{scheme.password}"
        )
    if scheme.type == "bearer":
        return kind.lower() == "bearer" and _same(value.strip(), scheme.token)
    if scheme.location == "query":
        return _same(str(query.get(scheme.name, "")), scheme.token)
    return _same(headers.get(scheme.name.lower(), ""), scheme.token)


def _user_and_password(value: str) -> str:
    try:
        return base64.b64decode(value.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode(), expected.encode())
