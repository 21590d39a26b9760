"""The line between browser and server: carries bytes, and remembers all that left the browser.

A browser's own tools see nothing of what a page sends while it goes away; the line does.
"""

import socket
import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A request as it went over the line."""

    line: str
    head: bytes
    body: bytes


class Wire:
    """A relay on a free port in front of a server."""

    def __init__(self, port: int) -> None:
        self._server = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._sent: list[bytearray] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            self._sent.append(bytearray())
            for one, other, seen in ((browser, server, self._sent[-1]), (server, browser, None)):
                threading.Thread(target=_carry, args=(one, other, seen), daemon=True).start()

    @property
    def everything(self) -> bytes:
        """All bytes that left browsers so far."""
        return b"\n".join(bytes(sent) for sent in self._sent)

    @property
    def asked(self) -> list[Asked]:
        """All whole requests so far, by connection."""
        return [found for sent in self._sent for found in _requests(bytes(sent))]

    @property
    def posts(self) -> list[bytes]:
        """The bodies of all submissions."""
        return [found.body for found in self.asked if found.line == "POST /v1/envelopes"]

    def close(self) -> None:
        """Takes no more callers."""
        self._listener.close()


def _carry(one: socket.socket, other: socket.socket, seen: bytearray | None) -> None:
    try:
        while part := one.recv(65_536):
            if seen is not None:
                seen += part
            other.sendall(part)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        other.close()


def _requests(data: bytes) -> list[Asked]:
    found = []
    while b"\r\n\r\n" in data:
        head, _, rest = data.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        lengths = [line[15:] for line in lines if line.lower().startswith(b"content-length:")]
        length = int(lengths[0]) if lengths else 0
        if len(rest) < length:
            break
        found.append(Asked(lines[0].decode().removesuffix(" HTTP/1.1"), head, rest[:length]))
        data = rest[length:]
    return found
