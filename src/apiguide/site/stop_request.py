"""How the preview is told to end: by signals, which may come at any moment, several of them too."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class StopRequest:
    """Whether a signal has asked the preview to end.

    It is looked at between two steps, so that no step is left half done, be it the making of a folder or of a
    process. Only what says so is broken off. A `threading.Event` would not do: a second signal while it is
    being set would wait for its lock for ever.
    """

    def __init__(self) -> None:
        self._is_set = False
        self._breaks = False

    @classmethod
    def by_signals(cls) -> StopRequest:
        """One that Ctrl-C, `kill` and the end of the terminal set, unless this process ignores them."""
        request = cls()
        for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, request.set)
        return request

    def set(self, *_signal: object) -> None:
        """Asks for the end."""
        self._is_set = True
        if self._breaks:
            self._breaks = False
            raise KeyboardInterrupt

    def is_set(self) -> bool:
        """Whether the end has been asked for."""
        return self._is_set

    @contextmanager
    def breaks(self) -> Iterator[None]:
        """Lets a signal raise KeyboardInterrupt in what is done meanwhile, for what may take for ever."""
        self._breaks = True
        try:
            if self._is_set:
                raise KeyboardInterrupt
            yield
        finally:
            self._breaks = False
