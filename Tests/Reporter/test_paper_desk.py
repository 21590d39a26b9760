"""The desk in Python, on a log in Python: sticks, transfers, releases, withdrawals."""

import pytest
from paper_log import TODAY, PaperLog, Party, days
from reporter.drop import read_drop
from reporter.frame import Field, ReplyKind
from reporter.in_bundle import InBundle
from reporter.leaf import Leaf, LeafType
from reporter.leaves_file import LeavesFile
from reporter.out_bundle import OutBundle, Row, RowKind
from reporter.primitives import sha256
from reporter.refusal import Refused
from reporter.release import Release
from reporter.states import MessageState, ReplyState
from reporter.visit import Reporter
from stage.desks import PythonDesk
from stage.paper_desk import PaperDesk

#: The leaf of each kind of row.
TYPES = {2: LeafType.REPLY, 5: LeafType.TRANSFERRED, 8: LeafType.WITHDRAWN}


class House:
    """Three desks and their log."""

    def __init__(self) -> None:
        self.log = PaperLog()
        self.log.close(days(-30))
        self.desks = {one.id: self._desk(one) for one in self.log.parties}
        self.pending: list[Leaf] = []

    def _desk(self, party: Party) -> PaperDesk:
        desk = PythonDesk(party.id, self.log.name, party.pair, party.seed)
        return PaperDesk(desk, self.log.directory, self.log.log.key, day=TODAY)

    def stick(self, to: str, first: int = 0) -> bytes:
        """An honest in-bundle with witnesses."""
        log = self.log
        objects = {at: one for at, one in log.own_objects(to).items() if at >= first}
        leaves = tuple(leaf.encoded for leaf in log.leaves[first:])
        start = tuple(log.tree(first).subtrees)
        others = [one.id for one in log.parties if one.id != to]
        notes = tuple(log.cosigned[one] for one in others if one in log.cosigned)
        size, point = len(log.leaves), log.checkpoint()
        return InBundle(to, point, first, size, start, leaves, objects, (), notes).written(log.log)

    def back(self, of: str) -> list[Row]:
        """A stick back: its rows wait for the next close."""
        data = self.desks[of].out()
        bundle = OutBundle.verified(data, self.log.log.key, self.log.party(of).desk.key)
        if bundle.acknowledged:
            self.log.cosigned[of] = bundle.checkpoint
        for row in bundle.rows:
            if row.kind in TYPES:
                leaf = Leaf(TYPES[row.kind], row.organisation, row.tag, row.digest)
                if leaf not in self.log.leaves:
                    self.pending.append(leaf)
                    self.log.objects[row.digest] = row.object
            if row.kind == RowKind.REPLY:
                self.log.drop[row.tag] = row.object
        return list(bundle.rows)

    def close(self, day: int, *texts: object, more: tuple[Leaf, ...] = ()) -> None:
        """Closes a day with all that waits."""
        self.log.close(days(day), texts, (), (*self.pending, *more))  # type: ignore[arg-type]
        for leaf in self.pending:
            if leaf.type == LeafType.WITHDRAWN:
                self.log.drop.pop(leaf.tag, None)
        self.pending = []


@pytest.fixture
def house() -> House:
    """A fresh one."""
    return House()


@pytest.fixture(scope="module")
def reporter() -> Reporter:
    """One token."""
    return Reporter("paper.test")


def texts(desk: PaperDesk) -> list[str]:
    """What a desk reads."""
    found = [one.frame.fields.get(Field.TEXT, b"").decode() for one in desk.inbox.messages]
    return [one for one in found if one]


