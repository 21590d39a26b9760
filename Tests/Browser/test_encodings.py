"""What is sent compressed, to whom, and that it is the same underneath."""

import gzip
import http.client
import subprocess

import pytest
from house import ASSETS, TREE, PageServer, apart, asset

PROGRAMS = {asset(name): name for name in ("intake.wasm", "intake.js")}
WASM, SCRIPT = PROGRAMS


@pytest.fixture(scope="module")
def port(house):
    server = PageServer(apart(house))
    yield server.port
    server.stop()


def asked(port, path, accepted, method="GET"):
    """The response, its body as it came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, headers={} if accepted is None else {"Accept-Encoding": accepted})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status == 200
    return answer, body


def plain(coding, body):
    if coding == "br":
        return subprocess.run(["brotli", "-d", "-c"], input=body, check=True, capture_output=True).stdout
    return gzip.decompress(body) if coding == "gzip" else body


@pytest.mark.parametrize("path", [WASM, SCRIPT, "/v1/tree", "/", "/simpel", "/en"])
@pytest.mark.parametrize(
    "accepted, coding",
    [
        (None, None),
        ("identity", None),
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("BR;q=1.0, GZIP;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip; q=0", None),
        ("brotli, xgzip", None),
        ("", None),
        (",;,=;q", None),
    ],
)
def test_who_accepts_it_gets_less(port, path, accepted, coding):
    answer, body = asked(port, path, accepted)
    assert answer.headers["content-encoding"] == coding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert int(answer.headers["content-length"]) == len(body)
    _, whole = asked(port, path, None)
    assert plain(coding, body) == whole
    head, nothing = asked(port, path, accepted, "HEAD")
    assert nothing == b"" and head.headers["content-length"] == str(len(body))
    assert head.headers["content-encoding"] == coding


def test_underneath_is_what_was_built(port):
    for path, name in PROGRAMS.items():
        assert asked(port, path, "br")[1] == (ASSETS / f"{name}.br").read_bytes()
        assert asked(port, path, None)[1] == (ASSETS / name).read_bytes()
    assert asked(port, "/v1/tree", None)[1] == TREE.read_bytes()


def test_what_differs_from_hour_to_hour_is_never_compressed(port):
    for path in ("/v1/challenge", "/v1/directory", "/v1/log/checkpoint", "/v1/drop/000"):
        answer, _ = asked(port, path, "gzip, br")
        assert answer.headers["content-encoding"] is None and answer.headers["vary"] is None
