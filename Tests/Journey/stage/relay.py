"""A proxy that keeps no addresses: loopback TCP in front, the server's Unix socket behind."""

import socket
import threading
from pathlib import Path


class Relay:
    """Carries bytes both ways; remembers the callers' addresses for the test alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.callers: list[tuple[str, int]] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                front, caller = self._listener.accept()
            except OSError:
                return
            self.callers.append(caller)
            back = socket.socket(socket.AF_UNIX)
            back.connect(str(self._path))
            for one, other in ((front, back), (back, front)):
                threading.Thread(target=_carry, args=(one, other), daemon=True).start()

    def close(self) -> None:
        """Takes no more callers."""
        self._listener.close()


def _carry(one: socket.socket, other: socket.socket) -> None:
    try:
        while part := one.recv(65_536):
            other.sendall(part)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        pass
