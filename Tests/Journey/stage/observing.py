"""A relay that keeps what whoever runs a proxy could: the list of requests, without bodies."""

import socket
import threading
from dataclasses import dataclass

_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Exchange:
    """One request and its answer: heads and sizes, nothing of the bodies."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    asked: int
    status: str
    answer_headers: tuple[tuple[str, str], ...]
    answered: int

    @staticmethod
    def read(asked: bytes, answered: bytes) -> "Exchange":
        """Takes the bytes that went each way."""
        start, headers = _head(asked)
        method, path, _ = start.split(" ")
        first, answer_headers = _head(answered)
        status = first.split(" ")[1]
        sizes = len(asked), len(answered)
        return Exchange(method, path, headers, sizes[0], status, answer_headers, sizes[1])


def _head(data: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    head, end, _ = data.partition(_END)
    if not end:
        raise AssertionError(f"no whole head in {data[:80]!r}")
    start, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    return start, tuple((name.lower(), value) for name, _, value in pairs)


class Observer:
    """Carries one connection after the other between a loopback port and the server's."""

    def __init__(self, port: int) -> None:
        self._behind = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._raw: list[tuple[bytes, bytes]] = []
        self._ended = threading.Condition()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                front, _ = self._listener.accept()
            except OSError:
                return
            self._observe(front)

    def _observe(self, front: socket.socket) -> None:
        asked, answered = bytearray(), bytearray()
        with front, socket.create_connection(("127.0.0.1", self._behind)) as back:
            forth = threading.Thread(target=_carry, args=(front, back, asked), daemon=True)
            forth.start()
            _carry(back, front, answered)
            forth.join()
        with self._ended:
            self._raw.append((bytes(asked), bytes(answered)))
            self._ended.notify_all()

    def take(self, count: int) -> tuple[Exchange, ...]:
        """The next requests in their order, once they have ended; there must be so many."""
        with self._ended:
            if not self._ended.wait_for(lambda: len(self._raw) >= count, timeout=30):
                raise AssertionError(f"{len(self._raw)} requests, must be {count}")
            taken, self._raw = self._raw, []
        return tuple(Exchange.read(*one) for one in taken)

    def close(self) -> None:
        """Takes no more callers."""
        self._listener.close()


def _carry(one: socket.socket, other: socket.socket, seen: bytearray) -> None:
    try:
        while part := one.recv(65_536):
            seen += part
            other.sendall(part)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        pass
