"""What the files and folders of projects and sites are called."""

import re
import unicodedata
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
PROOF = "proof.json"
"""The file of a project that says which of its examples have been run."""
INPUTS = (CONFIG, REFERENCE, DOCS, MACROS, TEXTS, PROOF)
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


_OF_WINDOWS = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\.|\Z)", re.IGNORECASE)
"""Names of devices, whatever stands after a dot."""
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def name_fault(name: str) -> tuple[str, str] | None:
    """What is wrong with the name of a file or folder that some system cannot keep, and what to do."""
    found = _NOT_ON_WINDOWS.search(name)
    if found is not None:
        shown = f"`{found[0]}`" if found[0].isprintable() else f"U+{ord(found[0]):04X}"
        return f"has {shown} in its name, which Windows does not allow", "rename it"
    if _OF_WINDOWS.match(name):
        return "has a name that Windows keeps for a device", "rename it"
    if name.endswith((".", " ")):
        return "has a name that ends with a dot or a blank, which Windows drops", "rename it"
    if name != unicodedata.normalize("NFC", name):
        return "has letters in its name whose accents stand apart (Unicode NFD)", "type the name anew (NFC)"
    return None


def alike(name: str) -> str:
    """What is equal for names that Windows or macOS take for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
