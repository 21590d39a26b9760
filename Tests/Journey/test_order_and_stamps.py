"""The order of checks, and the stamps that are taken and refused (section 7)."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from reporter.codec import padded
from reporter.envelope import EnvelopeClass, random_text
from reporter.submission import (
    PARTS,
    Challenge,
    Stamp,
    Submission,
    cover,
    limit,
    stamp_part,
    stamp_subject,
)
from reporter.web import Answer
from stage import store
from stage.deployment import Deployment
from stage.refusals import assert_problem, base
from stage.stamping import asked, stamped

#: What a quiet hour asks.
TRIES = 256


@pytest.fixture(scope="module")
def refusing(made: Callable[..., Deployment]) -> Iterator[Deployment]:
    """A deployment of its own that asks for work; a refusal leaves no trace in it."""
    names = ("zz-python", "zz-other")
    deployment = made("stamps", desks=("nl-vi",), python_desks=names, work=4_096)
    yield deployment
    deployment.check()
    deployment.stop()


@pytest.fixture(scope="module")
def easy(made: Callable[..., Deployment]) -> Iterator[Deployment]:
    """A deployment that asks one try: whatever refuses a stamp there is not its work."""
    deployment = made("easy", desks=(), python_desks=("zz-python", "zz-other"))
    yield deployment
    deployment.check()
    deployment.stop()


def post(deployment: Deployment, one: Submission) -> Answer:
    """Posts a submission."""
    return deployment.serve().server.post(one.encoded)


def worked(deployment: Deployment, organisation: str = "nl-vi") -> Submission:
    """A submission that is accepted."""
    return stamped(deployment.serve().server, base(organisation))


def piece() -> bytes:
    """An envelope of the second class."""
    head = b"SIE1" + bytes([1, 2, 0, 0])
    return head + os.urandom(EnvelopeClass.PIECE.size - len(head))


def assert_more_work(answer: Answer, tries: int = TRIES) -> None:
    """428, and it says how much is asked."""
    assert_problem(answer, 428)
    assert json.loads(answer.body)["tries"] == tries


class TestOrder:
    """Wrong in two ways gets the earlier answer; every stamp here is worth nothing."""

    def test_length_before_format(self, refusing: Deployment) -> None:
        body = b"XXXX" + base("elders").encoded[4:-1]
        assert_problem(refusing.serve().server.post(body), 413)

    def test_format_before_known_tag(self, refusing: Deployment) -> None:
        server, known = refusing.serve().server, worked(refusing)
        assert server.post(known.encoded).status == 201
        body = bytearray(known.encoded)
        body[6] = 1
        assert_problem(server.post(bytes(body)), 422)

    def test_organisation_before_piece_and_cover(self, refusing: Deployment) -> None:
        nobody = replace(base("elders"), envelope=piece(), kind=2)
        assert_problem(post(refusing, nobody), 422)
        assert_problem(post(refusing, cover("elders")), 422)

    @pytest.mark.parametrize("flags", [0, 1])
    def test_a_piece_is_not_taken_before_its_tag_is_looked_at(
        self, refusing: Deployment, flags: int
    ) -> None:
        known = worked(refusing)
        assert post(refusing, known).status == 201
        before = store.digest(refusing.data)
        answer = post(refusing, replace(known, envelope=piece(), kind=2, flags=flags))
        assert_problem(answer, 503)
        assert int(answer.headers["retry-after"]) > 0
        assert store.digest(refusing.data) == before

    def test_the_same_envelope_before_its_stamp(self, refusing: Deployment) -> None:
        known = worked(refusing)
        first = post(refusing, known)
        stale = replace(known, stamp=Stamp(1, os.urandom(16)))
        again = [post(refusing, one) for one in (known, stale)]
        assert [one.status for one in (first, *again)] == [201] * 3
        assert {one.body for one in (first, *again)} == {first.body}

    def test_another_envelope_under_a_tag_before_its_stamp(self, refusing: Deployment) -> None:
        known = worked(refusing)
        assert post(refusing, known).status == 201
        before = store.digest(refusing.data)
        other = replace(known, envelope=random_text())
        assert_problem(post(refusing, other), 422)
        assert_problem(post(refusing, replace(other, stamp=Stamp())), 422)
        assert store.digest(refusing.data) == before
        assert post(refusing, known).status == 201, "the first is still there"

    def test_tags_are_those_of_one_organisation(self, refusing: Deployment) -> None:
        """A tag names an envelope within its organisation or everywhere; never a silent loss."""
        known = worked(refusing)
        assert post(refusing, known).status == 201
        other = replace(worked(refusing, "zz-python"), tag=known.tag)
        assert post(refusing, other).status in (201, 422)


class TestCovers:
    """A well-formed cover to a listed organisation is answered like a stored report, always."""

    def covers(self, known: Submission) -> dict[str, Submission]:
        """Covers of every kind that there is."""
        one = cover("nl-vi")
        return {
            "random": one,
            "a stamp of zeros": replace(one, stamp=Stamp()),
            "a good stamp": replace(one, stamp=known.stamp),
            "the tag of a report": replace(one, tag=known.tag),
            "a report that is stored": replace(known, flags=1),
            "the same again": one,
        }

    def test_all_are_answered_alike(self, refusing: Deployment) -> None:
        known = worked(refusing)
        stored = post(refusing, known)
        assert stored.status == 201
        for name, one in self.covers(known).items():
            answer = post(refusing, one)
            assert answer.status == 201, name
            assert len(answer.body) == len(stored.body), name
            assert answer.headers == stored.headers, name

    def test_none_is_kept(self, refusing: Deployment) -> None:
        known = worked(refusing)
        assert post(refusing, known).status == 201
        before = store.counts(refusing.data)
        sent = self.covers(known)
        assert {post(refusing, one).status for one in sent.values()} == {201}
        assert store.counts(refusing.data) == before
        kept = {value for _, value in store.values(refusing.data / "intake.sqlite")}
        for name in ("random", "a stamp of zeros"):
            assert not {sent[name].tag, sent[name].envelope} & kept, name

    def test_none_spends_a_ticket_or_a_tag(self, refusing: Deployment) -> None:
        honest = worked(refusing)
        for one in (replace(honest, flags=1), replace(cover("nl-vi"), stamp=honest.stamp)):
            assert post(refusing, one).status == 201
        assert post(refusing, honest).status == 201
        assert_problem(post(refusing, replace(honest, envelope=random_text())), 422)


class TestWork:
    """Worth what is asked, for this organisation, on this ticket, under this challenge."""

    def test_a_quiet_hour_asks_the_least(self, refusing: Deployment) -> None:
        given = asked(refusing.serve().server)
        assert given.tries == (TRIES,) * 3 and given.flags == 2

    def test_what_is_asked_is_enough(self, refusing: Deployment) -> None:
        given = asked(refusing.serve().server)
        assert post(refusing, base().with_stamp(given, TRIES)).status == 201

    def test_more_than_is_asked_is_enough(self, refusing: Deployment) -> None:
        given = asked(refusing.serve().server)
        assert post(refusing, base().with_stamp(given, 2 * TRIES)).status == 201

    def test_no_work_is_not(self, refusing: Deployment) -> None:
        before = store.digest(refusing.data)
        assert_more_work(post(refusing, replace(base(), stamp=Stamp())))
        assert store.digest(refusing.data) == before

    @pytest.mark.parametrize("part", range(PARTS))
    def test_three_parts_of_four_are_not(self, refusing: Deployment, part: int) -> None:
        given = asked(refusing.serve().server)
        good = base().with_stamp(given, TRIES)
        subject = stamp_subject(padded("nl-vi"), good.stamp.ticket)
        bad = next(
            one
            for one in range(TRIES)
            if stamp_part(subject, part, one, given.value) > limit(TRIES)
        )
        nonces = (*good.stamp.nonces[:part], bad, *good.stamp.nonces[part + 1 :])
        spoilt = replace(good, stamp=replace(good.stamp, nonces=nonces))
        assert_more_work(post(refusing, spoilt))
        assert post(refusing, good).status == 201, "a refused stamp spends no ticket"

    def test_it_serves_whatever_is_written(self, refusing: Deployment) -> None:
        """It is made while somebody writes: neither tag nor envelope is in it."""
        good = worked(refusing)
        other = replace(base(), stamp=good.stamp)
        assert post(refusing, other).status == 201

    @pytest.mark.parametrize("bend", ["organisation", "ticket", "challenge", "hour", "order"])
    def test_bound_to_something_else_it_is_not(self, refusing: Deployment, bend: str) -> None:
        given = asked(refusing.serve().server)
        good = base().with_stamp(given, TRIES)
        stamp = good.stamp
        elsewhere = Challenge(given.hour, 2, os.urandom(16), given.tries)
        bent = {
            "organisation": replace(good, organisation="zz-python"),
            "ticket": replace(good, stamp=replace(stamp, ticket=os.urandom(16))),
            "challenge": base().with_stamp(elsewhere, TRIES),
            "hour": replace(good, stamp=replace(stamp, hour=given.hour - 1)),
            "order": replace(good, stamp=replace(stamp, nonces=stamp.nonces[::-1])),
        }[bend]
        assert_more_work(post(refusing, bent))


class TestTickets:
    """A ticket is spent by the first envelope that comes with it."""

    def test_a_second_envelope_finds_it_spent(self, refusing: Deployment) -> None:
        first = worked(refusing)
        assert post(refusing, first).status == 201
        second = replace(base(), stamp=first.stamp)
        before = store.digest(refusing.data)
        assert_more_work(post(refusing, second))
        assert store.digest(refusing.data) == before
        assert post(refusing, first).status == 201, "the first may come again"

    def test_a_refused_submission_spends_none(self, refusing: Deployment) -> None:
        known, fresh = worked(refusing), worked(refusing)
        assert post(refusing, known).status == 201
        conflict = replace(known, envelope=random_text(), stamp=fresh.stamp)
        assert_problem(post(refusing, conflict), 422)
        too_early = replace(fresh, envelope=piece(), kind=2)
        assert_problem(post(refusing, too_early), 503)
        assert post(refusing, fresh).status == 201


class TestHours:
    """The server's hour and the two before; its own work aside."""

    @pytest.mark.parametrize("back", [0, 1, 2])
    def test_hours_of_now_are_taken(self, easy: Deployment, back: int) -> None:
        def status() -> tuple[int, int]:
            hour = asked(easy.serve().server).hour
            stamp = Stamp(hour - back, os.urandom(16))
            found = post(easy, replace(base("zz-python"), stamp=stamp)).status
            return found, asked(easy.serve().server).hour - hour

        found, turned = status()
        assert (found if turned == 0 else status()[0]) == 201

    @pytest.mark.parametrize("away", [-1000, -4, -3, 2, 3, 1000])
    def test_other_hours_are_not(self, easy: Deployment, away: int) -> None:
        hour = asked(easy.serve().server).hour
        # If the hour turns meanwhile, one before is one more before, and one to come is still.
        stamp = Stamp(hour + away, os.urandom(16))
        assert_more_work(post(easy, replace(base("zz-python"), stamp=stamp)), 1)

    @pytest.mark.parametrize("hour", [0, 2**31, 2**32 - 1])
    def test_nor_are_the_ends_of_time(self, easy: Deployment, hour: int) -> None:
        stamp = Stamp(hour, os.urandom(16))
        assert_more_work(post(easy, replace(base("zz-python"), stamp=stamp)), 1)
