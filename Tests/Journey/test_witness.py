"""Desks are each other's witness: two histories from one server are caught, and proved."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from reporter.codec import base64_text
from reporter.contradiction import Contradiction
from reporter.in_bundle import InBundle
from reporter.leaf import LeafType
from reporter.note import Checkpoint, Signer
from reporter.refusal import Refused
from reporter.submission import Submission
from reporter.visit import Reporter
from reporter.witness import missing, witnesses
from stage.bending import assert_one_line
from stage.commands import Result
from stage.deployment import Deployment
from stage.paper import PaperServer
from stage.threads import leaves_for, report


class TestHonest:
    """Two real desks on one real server, in steps."""

    @pytest.fixture(scope="class")
    def house(self, made: Callable[..., Deployment]) -> Deployment:
        """Three organisations, of which the ministry never comes."""
        return made("witness", python_desks=())

    def read(self, house: Deployment, organisation: str) -> InBundle:
        """The stick to a desk, verified."""
        return InBundle.verified(house.export(organisation).read_bytes(), house.log)

    def names(self, house: Deployment, organisation: str) -> list[str]:
        """Whose witness lines a stick carries; every line is verified on the way."""
        bundle, directory = self.read(house, organisation), house.public().directory
        found = witnesses(bundle, directory, house.log)
        assert missing(bundle, found) == []
        return [one.organisation for one in found]

    def test_before_anybody_cosigned_there_is_no_witness(self, house: Deployment) -> None:
        report(house, Reporter(house.name), "nl-vi", "Een tekst.")
        house.close()
        assert self.names(house, "nl-vi") == [] == self.names(house, "helpdesk")

    def test_each_desk_is_the_other_s_witness(self, house: Deployment) -> None:
        for one in ("nl-vi", "helpdesk"):
            assert house.stick_in(one)["alarms"] == []
            house.stick_out(one)
        house.close()
        for one in ("nl-vi", "helpdesk", "nl-ocw"):
            assert self.names(house, one) == ["nl-vi", "helpdesk"], "the directory's order"
        public = house.public()
        for one in ("nl-vi", "helpdesk"):
            assert leaves_for(public, LeafType.ACKNOWLEDGEMENT, one)
            taken = house.stick_in(one)
            assert taken["alarms"] == [] and taken["cosigned"] == public.checkpoint.size

    def test_a_newer_cosignature_is_the_witness_before_it_is_logged(
        self, house: Deployment
    ) -> None:
        house.stick_out("helpdesk")
        found = witnesses(self.read(house, "nl-vi"), house.public().directory, house.log)
        sizes = {one.organisation: one.checkpoint.size for one in found}
        assert sizes["helpdesk"] == house.public().checkpoint.size > sizes["nl-vi"]

    def test_many_sticks_never_alarm(self, house: Deployment) -> None:
        for turn in range(3):
            for one in ("nl-vi", "helpdesk", "nl-ocw"):
                report(house, Reporter(house.name), one, f"Bericht {turn}.")
                assert house.to_desk(one)["alarms"] == []
                house.stick_out(one)
        house.check()
        house.stop()


class TwoFaced:
    """A server that shows nl-vi one log, and had zz-python cosign another."""

    def __init__(self, folder: Path) -> None:
        self.paper = PaperServer.make(folder)
        self.reporter = Reporter(self.paper.name)
        one = self.reporter.compose(self.paper.public, "nl-vi", "Wat er echt stond.")
        self.shared = len(self.paper.leaves)
        self.paper.close(one, self.foreign())
        self.start = self.paper.desk.take(self.paper.written(self.paper.bundle()), self.paper.note)
        self.held = len(self.paper.leaves)

    def foreign(self) -> Submission:
        """A submission to the other organisation."""
        return Submission("zz-python", os.urandom(16), os.urandom(16_384))

    def other_log(self, extra: int) -> bytes:
        """What zz-python was shown and cosigned: another history from the first close on."""
        honest = list(self.paper.leaves)
        del self.paper.leaves[self.shared :]
        self.paper.close(*(self.foreign() for _ in range(1 + extra)))
        self.paper.cosign(self.paper.other)
        self.paper.leaves = honest
        return self.paper.cosigned["zz-python"]

    def take(self, bundle: InBundle) -> Result:
        """The real desk's answer to a stick."""
        return self.paper.desk.run("import", self.paper.written(bundle), "--json", expect=None)

    def proofs(self) -> list[Path]:
        """The proof files beside the vault."""
        vault = self.paper.desk.vault
        return sorted(vault.parent.glob(vault.name + ".contradiction-*"))


@pytest.fixture
def two_faced(tmp_path: Path) -> TwoFaced:
    """A fresh one: what a desk saw it never forgets."""
    found = TwoFaced(tmp_path)
    assert found.start["alarms"] == [] and found.start["cosigned"] == found.held
    return found


