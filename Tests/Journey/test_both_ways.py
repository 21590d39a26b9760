"""A report goes in, the answer comes back: the Python reporter against the real server and desk."""

import datetime
import os
from dataclasses import replace
from pathlib import Path

from reporter.codec import u8, u16, u32, unpadded
from reporter.envelope import EnvelopeClass, check, random_text, seal_piece
from reporter.frame import Kind, ReplyKind
from reporter.in_bundle import InBundle
from reporter.keys import REPLIES
from reporter.leaf import Leaf
from reporter.note import Note
from reporter.out_bundle import OutBundle, RowKind
from reporter.primitives import sha256
from reporter.promise import Promise, promise_name
from reporter.submission import COVER, Submission, cover
from reporter.visit import Reporter
from stage import store
from stage.deployment import Deployment
from stage.directories import today
from stage.refusals import assert_problem
from stage.stamping import junk, unworked

#: The last there is: slots are 32 bits.
SLOT = 2**32 - 1
WORDS = "Ze wachten me elke dag op bij de fietsen. 'Ik durf niet meer' zei ik \u2013 n\u00f3g niet."
MORE = "Het is vandaag weer gebeurd."
ANSWER = "Dank je wel dat je dit vertelt. Wil je zeggen in welke klas je zit?"
ANSWERS = "rol=leerling\nschool=vo\nthema=pesten\n"


def thread_id(reporter: Reporter, organisation: str) -> str:
    """The first 8 hex digits of SHA-256 of the thread's public key."""
    return sha256(reporter.keys(organisation).thread[0]).hex()[:8]


def threads(deployment: Deployment, organisation: str) -> dict[str, dict[str, object]]:
    """What a desk lists, by thread."""
    return {one["thread"]: one for one in deployment.desks[organisation].list()}


