"""Somebody elsewhere watches a site: what differs from what was signed is found and named."""

import datetime
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reporter.codec import Reader
from reporter.note import Note, framed
from reporter.primitives import sha256
from stage.bending import STRANGER, assert_one_line
from stage.bent_site import Bend, BentSite
from stage.clock import Clock
from stage.commands import PROJECT, Commands, Result, program
from stage.deployment import Deployment

#: A day of the house's own: no run crosses the end of a month, or of a day.
START = datetime.date(2027, 4, 6)
DAY = datetime.timedelta(days=1)
THIS_MONTH = f"/v1/log/{START:%Y-%m}"


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment]) -> Deployment:
    """A deployment whose directory lists the page it serves, and whose desk has cosigned."""
    house = made("watch", desks=("helpdesk",), python_desks=(), clock=Clock(START))
    for file in (PROJECT / "tree").iterdir():
        if file.suffix in (".tree", ".texts"):
            shutil.copy(file, house.data)
    tree = (house.data / "wegwijzer.tree").read_bytes()
    words = ["page", "--data", house.data, "--digest", "--json"]
    pages = house.commands.server(*words).json
    house.close()
    house.directory = house.directory.changed(
        serial=2, tree=sha256(tree).hex(), pages=tuple(pages.items())
    )
    house.note = house.keys.sign(house.directory.text, house.path("directory.note"))
    house.commands.server("directory", "--data", house.data, house.note)
    house.to_desk("helpdesk")
    house.from_desk("helpdesk")
    house.serve(page=True)
    return house


@pytest.fixture
def site(house: Deployment) -> Iterator[BentSite]:
    """The house's site behind somebody who can bend it."""
    site = BentSite(house.serve().server)
    yield site
    site.close()


def watch(house: Deployment, port: int, *more: object, expect: int | None = 0) -> Result:
    """`watch` from elsewhere."""
    where = ["--roots", house.keys.roots, f"http://127.0.0.1:{port}"]
    return house.commands.server("watch", *where, *more, expect=expect)


def test_a_site_that_is_as_signed_is_one_line(house: Deployment, site: BentSite) -> None:
    for port in (house.serve().server.port, site.port):
        result = watch(house, port)
        assert result.error == ""
        lines = result.out.splitlines()
        assert len(lines) == 1 and lines[0].startswith("as signed: directory 2 holds through ")
        assert f"closed through {START}" in lines[0]
    found = watch(house, site.port, "--deployment", house.name, "--json").json
    assert found["deployment"] == house.name and found["serial"] == 2
    assert found["pages"] == dict(house.directory.pages)
    assert found["size"] == house.public().checkpoint.size
    assert all("curl" not in agent for agent in site.agents), "it must look like a visitor"


def longer(body: bytes) -> bytes:
    """One byte more."""
    return body + b" "


def flipped(at: int) -> Bend:
    """One bit another."""
    return lambda body: body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]


def gone(_: bytes) -> int:
    """Nothing is there."""
    return 404


def moved(_: bytes) -> int:
    """Somewhere else."""
    return 302


@pytest.mark.parametrize(
    ("path", "bend", "clause"),
    [
        ("/nl", longer, "/nl is another than the roots signed"),
        ("/nl", flipped(4000), "/nl is another than the roots signed"),
        ("/nl", gone, "/nl answers 404, it must be 200"),
        ("/simpel", longer, "/simpel is another than the roots signed"),
        ("/en", gone, "/en answers 404, it must be 200"),
        ("/", longer, "/ is another page than the roots signed"),
        ("/", moved, "/ answers 302, it must be 200"),
        ("/v1/tree", longer, "/v1/tree is another than the roots signed"),
        ("/v1/directory", longer, "/v1/directory: the directory is no signed note"),
        ("/v1/directory", gone, "/v1/directory answers 404"),
        (THIS_MONTH, flipped(120), "the months of the log do not give the root that was signed"),
        (THIS_MONTH, lambda body: body[:-65], "the months of the log do not give the root"),
        (THIS_MONTH, longer, "the log is cut inside a leaf"),
        (THIS_MONTH, gone, f"{THIS_MONTH} answers 404"),
        ("/v1/log/checkpoint", longer, "/v1/log/checkpoint: not a signed note"),
    ],
)
def test_what_was_changed_is_named(
    house: Deployment, site: BentSite, path: str, bend: Bend, clause: str
) -> None:
    site.bends[path] = bend
    result = watch(house, site.port, expect=1)
    assert_one_line(result)
    assert clause in result.error
    assert result.out == ""


