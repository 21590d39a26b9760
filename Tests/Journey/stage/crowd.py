"""People who go on submitting while something else happens."""

import threading
import time
from types import TracebackType

from reporter.submission import Submission
from reporter.web import Server

from .stamping import junk


class Crowd:
    """Submits so many times a second, as far as the machine can; remembers what was answered 201."""

    def __init__(self, server: Server, rate: float, organisation: str = "zz-python") -> None:
        self.server, self.rate, self.organisation = server, rate, organisation
        self.accepted: list[Submission] = []
        self.statuses: set[int] = set()
        self._ends = threading.Event()
        self._threads = [
            threading.Thread(target=self._submit, daemon=True)
            for _ in range(4 if rate > 50 else 1)
        ]

    def _submit(self) -> None:
        pause = len(self._threads) / self.rate
        due = time.monotonic()
        while not self._ends.is_set():
            one = junk(self.organisation)
            status = self.server.post(one.encoded).status
            self.statuses.add(status)
            if status == 201:
                self.accepted.append(one)
            due = max(due + pause, time.monotonic())
            self._ends.wait(due - time.monotonic())

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ends.set()
        for thread in self._threads:
            thread.join(60)
