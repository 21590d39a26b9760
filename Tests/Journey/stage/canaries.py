"""A whole journey of canary words, from one caller, with a code and unusual headers."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from reporter.envelope import random_text
from reporter.frame import Kind
from reporter.public import fetch
from reporter.submission import Stamp, Submission, cover
from reporter.visit import Reporter
from reporter.web import Server

from .deployment import Deployment
from .directories import today
from .memory import found_in_files
from .relay import Relay
from .serving import ServerProcess
from .stamping import junk

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


def walk(journey: Journey, server: Server) -> None:
    deployment, reporter = journey.deployment, journey.reporter
    roots = deployment.keys.read
    public = fetch(server, roots, today())
    report = reporter.compose(public, "nl-vi", WORDS, answers="rol=leerling\n")
    reporter.send(server, public, report)
    for organisation in ("zz-python", "helpdesk"):
        for _ in range(8):
            one = junk(organisation)
            assert server.post(one.encoded).status == 201
            journey.submissions.append(one)
    assert server.post(replace(report, envelope=random_text()).encoded).status == 422
    assert server.post(replace(junk(), stamp=Stamp()).encoded).status == 428
    assert server.post(report.encoded[:-1]).status == 413
    assert server.post(b"SIF2" + report.encoded[4:]).status == 422
    assert server.request("GET", "/v1/kanarie").status == 404
    assert server.post(cover("nl-vi").encoded).status == 201
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
