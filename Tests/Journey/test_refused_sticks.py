"""Bad in-bundles at a real desk: container faults refuse the whole file and change nothing."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reporter.codec import padded, u32
from reporter.envelope import random_text
from reporter.in_bundle import InBundle
from reporter.leaf import Leaf, LeafType
from reporter.merkle import MerkleTree
from reporter.note import Checkpoint, Signer
from reporter.primitives import sha256
from reporter.submission import Submission
from reporter.visit import Reporter
from stage.commands import Result
from stage.paper import PaperServer

STRANGER = Signer.make("paper.test", os.urandom(32))


class Sticks:
    """A real desk that took one honest bundle; the next, honest one is the start of every bend."""

    def __init__(self, folder: Path) -> None:
        self.paper = PaperServer.make(folder)
        public = self.paper.public
        self.reporter = Reporter(self.paper.name)
        report = self.reporter.compose(public, "nl-vi", "De eerste.", slot=1)
        self.paper.close(report, self.paper.filler())
        self.start = self.paper.written(self.paper.bundle())
        self.paper.desk.take(self.start, self.paper.note)
        self.first = len(self.paper.leaves)
        follow_up = self.reporter.compose(public, "nl-vi", "De tweede.", kind=2, slot=2)
        foreign = Submission("zz-python", os.urandom(16), random_text())
        self.paper.close(follow_up, self.paper.filler(), foreign)
        self.good = self.paper.bundle(self.first)
        self.listed = self.paper.desk.list()

    def signed(self, bundle: InBundle) -> bytes:
        """Signed by the log key the directory names."""
        return bundle.written(self.paper.log)

    def manifest(self, old: str, new: str) -> bytes:
        """The good bundle under a manifest with other words."""
        text = self.good.manifest(self.good.rows())
        assert old in text
        return self.good.written(self.paper.log, text.replace(old, new, 1))

    def rows(self, rows: bytes) -> bytes:
        """The good bundle with other rows, their digest right."""
        return self.good.written(self.paper.log, rows=rows)

    def grown(self, leaves: list[Leaf], objects: dict[int, bytes]) -> InBundle:
        """An honest continuation of the log by these leaves, whatever they are."""
        tree = MerkleTree(self.first, self.good.subtrees)
        for leaf in leaves:
            tree.append(leaf.encoded)
        point = self.paper.log.note(Checkpoint.text(self.paper.name, tree.size, tree.root))
        return self.good.changed(
            checkpoint=point,
            size=tree.size,
            leaves=tuple(leaf.encoded for leaf in leaves),
            objects={self.first + at: data for at, data in objects.items()},
        )

    def own(self, data: bytes) -> tuple[Leaf, bytes]:
        """A text leaf of the desk's own for these bytes."""
        return Leaf.text("nl-vi", os.urandom(16), sha256(data)), data

    def own_object(self) -> int:
        """Index of an own object in the good bundle."""
        return min(self.good.objects)

    def with_object(self, data: bytes) -> bytes:
        """The good bundle with other bytes for an own object; rows say their length."""
        objects = self.good.objects | {self.own_object(): data}
        return self.signed(self.good.changed(objects=objects))

    def fork(self) -> InBundle:
        """From the start again, with another leaf where the desk holds one already."""
        leaves = list(self.paper.leaves)
        leaves[1] = Leaf.text("zz-python", bytes(16), bytes(32)).encoded
        tree = MerkleTree.of(leaves)
        point = self.paper.log.note(Checkpoint.text(self.paper.name, tree.size, tree.root))
        whole = self.paper.bundle()
        objects = {at: data for at, data in whole.objects.items() if at != 1}
        return whole.changed(checkpoint=point, leaves=tuple(leaves), objects=objects)


@pytest.fixture(scope="module")
def sticks(tmp_path_factory: pytest.TempPathFactory) -> Sticks:
    """Made once: every bend leaves the desk as it was."""
    return Sticks(tmp_path_factory.mktemp("sticks"))


def _piece_rows(sticks: Sticks, *pieces: tuple[bytes, bytes]) -> bytes:
    rows = sticks.good.rows() + b"".join(digest + u32(len(data)) for digest, data in pieces)
    text = sticks.good.manifest(rows).replace(" 0\n", f" {len(pieces)}\n")
    data = sticks.good.written(sticks.paper.log, text, rows)
    return data + b"".join(data for _, data in pieces)


def _unsorted_pieces(sticks: Sticks) -> bytes:
    made = sorted(((sha256(data), data) for data in (os.urandom(9), os.urandom(9))), reverse=True)
    return _piece_rows(sticks, *made)


def _foreign_object(sticks: Sticks) -> bytes:
    data = os.urandom(100)
    leaf = Leaf.text("zz-python", os.urandom(16), sha256(data))
    return sticks.signed(sticks.grown([leaf], {0: data}))


