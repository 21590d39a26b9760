"""The page served from paper: the built page as it is, and whatever log and drop a test wants."""

import datetime
import functools
import http.server
import json
import re
import tempfile
import threading
import urllib.request
from pathlib import Path

from house import ASSETS, PageServer, asset, found
from paper_house import DEPLOYMENT, TODAY
from paper_ledger import PaperLog
from reporter.drop import write_drop
from reporter.promise import promised_leaf
from reporter.submission import Submission

_DEPLOYMENT = re.compile(r'(<script type="application/json" id="deployment">)(.*?)(</script>)')

#: As the real server refuses (docs/spec/http.md): a page takes no other refusal for the server's.
_PROBLEM = "application/problem+json"


@functools.cache
def _served() -> tuple[str, str, str, bytes]:
    """The page as the real server writes it, its policy, and where its rest lies and what that is."""
    with tempfile.TemporaryDirectory() as folder:
        server = PageServer(found(Path(folder)))
        try:
            address = f"http://127.0.0.1:{server.port}"
            with urllib.request.urlopen(address) as answer:
                policy = answer.headers["content-security-policy"]
                html = answer.read().decode()
            rest = json.loads(_DEPLOYMENT.findall(html)[0][1])["rest"]
            with urllib.request.urlopen(address + rest) as answer:
                return html, policy, rest, answer.read()
        finally:
            server.stop()


def document(roots: bytes, **other: str) -> tuple[bytes, str]:
    """The page for these roots, where wished for another beat, and the policy under which it runs."""
    html, policy, *_ = _served()
    [(_, written, _)] = _DEPLOYMENT.findall(html)
    ours = json.loads(written) | {"deployment": DEPLOYMENT, "roots": roots.decode()}
    ours |= {"serial": "1", "madeOn": "2026-01-02"} | other
    text = json.dumps(ours).replace("<", "\\u003c")
    return _DEPLOYMENT.sub(lambda found: found[1] + text + found[3], html).encode(), policy


class PaperSite:
    """A server on a free port; log and drop may change between two visits."""

    def __init__(self, log: PaperLog, **other: str) -> None:
        self.log = log
        self.drop: dict[bytes, bytes] = {}
        self.posts: list[bytes] = []
        #: Paths where nothing lies.
        self.gone: set[str] = set()
        #: What the clocks of its visitors say.
        self.now = datetime.datetime.combine(TODAY, datetime.time(9), datetime.UTC)
        #: Statuses that the next messages get instead of a promise; covers never do.
        self.refusals: list[int] = []
        #: Answers of paths that a test wants to be others.
        self.instead: dict[str, bytes] = {}
        self._page, self._policy = document(log.house.roots_file, **other)
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        """Takes no more callers."""
        self._server.shutdown()
        self._server.server_close()

    @property
    def messages(self) -> list[bytes]:
        """What was posted besides covers."""
        return [body for body in self.posts if not body[5]]

    def get(self, path: str) -> tuple[bytes, str] | None:
        """The body and its type."""
        binary = "application/octet-stream"
        names = "directory", "tree", "challenge", "log/checkpoint"
        files = dict(zip(names, self.log.files(), strict=False))
        if path in self.gone:
            return None
        if path in self.instead:
            return self.instead[path], binary
        if path == "/":
            return self._page, "text/html; charset=utf-8"
        _, _, where, rest = _served()
        if path == where:
            return rest, "application/json"
        if path == asset("intake.wasm"):
            return (ASSETS / "intake.wasm").read_bytes(), "application/wasm"
        if path == asset("intake.js"):
            return (ASSETS / "intake.js").read_bytes(), "text/javascript"
        if month := re.fullmatch(r"/v1/log/(\d{4}-\d{2})", path):
            return self.log.month(month[1]), binary
        if re.fullmatch(r"/v1/drop/00[0-3]", path):
            return write_drop(self.drop), binary
        found = files.get(path.removeprefix("/v1/"))
        return (found, binary) if found is not None else None

    def post(self, body: bytes) -> tuple[int, bytes]:
        """Status and promise for a submission; zeros for a cover."""
        self.posts.append(body)
        if self.refusals and not body[5]:
            return self.refusals.pop(0), b"{}"
        return 201, self.log.house.promise(promised_leaf(Submission.read(body)))

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _say(self, status: int, body: bytes, kind: str) -> None:
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(body)))
                self.send_header("cache-control", "no-store")
                if kind.startswith("text/html"):
                    self.send_header("content-security-policy", site._policy)
                    self.send_header("referrer-policy", "no-referrer")
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self) -> None:
                found = site.get(self.path)
                self._say(*((200, *found) if found else (404, b"{}", _PROBLEM)))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                status, answer = site.post(body)
                self._say(status, answer, "text/plain" if status == 201 else _PROBLEM)

            def log_message(self, *_) -> None:
                pass

        return Handler
