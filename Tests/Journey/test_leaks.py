"""Nothing leaks: canary words, the code and the caller's address are looked for everywhere."""

import os
import re
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from reporter.envelope import MAGIC, random_text
from reporter.frame import Kind
from reporter.public import fetch
from reporter.submission import COVER, Submission
from reporter.visit import Reporter
from reporter.web import Server
from stage.commands import program
from stage.deployment import Deployment
from stage.directories import today
from stage.memory import found_in_files, found_in_memory
from stage.relay import Relay
from stage.serving import ServerProcess
from stage.store import opened, tables, values

WORDS = "Zwaluwstaartkanarie roept om kwartelkoningin bij de roerdompvijver."
MORE = "Nog een keer: grutterwulpenkanarie."
ANSWER = "Wij lezen je, baardmannetjeskanarie."
PASSPHRASE = "papegaaiduikerkanarie op zolder"
CALLER = "127.0.0.77"
HEADERS = {
    "User-Agent": "KanarieKijker/77.5 (watersnip)",
    "Accept-Language": "kanarie-NL",
    "Cookie": "kanariekoekje=steenloper",
    "Referer": "https://kanarieverwijzer.test/school",
    "X-Forwarded-For": "127.0.0.78",
    "X-Kanarie": "tureluurkop",
}
HEADER_CANARIES = {
    b"KanarieKijker",
    b"kanarie-NL",
    b"kanariekoekje",
    b"kanarieverwijzer",
    b"127.0.0.78",
    b"tureluurkop",
}


def words_of(text: str) -> set[bytes]:
    """The words of a text that occur nowhere else."""
    return {word.encode() for word in re.findall(r"\w{10,}", text)}


def secrets_of(reporter: Reporter, organisation: str) -> set[bytes]:
    """The code in every spelling, its bytes, and the keys that come from it."""
    token, keys = reporter.token, reporter.keys(organisation)
    joined = token.text.replace("-", "").replace(" ", "")
    spellings = {*token.lines, token.text, joined, joined.upper(), token.value.hex()}
    raw = {token.value, reporter.root, keys.tag_key, keys.reply[1], keys.thread[1][:32]}
    return {one.encode() for one in spellings} | raw


@dataclass
class Journey:
    """A whole journey with canaries, its server still running on a Unix socket."""

    deployment: Deployment
    process: ServerProcess
    relay: Relay
    reporter: Reporter
    started: float
    shown: str = ""
    submissions: list[Submission] = field(default_factory=list)

    @property
    def content(self) -> set[bytes]:
        """What only reporter and desk may know."""
        texts = words_of(WORDS) | words_of(MORE) | words_of(ANSWER)
        return texts | secrets_of(self.reporter, "nl-vi")

    @property
    def desk_files(self) -> Path:
        """The folder in which the desk's commands work."""
        return self.deployment.commands.home


@pytest.fixture(scope="module")
def journey(made: Callable[..., Deployment]) -> Iterator[Journey]:
    """Report, follow-up, answer, refusals and a cover, all from one caller."""
    started = time.time()
    deployment = made("leaks", desks=("nl-vi", "helpdesk"), passphrase=PASSPHRASE)
    path = deployment.commands.home / "intake.socket"
    process = deployment.serve(socket=path)
    relay = Relay(path)
    server = Server(port=relay.port, source=CALLER, headers=HEADERS)
    reporter = Reporter(deployment.name)
    found = Journey(deployment, process, relay, reporter, started)
    _walk(found, server)
    yield found
    relay.close()
    deployment.stop()


def _walk(journey: Journey, server: Server) -> None:
    deployment, reporter = journey.deployment, journey.reporter
    roots = deployment.keys.read
    public = fetch(server, roots, today())
    report = reporter.compose(public, "nl-vi", WORDS, answers="rol=leerling\n")
    reporter.send(server, public, report)
    for organisation in ("zz-python", "helpdesk"):
        for _ in range(8):
            junk = Submission(organisation, os.urandom(16), random_text())
            assert server.post(junk.encoded).status == 201
            journey.submissions.append(junk)
    assert server.post(Submission("nl-vi", report.tag, random_text()).encoded).status == 409
    assert server.post(report.encoded[:-1]).status == 413
    assert server.post(b"SIF2" + report.encoded[4:]).status == 422
    assert server.request("GET", "/v1/kanarie").status == 404
    assert (
        server.post(Submission("nl-vi", os.urandom(16), random_text(), 1, COVER).encoded).status
        == 201
    )
    deployment.to_desk("nl-vi")
    desk = deployment.desks["nl-vi"]
    thread = desk.list()[0]["thread"]
    journey.shown = desk.show(thread)
    desk.reply(thread, ANSWER)
    deployment.from_desk("nl-vi")
    public = fetch(server, roots, today())
    assert [one.text for one in reporter.replies(server, public)] == [ANSWER]
    more = reporter.compose(public, "nl-vi", MORE, kind=Kind.FOLLOW_UP)
    reporter.send(server, public, more)
    deployment.to_desk("nl-vi")


