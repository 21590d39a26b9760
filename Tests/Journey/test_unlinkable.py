"""Visits with a code and visits without look alike in the list of requests.

The list is what whoever runs the proxy, or breaks TLS without reading bodies, could keep: method,
path, headers, sizes and order. Not hidden by design, and so not given to the classifier: what a
body shows to who watches the server live (organisation, tag, whether it is a cover), who called,
and how long a person took (docs/threat-model.md).
"""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from reporter.envelope import random_text
from reporter.frame import Kind
from reporter.primitives import sha256
from reporter.public import Public, fetch
from reporter.submission import COVER, Submission
from reporter.visit import Reporter
from reporter.web import Server
from stage.classifying import Features, all_features, findings, guessing
from stage.deployment import Deployment
from stage.directories import today
from stage.observing import Exchange, Observer
from stage.replies import out_bundle, reply_row

ORGANISATIONS = ("een", "twee", "drie", "vier")
SHARDS = 4
#: Visits with a code, and as many without.
EACH = 100
#: Directory, tree, challenge, checkpoint, two months, one shard, one submission.
REQUESTS = 8
#: Days are closed between visits, so that what is public grows.
ROUNDS = 4


@dataclass(frozen=True)
class Plan:
    """What somebody comes for."""

    has_code: bool
    tells: bool
    person: int = 0


@dataclass
class Visits:
    """What was recorded, in order, with what only the test knows."""

    plans: list[Plan]
    seen: list[tuple[Exchange, ...]]
    replies: list[int]
    seed: int

    @property
    def codes(self) -> list[bool]:
        """Which visits had a code."""
        return [plan.has_code for plan in self.plans]

    @property
    def tellings(self) -> list[bool]:
        """Which visits sent something."""
        return [plan.tells for plan in self.plans]


