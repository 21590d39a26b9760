"""A site between a visitor and the real server, that bends what passes."""

import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from reporter.web import Server

#: Another body for what lies at a path, or another status.
Bend = Callable[[bytes], bytes | int]
#: Name and value of the fields of an answer.
Fields = list[tuple[str, str]]


class BentSite:
    """Passes every GET on, and changes the answers of some paths."""

    def __init__(self, server: Server, certificate: Path | None = None) -> None:
        self.bends: dict[str, Bend] = {}
        #: Other fields for what lies at a path.
        self.fields: dict[str, Callable[[Fields], Fields]] = {}
        #: What is written before the answer of a path.
        self.before: dict[str, bytes] = {}
        self.agents: set[str] = set()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.agents.add(self.headers.get("User-Agent", ""))
                status, body, fields = site.answer(server, self.path)
                self.wfile.write(site.before.get(self.path, b""))
                self.send_response(status)
                if status // 100 == 3:
                    self.send_header("Location", "/")
                for name, value in fields:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._listener.socket = context.wrap_socket(self._listener.socket, server_side=True)
        self.port: int = self._listener.server_address[1]
        threading.Thread(target=self._listener.serve_forever, daemon=True).start()

    def answer(self, server: Server, path: str) -> tuple[int, bytes, Fields]:
        """Status, body and fields, bent or not."""
        found = server.request("GET", path)
        bent = self.bends.get(path, lambda body: body)(found.body)
        passed = [one for one in found.headers.items() if one[0] not in ("content-length", "date")]
        fields = self.fields.get(path, lambda fields: fields)(passed)
        return (bent, b"", []) if isinstance(bent, int) else (found.status, bent, fields)

    def close(self) -> None:
        """Ends."""
        self._listener.shutdown()
        self._listener.server_close()