def server_files(journey: Journey) -> set[tuple[str, bytes]]:
    """What is found in the server's folder and in all it printed."""
    wanted = journey.content | HEADER_CANARIES | {CALLER.encode(), PASSPHRASE.encode()}
    found = found_in_files(journey.deployment.data, wanted)
    for path in (journey.process.out, journey.process.error):
        said = path.read_bytes()
        found |= {(path.name, one) for one in wanted if one in said}
    return found


def test_the_journey_had_content(journey: Journey) -> None:
    """Otherwise nothing below would prove anything."""
    assert words_of(WORDS) <= {word.encode() for word in re.findall(r"\w+", journey.shown)}
    assert len(journey.content) > 10
    callers = {host for host, _ in journey.relay.callers}
    assert callers == {CALLER}, "the calls must have come from the canary's address"


def test_server_files_and_output_hold_no_canary(journey: Journey) -> None:
    assert (journey.deployment.data / "intake.sqlite").is_file()
    assert server_files(journey) == set()


def test_server_memory_holds_no_canary(journey: Journey) -> None:
    addresses = {CALLER.encode()} | {
        b"\x02\0" + port.to_bytes(2, "big") + socket.inet_aton(host)
        for host, port in journey.relay.callers
    }
    wanted = journey.content | addresses | {PASSPHRASE.encode()}
    assert found_in_memory(journey.process.pid, wanted) == set()


def test_a_planted_canary_is_found_in_memory(journey: Journey) -> None:
    """The search finds what is there: half a body, its connection still open."""
    canary = os.urandom(8).hex().encode()
    head = b"POST /v1/envelopes HTTP/1.1\r\nHost: a\r\nContent-Length: 16436\r\n\r\n"
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(journey.process.socket))
        connection.sendall(head + b"SIF1" + canary * 200)
        deadline = time.monotonic() + 20
        while found_in_memory(journey.process.pid, {canary}) != {canary}:
            assert time.monotonic() < deadline, "planted canary was not found"


def test_a_planted_canary_is_found_on_disk(made: Callable[..., Deployment]) -> None:
    """An envelope that carries its words in the clear is stored, and found."""
    deployment = made("planted", desks=(), python_desks=("zz-python",))
    canary = os.urandom(8).hex().encode()
    envelope = (MAGIC + bytes([1, 1, 2, 0]) + canary).ljust(16_384, b"\x07")
    server = deployment.serve().server
    assert server.post(Submission("zz-python", os.urandom(16), envelope).encoded).status == 201
    found = found_in_files(deployment.data, {canary})
    assert found and all(name.startswith("intake.sqlite") for name, _ in found)
    deployment.stop()


def test_over_tcp_nothing_about_the_caller_is_kept(journey: Journey) -> None:
    """Without a proxy the address reaches the process, but neither files nor output."""
    deployment = journey.deployment
    process = ServerProcess(deployment.commands, deployment.data, name="tcp")
    server = Server(port=process.server.port, source=CALLER, headers=HEADERS)
    public = fetch(server, deployment.keys.read, today())
    report = journey.reporter.compose(public, "nl-vi", WORDS)
    journey.reporter.send(server, public, report)
    assert server.request("GET", f"/{CALLER}?{HEADERS['X-Kanarie']}").status == 404
    process.stop()
    said = process.out.read_bytes() + process.error.read_bytes()
    assert not {one for one in HEADER_CANARIES | {CALLER.encode()} if one in said}
    assert server_files(journey) == set()


# Time


def moments(started: float) -> Callable[[int], bool]:
    """Whether a number is a moment of this test: seconds, milli, micro, nano, minutes, hours."""
    first, last = started - 5, time.time() + 5
    units = (1, 1e3, 1e6, 1e9, 1 / 60, 1 / 3600)
    spans = [(int(first * unit), int(last * unit)) for unit in units]
    # Seconds since 2001, as Foundation counts them.
    spans.append((int(first - 978_307_200), int(last - 978_307_200)))
    return lambda value: any(low <= value <= high for low, high in spans)


def finer_than_a_day(name: str, value: object, is_moment: Callable[[int], bool]) -> list[str]:
    """Why a value of the store tells a time finer than a day."""
    found = []
    if isinstance(value, int | float) and is_moment(int(value)):
        found.append(f"{name}: number {value}")
    if isinstance(value, float) and 2_400_000 < value < 2_500_000:
        found.append(f"{name}: Julian day {value}")
    if isinstance(value, str):
        if re.search(r"\b[0-2]\d:[0-5]\d", value):
            found.append(f"{name}: time in text {value[:60]!r}")
        numbers = (int(one) for one in re.findall(r"(?<![\w+/])\d{5,20}(?![\w+/])", value))
        found += [f"{name}: number {one} in text" for one in numbers if is_moment(one)]
    if isinstance(value, bytes) and len(value) <= 1024:
        for at in range(len(value) - 3):
            for size, order in ((4, "big"), (4, "little"), (8, "big"), (8, "little")):
                part = value[at : at + size]
                number = int.from_bytes(part, order)  # type: ignore[arg-type]
                if len(part) == size and number > 2**30 and is_moment(number):
                    found.append(f"{name}: {size} bytes at {at} are {number}")
    return found


