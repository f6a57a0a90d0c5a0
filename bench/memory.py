"""How much memory a command takes with all the processes that it starts."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_EVERY = 0.1
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def peak_of_all(command: Sequence[str], location: Path, environment: Mapping[str, str]) -> float | None:
    """The most that all processes had at one moment, in MB; None where the system does not tell (no Linux).

    Memory that processes share is counted once (proportional set size, `man 5 proc_pid_smaps`).
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    with subprocess.Popen(
        command, cwd=location, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, sum(map(_size, _family(process.pid))))
            time.sleep(_EVERY)
    return peak


def _family(pid: int) -> set[int]:
    """A process and all that come from it."""
    parents = {}
    for each in Path("/proc").glob("[0-9]*"):
        status = _read(f"{each}/stat")
        if status:
            parents[int(each.name)] = int(status.rpartition(")")[2].split()[1])
    found = {pid}
    while new := {child for child, parent in parents.items() if parent in found} - found:
        found |= new
    return found


def _size(pid: int) -> float:
    found = _PSS.search(_read(f"/proc/{pid}/smaps_rollup"))
    return int(found[1]) / 1024 if found else 0.0


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:  # it has ended
        return ""