class TestAReportAndItsAnswer:
    """One journey in steps; each step stands on the one before."""

    reporter: Reporter
    report: Submission
    follow_up: Submission
    promise: Promise
    first_replies: list[object]

    def test_report_is_promised(self, deployment: Deployment) -> None:
        kind = type(self)
        public = deployment.public()
        kind.reporter = Reporter(deployment.name)
        kind.report = self.reporter.compose(public, "nl-vi", WORDS, slot=SLOT, answers=ANSWERS)
        before = today()
        kind.promise = self.reporter.send(deployment.serve().server, public, self.report)
        assert before <= self.promise.day <= today() + datetime.timedelta(days=1)

    def test_the_same_bytes_twice_are_one_report(self, deployment: Deployment) -> None:
        server = deployment.serve().server
        answers = {server.post(self.report.encoded).status for _ in range(3)}
        again = server.post(self.report.encoded)
        assert answers == {201} and again.status == 201
        found = Promise.verified(again.body, deployment.name, deployment.promise)
        assert found == self.promise

    def test_the_promise_is_not_signed_by_the_log_key(self, deployment: Deployment) -> None:
        answer = deployment.serve().server.post(self.report.encoded)
        note = Note.read(answer.body)
        assert note.signed_by(deployment.promise) and not note.signed_by(deployment.log)
        assert [line.name for line in note.lines] == [promise_name(deployment.name)]

    def test_the_tag_with_another_envelope_is_no_submission(self, deployment: Deployment) -> None:
        other = unworked(Submission("nl-vi", self.report.tag, random_text()))
        assert_problem(deployment.serve().server.post(other.encoded), 422)

    def test_nothing_is_in_the_log_before_the_close(self, deployment: Deployment) -> None:
        assert self.reporter.states(deployment.public(), "nl-vi") == {}

    def test_the_desk_reads_the_words(self, deployment: Deployment) -> None:
        taken = deployment.to_desk("nl-vi")
        assert taken["messages"] == 1
        assert taken["unreadable"] == taken["waiting"] == taken["pieces_missing"] == 0
        assert taken["alarms"] == []
        public = deployment.public()
        assert taken["cosigned"] == public.checkpoint.size
        assert self.reporter.states(public, "nl-vi") == {SLOT: "recorded"}
        thread = threads(deployment, "nl-vi")[thread_id(self.reporter, "nl-vi")]
        assert thread["messages"] == 1
        shown = deployment.desks["nl-vi"].show(str(thread["thread"]))
        for word in WORDS.split():
            assert word in shown
        assert "leerling" in shown and "pesten" in shown

    def test_the_same_stick_twice_changes_nothing(self, deployment: Deployment) -> None:
        before = deployment.desks["nl-vi"].list()
        taken = deployment.desks["nl-vi"].take(deployment.export("nl-vi", first=0))
        assert taken["messages"] == 0 and taken["alarms"] == []
        assert deployment.desks["nl-vi"].list() == before

    def test_other_desks_do_not_see_it(self, deployment: Deployment) -> None:
        for other in ("helpdesk", "nl-ocw"):
            bundle = deployment.export(other)
            assert self.report.envelope not in bundle.read_bytes()
            deployment.desks[other].take(bundle, deployment.note)
            assert thread_id(self.reporter, "nl-vi") not in threads(deployment, other)

    def test_the_answer_comes_back(self, deployment: Deployment) -> None:
        desk = deployment.desks["nl-vi"]
        desk.reply(thread_id(self.reporter, "nl-vi"), ANSWER, kind="question")
        bundle = desk.export(deployment.path("nl-vi.out"))
        _check_out_bundle(deployment, bundle, self.reporter)
        deployment.take(bundle)
        server = deployment.serve().server
        assert self.reporter.replies(server, deployment.public()) == [], "before the close"
        size = deployment.public().checkpoint.size
        deployment.close()
        public = deployment.public()
        replies = self.reporter.replies(server, public)
        assert [(one.number, one.kind, one.text) for one in replies] == [
            (0, ReplyKind.QUESTION, ANSWER)
        ]
        assert replies[0].answers == sha256(self.report.envelope)
        assert replies[0].day in (today(), today() - datetime.timedelta(days=1))
        assert replies[0].index >= size
        assert self.reporter.states(public, "nl-vi") == {SLOT: "at the organisation"}

    def test_the_acknowledgement_is_in_the_log(self, deployment: Deployment) -> None:
        public = deployment.public()
        cosigned, day = public.cosigned["nl-vi"]
        assert day in (_day(today()), _day(today()) - 1)
        leaf = Leaf.acknowledgement("nl-vi", cosigned.size, cosigned.note.digest)
        index = public.log.index(leaf.encoded)
        assert index is not None and index >= cosigned.size
        assert public.log.tree(cosigned.size).root == cosigned.root

    def test_the_same_stick_back_twice_changes_nothing(self, deployment: Deployment) -> None:
        bundle = deployment.desks["nl-vi"].export(deployment.path("nl-vi.out"))
        deployment.take(bundle)
        deployment.take(bundle)
        deployment.close()
        replies = self.reporter.replies(deployment.serve().server, deployment.public())
        assert [one.text for one in replies] == [ANSWER]

    def test_a_follow_up_joins_the_thread(self, deployment: Deployment) -> None:
        server, public = deployment.serve().server, deployment.public()
        follow_up = self.reporter.compose(public, "nl-vi", MORE, kind=Kind.FOLLOW_UP, slot=1031)
        self.reporter.send(server, public, follow_up)
        assert deployment.to_desk("nl-vi")["messages"] == 1
        identifier = thread_id(self.reporter, "nl-vi")
        assert threads(deployment, "nl-vi")[identifier]["messages"] == 2
        shown = deployment.desks["nl-vi"].show(identifier)
        assert MORE in shown and ANSWER in shown
        deployment.desks["nl-vi"].reply(identifier, "Goed dat je het zegt.")
        deployment.desks["nl-vi"].reply(identifier, kind="closed")
        deployment.from_desk("nl-vi")
        replies = self.reporter.replies(server, deployment.public())
        assert [(one.number, one.kind) for one in replies] == [
            (0, ReplyKind.QUESTION),
            (1, ReplyKind.MESSAGE),
            (2, ReplyKind.CLOSED),
        ]
        assert replies[1].answers == sha256(follow_up.envelope)

    def test_another_token_finds_nothing(self, deployment: Deployment) -> None:
        public, stranger = deployment.public(), Reporter(deployment.name)
        assert stranger.replies(deployment.serve().server, public) == []
        assert stranger.states(public, "nl-vi") == {}

    def test_the_store_is_clean(self, deployment: Deployment) -> None:
        deployment.check()


def _day(date: datetime.date) -> int:
    return (date - datetime.date(1970, 1, 1)).days


