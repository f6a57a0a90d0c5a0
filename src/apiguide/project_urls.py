"""Where apiguide itself is published, as `project.urls` in pyproject.toml says; None where that is silent."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, metadata


def project_url(label: str) -> str | None:
    """The address with a label, `Documentation` say, in the metadata of the installed package."""
    try:
        stated = metadata("apiguide").get_all("Project-URL") or []
    except PackageNotFoundError:  # it runs from its source, and is not installed
        return None
    found = (each.partition(",") for each in stated)
    return next((url.strip().rstrip("/") for name, _, url in found if name.strip() == label), None)


def rule_url(code: str) -> str | None:
    """The page of a rule in the published handbook."""
    handbook = project_url("Documentation")
    return f"{handbook}/rules/{code}/" if handbook is not None else None