@pytest.mark.parametrize("extra", [0, 1, 3], ids=["smaller", "of the size", "larger than held"])
def test_two_logs_are_caught_by_the_first_stick_with_a_witness(
    two_faced: TwoFaced, extra: int
) -> None:
    paper = two_faced.paper
    cosigned = two_faced.other_log(extra)
    paper.close(two_faced.foreign(), two_faced.foreign(), paper.filler())
    listed = paper.desk.list()
    result = two_faced.take(paper.bundle(two_faced.held))
    assert_one_line(result)
    assert "another desk" in result.error, "it says who knows better"
    assert paper.desk.list() == listed
    (path,) = two_faced.proofs()
    assert str(path) in result.error, "it says where the proof is"
    proof = Contradiction.read(path.read_bytes())
    seen, shown = Checkpoint.read(cosigned).size, len(paper.leaves)
    assert proof.verify(paper.log.key) == (min(seen, shown), max(seen, shown))
    notes = [Checkpoint.read(one).note for one in (proof.older, proof.newer)]
    assert any(one.text == Checkpoint.read(cosigned).note.text for one in notes)
    admin = paper.desk.commands.admin
    admin("audit", "--log", paper.log.key.text, path)
    stranger = Signer.make(paper.name, os.urandom(32)).key.text
    admin("audit", "--log", stranger, path, expect=1)


def test_what_was_refused_changes_nothing_and_is_remembered(two_faced: TwoFaced) -> None:
    paper = two_faced.paper
    two_faced.other_log(0)
    paper.close(paper.filler())
    two_faced.take(paper.bundle(two_faced.held))
    two_faced.take(paper.bundle(two_faced.held))
    assert len(two_faced.proofs()) == 1, "the same proof is written once"
    journal = paper.desk.run("journal").out
    assert "another history" in journal
    del paper.cosigned["zz-python"]
    taken = two_faced.take(paper.bundle(two_faced.held)).json
    assert any("two logs" in one for one in taken["alarms"]), "it lasts"


def test_leaving_the_witness_out_is_seen_where_it_was_logged(two_faced: TwoFaced) -> None:
    """The server logs the other's acknowledgement but does not show its signature."""
    paper = two_faced.paper
    leaf = paper.cosign(paper.other)
    paper.close(paper.filler(), more=(leaf,))
    del paper.cosigned["zz-python"]
    taken = two_faced.take(paper.bundle(two_faced.held)).json
    assert any("zz-python" in one for one in taken["alarms"])
    assert taken["cosigned"] == two_faced.held, "nothing more is confirmed"
    paper.cosign(paper.other)
    taken = two_faced.take(paper.bundle(two_faced.held)).json
    assert taken["alarms"] == [] and taken["cosigned"] == len(paper.leaves), "until it comes"
    assert two_faced.proofs() == []


def test_an_older_witness_than_the_log_says_is_not_enough(two_faced: TwoFaced) -> None:
    paper = two_faced.paper
    newer = paper.cosign(paper.other)
    paper.close(paper.filler(), more=(newer,))
    paper.cosign(paper.other, size=two_faced.shared)
    taken = two_faced.take(paper.bundle(two_faced.held)).json
    assert any("zz-python" in one for one in taken["alarms"])
    assert taken["cosigned"] == two_faced.held


@pytest.mark.parametrize("name", ["not cosigned", "nobody's", "bent", "beyond the end", "its own"])
def test_a_witness_line_that_does_not_hold_is_no_witness(two_faced: TwoFaced, name: str) -> None:
    """Refused whole or taken with an alarm; never cosigned on, never a proof of anything."""
    paper = two_faced.paper
    leaf = paper.cosign(paper.other)
    good = paper.cosigned["zz-python"]
    paper.close(paper.filler(), more=(leaf,))
    text = Checkpoint.read(good).note.text
    head = text + "\n" + paper.log.line(text)
    if name == "not cosigned":
        line = head
    elif name == "nobody's":
        stranger = type(paper.other)("zz-python", paper.name)
        line = head + stranger.signer.cosignature_line(text, 86_400)
    elif name == "bent":
        line = good.decode()[:-3] + ("A" if good[-3:-2] != b"A" else "B") + good.decode()[-2:]
    elif name == "beyond the end":
        paper.close(paper.filler())
        paper.cosign(paper.other)
        line = paper.cosigned["zz-python"].decode()
        del paper.leaves[-2:]
    else:
        line = good.decode().replace("zz-python.", "nl-vi.")
    bundle = paper.bundle(two_faced.held).changed(witnesses=(line.encode(),))
    assert base64_text(line.encode()) in bundle.manifest(bundle.rows())
    result = two_faced.take(bundle)
    if result.status == 0:
        assert result.json["alarms"] and result.json["cosigned"] == two_faced.held
    else:
        assert_one_line(result)
    assert two_faced.proofs() == []
    paper.cosigned["zz-python"] = good
    honest = paper.desk.take(paper.written(paper.bundle(two_faced.held)))
    assert honest["cosigned"] == len(paper.leaves)


def test_the_independent_reader_sees_the_same(two_faced: TwoFaced) -> None:
    paper = two_faced.paper
    two_faced.other_log(0)
    paper.close(paper.filler())
    bundle = InBundle.verified(paper.bundle(0).written(paper.log), paper.log.key)
    with pytest.raises(Refused, match="another tree"):
        witnesses(bundle, paper.public.directory, paper.log.key)
