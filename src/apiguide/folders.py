"""What the files and folders of projects and sites are called."""

from pathlib import Path

REFERENCE = "reference"
GUIDE_FILE = "guide.yaml"
RESOURCE_FILE = "resource.yaml"
DOCS = "docs"
MACROS = "macros"
"""The folder of a project's own macros."""
MACRO_SUFFIX = ".html.jinja"
"""How their files end."""
CONFIG = "mkdocs.yml"
TEXTS = "texts"
"""The folder of a project's own catalogues of texts."""
INPUTS = (CONFIG, REFERENCE, DOCS, MACROS, TEXTS)
"""What each guide is made of."""

EPOCH = "SOURCE_DATE_EPOCH"
"""The environment variable that says what day it is: https://reproducible-builds.org/specs/source-date-epoch/"""
LATEST = "latest"
"""The folder of a site with the guide of the newest release, under a name that stays."""


def default_macros() -> Path:
    """The folder of the macros that ship with the package; in a checkout, the project's own."""
    package = Path(__file__).parent
    shipped = package / MACROS
    return shipped if shipped.is_dir() else package.parents[1] / MACROS


def is_passed_over(name: str) -> bool:
    """Whether a file or folder in a project is none of the guide's: a hidden one, or what editors leave."""
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))