def test_told_once_and_transferred_with_consent(house: House, reporter: Reporter) -> None:
    vi, helpdesk = house.desks["nl-vi"], house.desks["helpdesk"]
    house.close(-20, reporter.compose(house.log.public(), "nl-vi", "Vertel ik een keer."))
    vi.take(house.stick("nl-vi"))
    key = reporter.keys("nl-vi").thread[0]
    with pytest.raises(Refused, match="no consent"):
        vi.transfer(key)
    vi.reply(key, "Mag de helpdesk dit lezen?", ReplyKind.MAY_TRANSFER, "helpdesk")
    house.back("nl-vi")
    house.close(-19)
    public = house.log.public()
    (asked,) = reporter.replies(house.log, public)  # type: ignore[arg-type]
    assert (asked.kind, asked.other) == (ReplyKind.MAY_TRANSFER, "helpdesk")
    house.close(-18, reporter.consent(public, "nl-vi", asked.other))
    vi.take(house.stick("nl-vi"))
    assert vi.transfer(key) == 1
    rows = house.back("nl-vi")
    others = [row.organisation.rstrip(b"\0") for row in rows if row.kind == RowKind.TRANSFERRED]
    assert sorted(others) == 4 * [b"helpdesk"] + 4 * [b"nl-ocw"], "alike for who gets nothing"
    house.close(-17)
    for one in ("helpdesk", "nl-ocw"):
        house.desks[one].take(house.stick(one))
        assert house.desks[one].inbox.unreadable == {} and house.desks[one].alarms == []
    assert texts(helpdesk) == ["Vertel ik een keer."] and texts(house.desks["nl-ocw"]) == []
    helpdesk.reply(reporter.keys("helpdesk").thread[0], "Wij hebben het gelezen.")
    house.back("helpdesk")
    house.close(-16)
    replies = reporter.replies(house.log, house.log.public())  # type: ignore[arg-type]
    assert [(one.organisation, one.text) for one in replies][1:] == [
        ("helpdesk", "Wij hebben het gelezen.")
    ]


def test_consent_for_another_does_not_serve(house: House, reporter: Reporter) -> None:
    vi, helpdesk = house.desks["nl-vi"], house.desks["helpdesk"]
    public = house.log.public()
    report = reporter.compose(public, "nl-vi", "Alleen voor het ministerie.", slot=1)
    house.close(-20, report, reporter.consent(public, "nl-vi", "nl-ocw", slot=2))
    vi.take(house.stick("nl-vi"))
    vi.transfer(reporter.keys("nl-vi").thread[0], to="helpdesk")
    house.back("nl-vi")
    house.close(-19)
    helpdesk.take(house.stick("helpdesk"))
    assert texts(helpdesk) == [] and len(helpdesk.inbox.unreadable) == 1
    assert helpdesk.cosigned, "what cannot be admitted is acknowledged all the same"


def test_released_read_and_answered(house: House, reporter: Reporter) -> None:
    helpdesk, public = house.desks["helpdesk"], house.log.public()
    report = reporter.compose(public, "nl-vi", "Niemand haalt het op.", slot=7)
    house.close(-20, report)
    digest = sha256(report.envelope)
    house.close(-6, more=(Leaf.overdue("helpdesk", report.tag, digest),))
    helpdesk.take(house.stick("helpdesk"))
    assert list(helpdesk.inbox.waiting_elsewhere) == [digest] and texts(helpdesk) == []
    public = house.log.public()
    (message,) = reporter.messages(public)
    assert (message.state, message.waits_at) == (MessageState.OVERDUE, "helpdesk")
    release = Release.of(reporter.keys("nl-vi"), message.slot, message.digest)
    house.close(-5, reporter.release(public, message.waits_at, release))
    helpdesk.take(house.stick("helpdesk"))
    assert texts(helpdesk) == ["Niemand haalt het op."]
    assert helpdesk.inbox.waiting_elsewhere == {}
    helpdesk.reply(reporter.keys("helpdesk").thread[0], "Wij wel.")
    house.back("helpdesk")
    house.close(-4)
    replies = reporter.replies(house.log, house.log.public())  # type: ignore[arg-type]
    assert [(one.organisation, one.text) for one in replies] == [("helpdesk", "Wij wel.")]


