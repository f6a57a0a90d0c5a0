"""Runs `apiguide` and listens to Python's audit events: `watched.py LOG ARGUMENTS…`; a line of LOG for each.

What is opened, run or connected to is told by the interpreter as it happens, so nothing of it can be missed.
"""

import json
import os
import sys
from typing import Any

LOG = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
HEARD = (
    *("open", "os.listdir", "os.scandir", "ctypes.dlopen"),
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn"),
    *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"),
)


def hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event in HEARD:
        told = [os.fsdecode(each) if isinstance(each, bytes) else each for each in arguments[:2]]
        os.write(LOG, (json.dumps([event, *told], default=str) + "\n").encode("utf-8", "backslashreplace"))


def main() -> None:
    from apiguide.cli import run

    sys.addaudithook(hear)
    sys.argv = ["apiguide", *sys.argv[2:]]
    run()


if __name__ == "__main__":
    main()