def _grown(sticks: Sticks, leaf: Leaf, data: bytes = b"") -> bytes:
    return sticks.signed(sticks.grown([leaf], {0: data} if data else {}))


def _own(sticks: Sticks, size: int) -> bytes:
    leaf, data = sticks.own(random_text()[:size].ljust(size, b"\0"))
    return _grown(sticks, leaf, data)


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


STICKS: dict[str, Callable[[Sticks], bytes]] = {
    "empty": lambda sticks: b"",
    "garbage": lambda sticks: os.urandom(3000),
    "magic": lambda sticks: b"SIB0" + sticks.signed(sticks.good)[4:],
    "cut by a byte": lambda sticks: sticks.signed(sticks.good)[:-1],
    "longer by a byte": lambda sticks: sticks.signed(sticks.good) + b"\0",
    "cut in the notes": lambda sticks: sticks.signed(sticks.good)[:120],
    "note of four gigabytes": lambda sticks: b"SIB1" + b"\xff" * 4 + bytes(100),
    "checkpoint of a stranger": lambda sticks: sticks.signed(
        sticks.good.changed(checkpoint=STRANGER.note(_text(sticks.good.checkpoint)))
    ),
    "manifest of a stranger": lambda sticks: sticks.good.written(STRANGER),
    "checkpoint of another origin": lambda sticks: sticks.signed(
        sticks.good.changed(
            checkpoint=sticks.paper.log.note("elders.test" + _text(sticks.good.checkpoint)[10:])
        )
    ),
    "checkpoint of other leaves": lambda sticks: sticks.signed(
        sticks.good.changed(
            checkpoint=sticks.paper.log.note(
                Checkpoint.text(sticks.paper.name, sticks.good.size, os.urandom(32))
            )
        )
    ),
    "for another organisation": lambda sticks: sticks.manifest(
        "organisation nl-vi", "organisation zz-python"
    ),
    "an out-bundle's manifest": lambda sticks: sticks.manifest("v1/in", "v1/out"),
    "a later version": lambda sticks: sticks.manifest("v1/in", "v2/in"),
    "to beyond the checkpoint": lambda sticks: sticks.manifest(
        f" {sticks.good.size}\n", f" {sticks.good.size + 1}\n"
    ),
    "to before the checkpoint": lambda sticks: sticks.manifest(
        f" {sticks.good.size}\n", f" {sticks.good.size - 1}\n"
    ),
    "from with a leading zero": lambda sticks: sticks.manifest("log ", "log 0"),
    "digest of other rows": lambda sticks: sticks.manifest(
        "rows " + sha256(sticks.good.rows()).hex(), "rows " + "00" * 32
    ),
    "unknown line": lambda sticks: sticks.manifest("rows ", "colour blue\nrows "),
    "a piece said that is not there": lambda sticks: sticks.manifest(" 0\n", " 1\n"),
    "a gap before": lambda sticks: sticks.signed(_gap(sticks)),
    "from beyond to": lambda sticks: sticks.manifest(
        f"log {sticks.good.first}", f"log {sticks.good.size + 1}"
    ),
    "other subtree roots": lambda sticks: sticks.rows(_flipped(sticks.good.rows(), 5)),
    "a subtree root too few": lambda sticks: sticks.rows(
        bytes([sticks.good.rows()[0] - 1]) + sticks.good.rows()[33:]
    ),
    "a leaf changed": lambda sticks: sticks.rows(
        _flipped(sticks.good.rows(), 1 + 32 * len(sticks.good.subtrees) + 40)
    ),
    "leaf of type 0": lambda sticks: _grown(sticks, Leaf(0, bytes(16), bytes(16), bytes(32))),
    "leaf of type 9": lambda sticks: _grown(sticks, Leaf(9, bytes(16), bytes(16), bytes(32))),
    "leaf of type 255": lambda sticks: _grown(sticks, Leaf(255, bytes(16), bytes(16), bytes(32))),
    "own object of one byte less": lambda sticks: _own(sticks, 16_383),
    "own object of one byte more": lambda sticks: _own(sticks, 16_385),
    "own object of a reply's length": lambda sticks: _own(sticks, 4_096),
    "own object of a piece's length": lambda sticks: _own(sticks, 1_048_576),
    "own object of one byte": lambda sticks: _own(sticks, 1),
    "other bytes for an own object": lambda sticks: sticks.with_object(random_text()),
    "a bit of an own object": lambda sticks: sticks.with_object(
        _flipped(sticks.good.objects[sticks.own_object()], 9_999)
    ),
    "object for a foreign leaf": _foreign_object,
    "object for the end of a day": lambda sticks: _grown(
        sticks,
        Leaf(LeafType.DAY_END, bytes(16), b"\0\0\x51\0" + bytes(12), sha256(b"x")),
        b"x",
    ),
    "object for a reply": lambda sticks: _grown(
        sticks, Leaf(LeafType.REPLY, padded("nl-vi"), bytes(16), sha256(b"x" * 4096)), b"x" * 4096
    ),
    "piece of other bytes": lambda sticks: _piece_rows(sticks, (bytes(32), os.urandom(1_048_576))),
    "piece of another length": lambda sticks: _piece_rows(sticks, (sha256(b"abc"), b"abc")),
    "pieces not sorted": _unsorted_pieces,
    "another past": lambda sticks: sticks.signed(sticks.fork()),
    "another past without overlap": lambda sticks: sticks.signed(_other_start(sticks)),
}


