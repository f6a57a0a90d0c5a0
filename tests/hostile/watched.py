"""Runs `apiguide` with an ear on Python's audit events: `watched.py LOG ARGUMENTS…`; LOG gets a line for each.

What is opened, run or connected to is told as it happens, by the interpreter, so that nothing of it can be missed.
"""

import json
import os
import sys
from typing import Any

LOG = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
HEARD = ("open", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "subprocess.Popen", "socket.connect",
         "socket.bind", "socket.getaddrinfo", "socket.sendto", "ctypes.dlopen", "os.listdir", "os.scandir")  # fmt: skip


def hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event in HEARD:
        told = [os.fsdecode(each) if isinstance(each, bytes) else each for each in arguments[:2]]
        os.write(LOG, (json.dumps([event, *told], default=str) + "\n").encode("utf-8", "backslashreplace"))


def main() -> None:
    from apiguide.cli import main

    sys.addaudithook(hear)
    sys.argv = ["apiguide", *sys.argv[2:]]
    main()


if __name__ == "__main__":
    main()
