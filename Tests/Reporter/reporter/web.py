"""HTTP over a loopback port or a Unix socket; nothing else is ever called."""

import http.client
import socket
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("intake.test", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


@dataclass(frozen=True)
class Server:
    """Where a server listens: a port of the loopback address, or a socket's path."""

    port: int | None = None
    path: str | None = None
    source: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    timeout: float = 60

    def connection(self) -> http.client.HTTPConnection:
        """A fresh connection."""
        if self.path is not None:
            return _UnixConnection(self.path, self.timeout)
        source = (self.source, 0) if self.source else None
        assert self.port is not None
        return http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=self.timeout, source_address=source
        )

    def request(self, method: str, path: str, body: bytes | None = None, **more: str) -> Answer:
        """One request on a connection of its own."""
        connection = self.connection()
        try:
            headers = self.headers | {name.replace("_", "-"): value for name, value in more.items()}
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def get(self, path: str) -> bytes:
        """The body of a 200."""
        answer = self.request("GET", path)
        if answer.status != 200:
            raise AssertionError(f"GET {path}: {answer.status} {answer.body[:200]!r}")
        return answer.body

    def post(self, body: bytes, path: str = "/v1/envelopes") -> Answer:
        """A submission."""
        return self.request("POST", path, body, Content_Type="application/octet-stream")