def pinned_path(house: Deployment, ending: str) -> str:
    """Where the page says that a file lies which it pins."""
    page = house.serve().server.get("/nl").decode()
    (path,) = re.findall(rf'"(/assets/[a-z]+-[0-9a-f]{{16}}\.{ending})"', page)
    return path


@pytest.mark.parametrize(
    ("ending", "bend", "clause"),
    [
        ("wasm", flipped(9), "is another than the page /en pins"),
        ("js", longer, "is another than the page /en pins"),
        ("json", flipped(9), "is another than the page /nl pins"),
        ("wasm", gone, "answers 404"),
    ],
)
def test_another_file_is_named(
    house: Deployment, site: BentSite, ending: str, bend: Bend, clause: str
) -> None:
    path = pinned_path(house, ending)
    site.bends[path] = bend
    result = watch(house, site.port, expect=1)
    assert_one_line(result)
    assert f"{path} {clause}" in result.error


#: Fields by which a server changes what runs, what is kept or who hears of it, and leaves the
#: document as it is.
ADDED = [
    ("Link", "</x.js>; rel=preload; as=script"),
    ("Refresh", "0; url=https://elsewhere.example/"),
    ("Set-Cookie", "id=1"),
    ("Content-Security-Policy-Report-Only", "default-src 'none'; report-uri /r"),
    ("Service-Worker-Allowed", "/"),
    ("SourceMap", "/x.map"),
    ("X-SourceMap", "/x.map"),
    ("Clear-Site-Data", '"cache"'),
    ("Speculation-Rules", '"/rules.json"'),
    ("Reporting-Endpoints", 'a="https://elsewhere.example/"'),
    ("Report-To", '{"group":"a","endpoints":[{"url":"https://elsewhere.example/"}]}'),
    ("NEL", '{"report_to":"a","max_age":9}'),
    ("Content-Location", "/other"),
    ("Content-Disposition", "attachment"),
    ("Content-Language", "xx"),
    ("Location", "/other"),
    ("Alt-Svc", 'h3="elsewhere.example:443"'),
    ("Access-Control-Allow-Origin", "*"),
    ("Origin-Trial", "AAAA"),
    ("Accept-CH", "Sec-CH-UA-Model"),
    ("Critical-CH", "Sec-CH-UA-Model"),
    ("Use-As-Dictionary", 'match="/*"'),
    ("Timing-Allow-Origin", "*"),
    ("Document-Policy", "force-load-at-top"),
    ("Supports-Loading-Mode", "fenced-frame"),
    ("ETag", '"one-visitor"'),
    ("Last-Modified", "Thu, 01 Jan 2026 00:00:01 GMT"),
    ("X-Anything", "1"),
]


@pytest.mark.parametrize("field", ADDED, ids=[name for name, _ in ADDED])
def test_a_field_that_no_answer_has_is_named(
    house: Deployment, site: BentSite, field: tuple[str, str]
) -> None:
    site.fields["/nl"] = lambda fields: [*fields, field]
    result = watch(house, site.port, expect=1)
    assert_one_line(result)
    assert f"/nl answers with the field {field[0].lower()}, it must not" in result.error


@pytest.mark.parametrize(
    "name",
    [
        "cache-control", "content-security-policy", "content-type", "cross-origin-opener-policy",
        "cross-origin-resource-policy", "permissions-policy", "referrer-policy",
        "x-content-type-options", "x-frame-options",
    ],
)
@pytest.mark.parametrize("path", ["/nl", "/", "/v1/directory", "/v1/log/checkpoint"])
def test_a_field_that_every_answer_has_must_be_there_once_and_so(
    house: Deployment, site: BentSite, path: str, name: str
) -> None:
    for change, clause in (
        (lambda one: [], f"{path} answers without the field {name}"),
        (lambda one: [one, one], f"{path} answers with the field {name} more than once"),
        (lambda one: [(name, one[1] + "; x")], f"{path} answers with another {name} than"),
    ):
        site.fields[path] = lambda fields, change=change: [
            new for one in fields for new in (change(one) if one[0] == name else [one])
        ]
        result = watch(house, site.port, expect=1)
        assert_one_line(result)
        assert clause in result.error


