"""Files that are replaced in one step, so that nobody ever reads half of one."""

from __future__ import annotations

import tempfile
from pathlib import Path


def replace_file(path: Path, data: bytes, mode: int | None = None) -> None:
    """Puts a file with these bytes at a path, with a mode if one is given, else readable by its owner alone.

    Raises OSError where that cannot be done; then all is as it was.
    """
    with tempfile.NamedTemporaryFile(prefix=".", suffix=".tmp", dir=path.parent, delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.close()
            if mode is not None:
                temporary.chmod(mode)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
