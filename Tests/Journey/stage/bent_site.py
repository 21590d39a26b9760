"""A site between a visitor and the real server, that bends what passes."""

import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from reporter.web import Server

#: Another body for what lies at a path, or another status.
Bend = Callable[[bytes], bytes | int]


class BentSite:
    """Passes every GET on, and changes the answers of some paths."""

    def __init__(self, server: Server, certificate: Path | None = None) -> None:
        self.bends: dict[str, Bend] = {}
        self.agents: set[str] = set()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.agents.add(self.headers.get("User-Agent", ""))
                status, body = site.answer(server, self.path)
                self.send_response(status)
                if status // 100 == 3:
                    self.send_header("Location", "/")
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

    def answer(self, server: Server, path: str) -> tuple[int, bytes]:
        """Status and body, bent or not."""
        found = server.request("GET", path)
        bent = self.bends.get(path, lambda body: body)(found.body)
        return (bent, b"") if isinstance(bent, int) else (found.status, bent)

    def close(self) -> None:
        """Ends."""
        self._listener.shutdown()
        self._listener.server_close()