@pytest.mark.parametrize(
    ("name", "value", "clause"),
    [
        ("content-type", "text/html; charset=utf-7", "another content-type than"),
        ("content-type", "text/html", "another content-type than"),
        ("vary", "Cookie", "another vary than"),
        ("content-encoding", "identity", "another content-encoding than"),
    ],
)
def test_another_charset_or_coding_is_named(
    house: Deployment, site: BentSite, name: str, value: str, clause: str
) -> None:
    site.fields["/nl"] = lambda fields: [one for one in fields if one[0] != name] + [(name, value)]
    result = watch(house, site.port, expect=1)
    assert f"/nl answers with {clause}" in result.error


def test_the_policy_of_another_page_or_of_none_is_named(house: Deployment, site: BentSite) -> None:
    bare = house.serve().server.request("GET", "/v1/directory").headers["content-security-policy"]
    page = house.serve().server.request("GET", "/nl").headers["content-security-policy"]
    for path, policy in (("/nl", bare), ("/v1/tree", page), ("/v1/tree", "script-src *")):
        site.fields = {
            path: lambda fields, policy=policy: [
                (name, policy if name == "content-security-policy" else value)
                for name, value in fields
            ]
        }
        result = watch(house, site.port, expect=1)
        assert f"{path} answers with another content-security-policy" in result.error


def test_the_policy_stands_in_the_document_first(house: Deployment) -> None:
    answer = house.serve().server.request("GET", "/nl")
    head = answer.body.decode().partition("<head>")[2]
    meta = r'\A\n<meta http-equiv="Content-Security-Policy" content="([^"]*)">'
    (policy,) = re.findall(meta, head)
    assert answer.headers["content-security-policy"] == policy + "; frame-ancestors 'none'"
    assert "frame-ancestors" not in policy and "script-src 'sha256-" in policy


def test_early_hints_are_named(house: Deployment, site: BentSite) -> None:
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </x.js>; rel=preload; as=script\r\n\r\n"
    site.before["/nl"] = hint
    result = watch(house, site.port, expect=1)
    assert "/nl answers 103 before its answer, it must answer at once" in result.error


def test_what_a_proxy_adds_and_changes_nothing_is_no_difference(
    house: Deployment, site: BentSite
) -> None:
    more = [("Strict-Transport-Security", "max-age=63072000"), ("Connection", "close")]
    site.fields["/nl"] = lambda fields: fields + more
    watch(house, site.port)


def test_a_directory_too_few_roots_signed_is_refused(house: Deployment, site: BentSite) -> None:
    text = house.directory.changed(serial=3).text
    site.bends["/v1/directory"] = lambda _: STRANGER.note(text)
    result = watch(house, site.port, expect=1)
    assert "/v1/directory: the directory is signed by 0 of the pinned roots, it must be 1" in result.error


def test_an_expired_directory_is_refused(house: Deployment, site: BentSite) -> None:
    text = house.directory.changed(serial=3, issued=START - 9 * DAY, expires=START - DAY).text
    site.bends["/v1/directory"] = lambda _: house.keys.python.note(text)
    result = watch(house, site.port, expect=1)
    assert f"/v1/directory: the directory has expired on {START - DAY}" in result.error


def test_an_older_directory_than_the_log_has_is_refused(house: Deployment, site: BentSite) -> None:
    first = house.directory.changed(serial=1).text
    site.bends["/v1/directory"] = lambda _: house.keys.python.note(first)
    result = watch(house, site.port, expect=1)
    assert "directory 1 is served, the log has directory 2" in result.error
    other = house.directory.changed(expires=house.directory.expires - DAY).text
    site.bends["/v1/directory"] = lambda _: house.keys.python.note(other)
    result = watch(house, site.port, expect=1)
    assert "directory 2 is served, the log has directory 2" in result.error


def bent_list(bend: Callable[[list[bytes]], list[bytes]]) -> Bend:
    """The notes of the list of checkpoints, changed."""

    def change(body: bytes) -> bytes:
        reader, notes = Reader(body), []
        while reader.left:
            notes.append(reader.take(reader.u32()))
        return b"".join(framed(note) for note in bend(notes))

    return change