def _check_out_bundle(deployment: Deployment, bundle: Path, reporter: Reporter) -> None:
    """What the stick back must hold, read by the independent reader."""
    directory = deployment.public().directory
    desk = directory.organisation("nl-vi").desks[0]
    out = OutBundle.verified(bundle.read_bytes(), deployment.log, desk)
    replies = [row for row in out.rows if row.kind == RowKind.REPLY]
    assert out.organisation == "nl-vi" and out.have >= out.acknowledged > 0
    assert len(replies) >= 4 and len(replies) % 4 == 0
    assert all(len(row.object) == EnvelopeClass.REPLY.size for row in replies)
    assert all(unpadded(row.organisation) == "nl-vi" for row in replies)
    for row in replies:
        check(row.object, EnvelopeClass.REPLY)
    own = {reporter.keys("nl-vi").tag_out(at) for at in range(REPLIES)}
    mine = [row for row in replies if row.tag in own]
    assert out.shards == directory.shards
    assert len(mine) == 1 and mine[0].shard == reporter.shard % out.shards
    others = [row for row in out.rows if row.kind == RowKind.TRANSFERRED]
    listed = {one.id for one in directory.organisations} - {"nl-vi"}
    to = [unpadded(row.organisation) for row in others]
    assert set(to) == listed and all(to.count(one) % 4 == 0 for one in listed)


def test_one_token_has_a_thread_of_its_own_at_each_organisation(deployment: Deployment) -> None:
    server, public = deployment.serve().server, deployment.public()
    reporter = Reporter(deployment.name)
    for organisation in ("helpdesk", "nl-ocw"):
        words = f"Alleen voor {organisation}."
        reporter.send(server, public, reporter.compose(public, organisation, words))
    for organisation in ("helpdesk", "nl-ocw"):
        deployment.to_desk(organisation)
        desk = deployment.desks[organisation]
        assert f"Alleen voor {organisation}." in desk.show(thread_id(reporter, organisation))
        desk.reply(thread_id(reporter, organisation), f"Antwoord van {organisation}.")
        deployment.from_desk(organisation)
    replies = reporter.replies(server, deployment.public())
    assert [(one.organisation, one.text) for one in replies] == [
        ("helpdesk", "Antwoord van helpdesk."),
        ("nl-ocw", "Antwoord van nl-ocw."),
    ]


def test_a_cover_is_answered_alike_and_forgotten(deployment: Deployment) -> None:
    server, public = deployment.serve().server, deployment.public()
    sent = cover("nl-vi")
    promise = Reporter(deployment.name).send(server, public, sent)
    report = junk("helpdesk")
    answers = [server.post(one.encoded) for one in (sent, report)]
    assert [one.status for one in answers] == [201, 201]
    assert len(answers[0].body) == len(answers[1].body)
    assert answers[0].headers == answers[1].headers
    assert promise.leaf == bytes(65)
    deployment.close()
    digests = {leaf.digest for leaf in deployment.public().leaves}
    assert sha256(sent.envelope) not in digests and sha256(report.envelope) in digests


def test_a_piece_is_not_taken_yet_and_its_report_is(deployment: Deployment) -> None:
    """A report may name a piece; the server reads the piece and says that it comes too early."""
    server, public = deployment.serve().server, deployment.public()
    reporter, data = Reporter(deployment.name), os.urandom(1000)
    piece = seal_piece(data)
    fields = reporter.fields(public, "zz-python", "Met een foto.", 3)
    fields[11] = u8(1) + u32(len(data)) + u16(1) + sha256(piece.envelope) + piece.file_key
    reporter.send(server, public, reporter.submission(public, Kind.REPORT, fields))
    before = store.digest(deployment.data)
    posted = unworked(Submission("zz-python", os.urandom(16), piece.envelope, kind=2))
    for one in (posted, replace(posted, flags=COVER)):
        answer = server.post(one.encoded)
        assert_problem(answer, 503)
        assert int(answer.headers["retry-after"]) > 0
    assert store.digest(deployment.data) == before
    deployment.close()
    bundle = InBundle.verified(deployment.export("zz-python").read_bytes(), deployment.log)
    assert bundle.pieces == ()
    texts = {sha256(one) for one in bundle.objects.values()}
    assert sha256(piece.envelope) not in texts
