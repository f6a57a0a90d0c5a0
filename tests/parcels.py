"""A small project to test with: as `apiguide init` writes it, but for its guide, which stays as it is."""

import shutil
from pathlib import Path

from apiguide import starter

GUIDE = Path(__file__).parent / "guides" / "parcels"


def write(folder: Path) -> None:
    """Writes it into a new or empty folder: three endpoints, in the releases 2024-10-01 and 2025-04-01."""
    starter.write(folder)
    for name in ("reference", "docs"):
        shutil.rmtree(folder / name)
        shutil.copytree(GUIDE / name, folder / name)