def _text(note: bytes) -> str:
    return Checkpoint.read(note).note.text


def _gap(sticks: Sticks) -> InBundle:
    """Starts behind what the desk holds."""
    at = sticks.first + 1
    tree = MerkleTree(sticks.first, sticks.good.subtrees)
    tree.append(sticks.good.leaves[0])
    objects = {index: data for index, data in sticks.good.objects.items() if index >= at}
    return sticks.good.changed(
        first=at, subtrees=tuple(tree.subtrees), leaves=sticks.good.leaves[1:], objects=objects
    )


def _other_start(sticks: Sticks) -> InBundle:
    """Subtree roots of another past; leaves and checkpoint fit them."""
    roots = tuple(os.urandom(32) for _ in sticks.good.subtrees)
    tree = MerkleTree(sticks.first, roots)
    for leaf in sticks.good.leaves:
        tree.append(leaf)
    point = sticks.paper.log.note(Checkpoint.text(sticks.paper.name, tree.size, tree.root))
    return sticks.good.changed(checkpoint=point, subtrees=roots)


def assert_one_line(result: Result) -> None:
    """Exit 1 and a line on standard error; more lines may tell an inspector what to do."""
    assert result.status == 1, str(result)
    assert result.error.strip() and "Error(" not in result.error, str(result)


@pytest.mark.parametrize("name", STICKS)
def test_bad_in_bundle_is_refused_whole(sticks: Sticks, name: str) -> None:
    path = sticks.paper.desk.commands.home / "bad.in"
    path.write_bytes(STICKS[name](sticks))
    assert_one_line(sticks.paper.desk.run("import", path, "--json", expect=None))


@pytest.mark.parametrize("start", [b"", b"SIB1"], ids=["nothing", "a bundle's beginning"])
def test_nobody_waits_for_a_file_as_long_as_a_stick_claims(sticks: Sticks, start: bytes) -> None:
    path = sticks.paper.desk.commands.home / "endless.in"
    path.write_bytes(start)
    os.truncate(path, 8 << 40)
    assert_one_line(sticks.paper.desk.run("import", path, expect=None))
    path.unlink()


def test_after_all_refusals_the_desk_is_as_it_was(sticks: Sticks) -> None:
    """And the honest bundle the bends were made of is taken; what the log signed twice lasts."""
    assert sticks.paper.desk.list() == sticks.listed
    taken = sticks.paper.desk.take(sticks.paper.written(sticks.good, "good.in"))
    assert (taken["messages"], taken["unreadable"]) == (1, 0)
    assert taken["alarms"] and all("signed two logs" in one for one in taken["alarms"])
    assert taken["cosigned"] == sticks.good.size


class TestAlarms:
    """Taken, but told: faults only a server or courier explains."""

    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Sticks:
        """A desk of its own for each: alarms last."""
        return Sticks(tmp_path)

    def _take(self, fresh: Sticks, bundle: InBundle) -> dict[str, Any]:
        return fresh.paper.desk.take(fresh.paper.written(bundle, "alarm.in"))

    def test_a_missing_object_is_not_cosigned_until_it_comes(self, fresh: Sticks) -> None:
        objects = dict(fresh.good.objects)
        del objects[fresh.own_object()]
        taken = self._take(fresh, fresh.good.changed(objects=objects))
        assert taken["alarms"] and taken["cosigned"] == fresh.first
        taken = self._take(fresh, fresh.good)
        assert taken["cosigned"] == fresh.good.size and taken["alarms"] == []

    def test_a_directory_that_is_badly_signed_is_not_trusted(self, fresh: Sticks) -> None:
        note = STRANGER.note(_text_of_directory(fresh))
        leaf = Leaf.directory(2, sha256(_text_of_directory(fresh).encode()))
        taken = self._take(fresh, fresh.grown([leaf], {0: note}))
        assert taken["alarms"] and taken["cosigned"] == fresh.first + 1

    def test_a_rollback_of_the_checkpoint_changes_nothing(self, fresh: Sticks) -> None:
        self._take(fresh, fresh.good)
        result = fresh.paper.desk.take(fresh.start)
        assert result["messages"] == 0 and result["cosigned"] == fresh.good.size


def _text_of_directory(sticks: Sticks) -> str:
    text = sticks.paper.note.read_text().rpartition("\n\n")[0] + "\n"
    return text.replace("serial 1\n", "serial 2\n")