def stranger(note: bytes) -> bytes:
    """The same text, signed by another key of the log's name."""
    return STRANGER.note(Note.read(note).text)


def without_cosignature(note: bytes) -> bytes:
    """The log's signature alone."""
    return b"\n".join(note.split(b"\n")[:-2]) + b"\n"


def forged(note: bytes) -> bytes:
    """A cosignature that does not hold."""
    return note[:-8] + (b"AAAAAA=" if note[-8:-2] != b"AAAAAA" else b"AAAAAE=") + b"\n"


@pytest.mark.parametrize(
    ("bend", "clause"),
    [
        (lambda notes: [stranger(notes[0]), notes[1]], "not signed by enough known keys"),
        (lambda notes: [notes[0], stranger(notes[1])], "not signed by enough known keys"),
        (lambda notes: [notes[0], without_cosignature(notes[1])], "is not that of helpdesk"),
        (lambda notes: [notes[0], forged(notes[1])], "is not that of helpdesk"),
        (lambda notes: notes[:1], "another number of places than the directory organisations"),
        (lambda notes: [notes[1], notes[1]], "do not give the root that was signed"),
    ],
)
def test_a_checkpoint_that_was_not_signed_so_is_refused(
    house: Deployment,
    site: BentSite,
    bend: Callable[[list[bytes]], list[bytes]],
    clause: str,
) -> None:
    site.bends["/v1/log/checkpoint"] = bent_list(bend)
    result = watch(house, site.port, expect=1)
    assert_one_line(result)
    assert clause in result.error


def test_a_close_between_two_looks_is_no_difference(house: Deployment, site: BentSite) -> None:
    looks = []

    def close(body: bytes) -> bytes:
        looks.append(body)
        if len(looks) == 1:
            house.close()
        return body

    site.bends[THIS_MONTH] = close
    watch(house, site.port)
    assert len(looks) == 2


def test_another_deployment_than_asked_for_is_refused(house: Deployment, site: BentSite) -> None:
    result = watch(house, site.port, "--deployment", "other.test", expect=1)
    assert '/v1/directory is of "intake.test", it must be of "other.test"' in result.error


def test_a_directory_without_pages_is_said(made: Callable[..., Deployment]) -> None:
    bare = made("bare", desks=(), python_desks=("zz-python",))
    bare.close()
    result = watch(bare, bare.serve().server.port)
    assert "it lists no page" in result.out


def test_where_nobody_answers_the_reason_is_said(house: Deployment) -> None:
    result = watch(house, 9, expect=1)
    assert_one_line(result)
    assert "/v1/directory cannot be fetched: " in result.error


def test_without_curl_it_says_what_is_missing(house: Deployment) -> None:
    words = [program("intake-server"), "watch", "--roots", str(house.keys.roots), "http://[::1]"]
    environment = house.commands.environment | {"PATH": "/nowhere"}
    found = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "there is no curl on this machine, it must be installed" in found.stderr


@pytest.mark.parametrize(
    "address", ["briefje.example", "ftp://a", "https://", "https://a/b", "https://a/?b", "file:///"]
)
def test_what_is_no_address_of_a_site_is_wrong_usage(house: Deployment, address: str) -> None:
    arguments = ["--roots", house.keys.roots, address]
    result = house.commands.server("watch", *arguments, expect=64)
    assert "is no address of a site, it must be https://HOST without a path" in result.error


def certificate(commands: Commands) -> Path:
    """Key and certificate of `localhost`, which nobody trusts yet."""
    path = commands.home / "localhost.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test"
    more = ["-addext", "subjectAltName=DNS:localhost", "-keyout", path, "-out", f"{path}.crt"]
    commands.run("openssl", *words.split(), *more)
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


def test_https_is_verified(house: Deployment) -> None:
    pem = certificate(house.commands)
    site = BentSite(house.serve().server, certificate=pem)
    words = [program("intake-server"), "watch", "--roots", str(house.keys.roots)]
    words += [f"https://localhost:{site.port}"]
    try:
        for trusted, status in (("/dev/null", 1), (f"{pem}.crt", 0)):
            environment = house.commands.environment | {"CURL_CA_BUNDLE": trusted}
            found = subprocess.run(
                words, env=environment, capture_output=True, text=True, check=False
            )
            assert found.returncode == status, found.stderr
            assert status == 0 or "certificate" in found.stderr
    finally:
        site.close()