def test_withdrawn_is_gone_and_said(house: House, reporter: Reporter) -> None:
    vi = house.desks["nl-vi"]
    house.close(-20, reporter.compose(house.log.public(), "nl-vi", "Een vraag."))
    vi.take(house.stick("nl-vi"))
    key = reporter.keys("nl-vi").thread[0]
    for text in ("Fout antwoord.", "Goed antwoord."):
        vi.reply(key, text)
    house.back("nl-vi")
    house.close(-19)
    vi.take(house.stick("nl-vi"))
    vi.withdraw(key, 0)
    house.back("nl-vi")
    house.close(-18)
    found = reporter.answers(house.log, house.log.public())  # type: ignore[arg-type]
    assert [(one.number, one.state) for one in found] == [
        (0, ReplyState.WITHDRAWN),
        (1, ReplyState.ANSWERED),
    ]
    drop = read_drop(house.log.get("/v1/drop/000"))
    assert len(drop) == 7, "the good one and six fillers"
    assert reporter.keys("nl-vi").tag_out(0) not in drop
    vi.take(house.stick("nl-vi"))
    assert [row.kind for row in vi.rows] == [], "nothing is left to write"


def test_a_missing_object_or_witness_is_not_cosigned(house: House, reporter: Reporter) -> None:
    vi, helpdesk = house.desks["nl-vi"], house.desks["helpdesk"]
    house.close(-20, reporter.compose(house.log.public(), "nl-vi", "Een tekst."))
    good = InBundle.verified(house.stick("nl-vi"), house.log.log.key)
    lost = good.changed(objects={at: one for at, one in good.objects.items() if at < 2})
    vi.take(lost.written(house.log.log))
    assert vi.alarms and not vi.cosigned
    helpdesk.take(house.stick("helpdesk"))
    house.back("helpdesk")
    house.close(-19, more=(house.log.cosign("helpdesk", TODAY),))
    blind = InBundle.verified(house.stick("nl-vi", first=4), house.log.log.key)
    vi.take(blind.changed(witnesses=()).written(house.log.log))
    assert vi.alarms == ["no witness of helpdesk"] and not vi.cosigned


def test_another_history_is_refused_whole(house: House, reporter: Reporter) -> None:
    vi = house.desks["nl-vi"]
    house.close(-20, reporter.compose(house.log.public(), "nl-vi", "Een tekst."))
    vi.take(house.stick("nl-vi"))
    held, messages = list(vi.leaves), list(vi.inbox.messages)
    other = House()
    mine = house.log
    other.log.log, other.log.parties, other.log.root = mine.log, mine.parties, mine.root
    other.close(-20)
    other.close(-19)
    other.close(-18)
    with pytest.raises(Refused, match="history"):
        vi.take(other.stick("nl-vi"))
    assert vi.leaves == held and vi.inbox.messages == messages


def test_leaves_for_a_server_that_fell_behind(house: House, reporter: Reporter) -> None:
    vi = house.desks["nl-vi"]
    house.close(-20, reporter.compose(house.log.public(), "nl-vi", "Een vraag."))
    vi.take(house.stick("nl-vi"))
    key = reporter.keys("nl-vi").thread[0]
    vi.reply(key, "Blijft staan.")
    vi.reply(key, "Gaat weg.")
    house.back("nl-vi")
    house.close(-19)
    vi.take(house.stick("nl-vi"))
    vi.withdraw(key, 1)
    data = vi.leaves_file()
    desk = house.log.party("nl-vi").desk.key
    found = LeavesFile.verified(data, house.log.log.key, desk)
    assert list(found.leaves) == [leaf.encoded for leaf in house.log.leaves]
    rows = OutBundle.verified(found.out, house.log.log.key, desk).rows
    tags = {row.tag for row in rows if row.kind == RowKind.REPLY}
    keys = reporter.keys("nl-vi")
    assert keys.tag_out(0) in tags and keys.tag_out(1) not in tags
    assert [row.tag for row in rows if row.kind == RowKind.WITHDRAW] == [keys.tag_out(1)]