def test_the_search_for_times_finds_them() -> None:
    now = time.time()
    is_moment = moments(now)
    planted: list[object] = [
        int(now),
        int(now * 1000),
        int(now * 1e6),
        now,
        int(now / 3600),
        int(now - 978_307_200),
        f"at {int(now)}",
        "2026-01-02 13:45:00",
        b"ab" + int(now).to_bytes(4, "big"),
        b"abc" + int(now * 1000).to_bytes(8, "little") + b"d",
        2_461_000.5,
    ]
    for value in planted:
        assert finer_than_a_day("planted", value, is_moment), value
    assert not finer_than_a_day("day", int(now / 86_400), is_moment)
    assert not finer_than_a_day("day", today().isoformat(), is_moment)


def test_the_store_holds_no_time_finer_than_a_day(journey: Journey) -> None:
    is_moment = moments(journey.started)
    path = journey.deployment.data / "intake.sqlite"
    seen, found = 0, []
    for name, value in values(path):
        seen += 1
        found += finer_than_a_day(name, value, is_moment)
    assert seen > 100, "the store must have been read"
    assert found == []
    for note in journey.deployment.data.glob("*"):
        if note.is_file() and not note.name.startswith(("intake.sqlite", "log.key")):
            text = note.read_bytes().decode("utf-8", "replace")
            assert finer_than_a_day(note.name, text, is_moment) == []


def test_no_key_of_the_store_grows_with_arrival(journey: Journey) -> None:
    """Neither row ids nor the order of rows on disk tell which submission came first."""
    arrived = {
        organisation: [one for one in journey.submissions if one.organisation == organisation]
        for organisation in ("zz-python", "helpdesk")
    }
    found = 0
    connection = opened(journey.deployment.data / "intake.sqlite")
    for name in tables(connection):
        for row_id in ("rowid", None):
            order = f" ORDER BY {row_id}" if row_id else ""
            try:
                rows = connection.execute(f'SELECT * FROM "{name}" NOT INDEXED{order}').fetchall()
            except Exception:  # a table without row ids
                continue
            for submissions in arrived.values():
                places = [_place(rows, one) for one in submissions]
                known = [place for place in places if place is not None]
                if len(known) < len(places):
                    continue
                found += 1
                assert known != sorted(known), f"{name} lies in the order of arrival"
                assert known != sorted(known, reverse=True)
    connection.close()
    assert found, "the submissions must have been found in some table"


def _place(rows: list[tuple[object, ...]], submission: Submission) -> int | None:
    for at, row in enumerate(rows):
        for value in row:
            if isinstance(value, bytes) and submission.tag in (value, value[-16:], value[16:32]):
                return at
    return None


# The desk


def test_desk_files_hold_no_canary(journey: Journey) -> None:
    wanted = journey.content | {one.encode() for one in (WORDS, MORE, ANSWER)}
    found = found_in_files(journey.desk_files, wanted)
    assert found == set()
    passphrase = words_of(PASSPHRASE)
    holding = {name for name, _ in found_in_files(journey.desk_files, passphrase)}
    assert holding == {f"{one}.passphrase" for one in journey.deployment.desks}


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_desk_writes_nothing_in_the_clear_even_for_a_moment(journey: Journey) -> None:
    """Temporary files that were deleted again would not be found afterwards; system calls are."""
    deployment = journey.deployment
    desk = deployment.desks["nl-vi"]
    server = Server(path=str(journey.process.socket))
    public = fetch(server, deployment.keys.read, today())
    reporter = Reporter(deployment.name)
    reporter.send(server, public, reporter.compose(public, "nl-vi", WORDS))
    deployment.close()
    bundle = deployment.export("nl-vi")
    thread = journey.deployment.desks["nl-vi"].list()[0]["thread"]
    steps = {
        "import": [bundle],
        "show": [thread],
        "reply": [thread, "--text", ANSWER, "--kind", "message"],
        "export": ["--out", deployment.path("nl-vi.out")],
    }
    texts = words_of(WORDS) | words_of(ANSWER) | words_of(PASSPHRASE)
    canaries = ["".join(f"\\x{byte:02x}" for byte in one) for one in texts]
    seen_on_screen = False
    for command, arguments in steps.items():
        trace = deployment.path("trace")
        calls = "trace=write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg"
        deployment.commands.run(
            *("strace", "-f", "-xx", "-s", "1000000", "-e", calls, "-o", trace),
            *(program("intake-admin"), command, "--vault", desk.vault),
            *("--passphrase-file", desk.passphrase, *arguments),
        )
        lines = trace.read_text().splitlines()
        assert any("write" in line for line in lines)
        for line in lines:
            if not any(canary in line for canary in canaries):
                continue
            assert re.search(r"\bwritev?\([12], ", line), f"{command} wrote words: {line[:120]}"
            seen_on_screen = True
    assert seen_on_screen, "`show` must have been seen to print the words"