class Street:
    """A server behind an observer, and people with codes whose reports were answered."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        process = deployment.serve()
        self.direct = process.server
        assert self.direct.port is not None
        self.observer = Observer(self.direct.port)
        self.server = Server(port=self.observer.port)
        self.people = [Reporter(deployment.name) for _ in range(EACH)]
        self._be_answered()

    def organisation(self, person: int) -> str:
        """Whom a person writes to."""
        return ORGANISATIONS[person % len(ORGANISATIONS)]

    def _be_answered(self) -> None:
        roots, rows = self.deployment.keys.read, {one: [] for one in ORGANISATIONS}
        public = fetch(self.direct, roots, today())
        for at, person in enumerate(self.people):
            name = self.organisation(at)
            report = person.compose(public, name, f"Nummer {at} vertelt.")
            person.send(self.direct, public, report)
            desk, digest = self.deployment.python_desks[name], sha256(report.envelope)
            rows[name].append(reply_row(desk, person.keys(name), 0, "Goed zo.", digest))
        self.deployment.close()
        checkpoint = self.direct.get("/v1/log/checkpoint")
        newest = checkpoint[4 : 4 + int.from_bytes(checkpoint[:4], "big")]
        for name, desk in self.deployment.python_desks.items():
            path = self.deployment.path(f"{name}.out")
            path.write_bytes(out_bundle(desk, newest, rows[name], SHARDS).written(desk.signer))
            self.deployment.take(path)
        self.deployment.close()

    def visit(self, plan: Plan, chance: random.Random) -> int:
        """A whole visit as the protocol has it; how many replies were read."""
        public = fetch(self.server, self.deployment.keys.read, today())
        person = self.people[plan.person]
        replies = 0
        if plan.has_code:
            replies = len(person.replies(self.server, public))
        else:
            self.server.get(f"/v1/drop/{chance.randrange(SHARDS)}")
        assert self.server.post(self._last(plan, public, chance).encoded).status == 201
        return replies

    def _last(self, plan: Plan, public: Public, chance: random.Random) -> Submission:
        if not plan.tells:
            name = chance.choice(ORGANISATIONS)
            cover = Submission(name, os.urandom(16), random_text(), flags=COVER)
            return cover.with_stamp(public.challenge)
        name = self.organisation(plan.person)
        if plan.has_code:
            text = "Er is nog iets. " * chance.randrange(1, 500)
            return self.people[plan.person].compose(public, name, text, kind=Kind.FOLLOW_UP)
        text = "Dit is er gebeurd. " * chance.randrange(1, 500)
        return Reporter(self.deployment.name).compose(public, name, text)


@pytest.fixture(scope="module")
def street(made: Callable[..., Deployment]) -> Iterator[Street]:
    found = Street(made("unlinkable", desks=(), python_desks=ORGANISATIONS, shards=SHARDS))
    yield found
    found.observer.close()
    found.deployment.check()
    found.deployment.stop()


@pytest.fixture(scope="module")
def visits(street: Street) -> Visits:
    """A hundred visits with a code and a hundred without, half of each telling something."""
    seed = int.from_bytes(os.urandom(4), "big")
    chance = random.Random(seed)
    plans = [
        Plan(has_code, person % 2 == 0, person)
        for has_code in (True, False)
        for person in range(EACH)
    ]
    chance.shuffle(plans)
    found = Visits(plans, [], [], seed)
    for at, plan in enumerate(plans):
        if at and at % (len(plans) // ROUNDS) == 0:
            street.deployment.close()
        found.replies.append(street.visit(plan, chance))
        found.seen.append(street.observer.take(REQUESTS))
    return found


def test_visits_with_a_code_read_their_reply(visits: Visits) -> None:
    """Otherwise nothing below would prove anything."""
    assert visits.replies == [int(plan.has_code) for plan in visits.plans]
    assert visits.codes.count(True) == visits.codes.count(False) == EACH
    paths = {one.path for visit in visits.seen for one in visit}
    assert {f"/v1/drop/{shard}" for shard in range(SHARDS)} <= paths


def test_visits_with_a_code_cannot_be_told_from_visits_without(visits: Visits) -> None:
    found = findings(all_features(visits.seen), visits.codes, visits.seed)
    assert not found, f"seed {visits.seed}"


def test_visits_for_reading_cannot_be_told_from_visits_for_telling(visits: Visits) -> None:
    found = findings(all_features(visits.seen), visits.tellings, visits.seed)
    assert not found, f"seed {visits.seed}"


def test_every_visit_makes_the_same_requests_of_the_same_sizes(visits: Visits) -> None:
    """Between two closes everything is alike but the shard that was asked for."""
    length = len(visits.seen) // ROUNDS
    for start in range(0, len(visits.seen), length):
        shapes = {
            tuple(replace(one, path=one.path.split("/drop/")[0]) for one in visit)
            for visit in visits.seen[start : start + length]
        }
        assert len(shapes) == 1


# What the classifier finds


def doctored(visits: Visits, change: Callable[[list[Exchange], bool, int], None]) -> list[Features]:
    """The recorded visits with a leak planted."""
    changed: list[Sequence[Exchange]] = []
    for at, (visit, has_code) in enumerate(zip(visits.seen, visits.codes, strict=True)):
        copy = list(visit)
        change(copy, has_code, at)
        changed.append(copy)
    return all_features(changed)


def _one_byte_more(visit: list[Exchange], has_code: bool, at: int) -> None:
    visit[6] = replace(visit[6], answered=visit[6].answered + has_code)


def _a_header(visit: list[Exchange], has_code: bool, at: int) -> None:
    if has_code:
        visit[2] = replace(visit[2], headers=(*visit[2].headers, ("x-code", "1")))


def _no_shard(visit: list[Exchange], has_code: bool, at: int) -> None:
    if not has_code:
        del visit[6]


def _another_order(visit: list[Exchange], has_code: bool, at: int) -> None:
    if has_code:
        visit[0], visit[1] = visit[1], visit[0]


def _favourite_shards(visit: list[Exchange], has_code: bool, at: int) -> None:
    shard = at % 4 if has_code else at % 2
    shard = shard // 2 if has_code else shard + 2
    visit[6] = replace(visit[6], path=f"/v1/drop/{shard}")


def _two_together(visit: list[Exchange], has_code: bool, at: int) -> None:
    """Neither tells anything alone."""
    coin = at // 3 % 2
    visit[1] = replace(visit[1], asked=visit[1].asked + coin)
    visit[7] = replace(visit[7], answered=visit[7].answered + (coin ^ has_code))


@pytest.mark.parametrize(
    ("leak", "look"),
    [
        (_one_byte_more, "6 answered"),
        (_a_header, "2 names"),
        (_no_shard, "requests"),
        (_another_order, "0 path"),
        (_favourite_shards, "6 path"),
        (_two_together, "1 asked & 7 answered"),
    ],
)
def test_a_planted_leak_is_found(
    visits: Visits, leak: Callable[[list[Exchange], bool, int], None], look: str
) -> None:
    found = findings(doctored(visits, leak), visits.codes, visits.seed)
    assert look in {one.look for one in found}


def test_a_page_that_reads_without_a_cover_is_found(street: Street) -> None:
    """With real requests: a page that forgets the cover when nothing was sent."""
    chance = random.Random(7)
    plans = [Plan(has_code=True, tells=at % 2 == 0, person=at) for at in range(EACH)]
    chance.shuffle(plans)
    seen = []
    for plan in plans:
        public = fetch(street.server, street.deployment.keys.read, today())
        street.people[plan.person].replies(street.server, public)
        if plan.tells:
            name = street.organisation(plan.person)
            sent = street.people[plan.person].compose(public, name, "Nog iets.")
            assert street.server.post(sent.encoded).status == 201
        seen.append(street.observer.take(REQUESTS - 1 + plan.tells))
    found = findings(all_features(seen), [plan.tells for plan in plans], 7)
    assert "requests" in {one.look for one in found}


def test_the_probability_of_guessing_is_that_of_the_tables() -> None:
    assert guessing(2, 2, 2, 4) == pytest.approx(1 / 3)
    assert guessing(25, 50, 50, 100) == pytest.approx(1.0)
    assert guessing(50, 50, 50, 100) < 1e-28
