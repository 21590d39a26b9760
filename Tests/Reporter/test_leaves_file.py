"""The file for a server that fell behind, the rows of an out-bundle, witnesses on a stick."""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest
from paper_log import PaperLog, days
from reporter.codec import padded
from reporter.envelope import random_text
from reporter.in_bundle import InBundle
from reporter.leaf import Leaf
from reporter.leaves_file import LeavesFile
from reporter.note import Checkpoint
from reporter.out_bundle import OutBundle, Row, RowKind
from reporter.primitives import sha256
from reporter.refusal import Refused
from reporter.witness import missing, witnesses

LOG = PaperLog()
LOG.close(days(-2))
LOG.close(days(-1))
DESK = LOG.party("nl-vi").desk


def out(*rows: Row) -> OutBundle:
    """An out-bundle that acknowledges all of the log."""
    LOG.cosign("nl-vi", days(0))
    tree = LOG.tree()
    ordered = tuple(sorted(rows, key=lambda row: row.order))
    size = tree.size
    return OutBundle("nl-vi", LOG.cosigned["nl-vi"], size, size, tree.root, ordered, 4)


def reply() -> Row:
    """A reply row."""
    return Row.reply("nl-vi", 3, os.urandom(16), os.urandom(4096))


def leaves_file(first: int = 0, **changes: object) -> LeavesFile:
    """All leaves from an index, and an out-bundle with one reply."""
    encoded = tuple(leaf.encoded for leaf in LOG.leaves[first:])
    start = tuple(LOG.tree(first).subtrees)
    rest = out(reply()).written(DESK)
    found = LeavesFile(LOG.checkpoint(), first, start, encoded, rest)
    return replace(found, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("first", [0, 1, 3])
def test_a_leaves_file_is_read_as_it_was_written(first: int) -> None:
    found = leaves_file(first)
    assert LeavesFile.verified(found.encoded, LOG.log.key, DESK.key) == found


def test_a_leaves_file_that_is_bent_is_refused() -> None:
    data = leaves_file(1).encoded
    for at in range(0, len(data), 5):
        bent = bytearray(data)
        bent[at] ^= 1 << at % 8
        with pytest.raises(Refused):
            LeavesFile.verified(bytes(bent), LOG.log.key, DESK.key)
    for cut in (data[:-1], data + b"\0", data[:100], b""):
        with pytest.raises(Refused):
            LeavesFile.verified(cut, LOG.log.key, DESK.key)


def test_a_leaves_file_of_another_log_or_tree_is_refused() -> None:
    other = PaperLog()
    good = leaves_file()
    with pytest.raises(Refused):
        LeavesFile.verified(good.encoded, other.log.key, DESK.key)
    short = replace(good, leaves=good.leaves[:-1])
    swapped = replace(good, leaves=(good.leaves[1], good.leaves[0], *good.leaves[2:]))
    unknown = replace(good, leaves=(b"\x09" + good.leaves[0][1:], *good.leaves[1:]))
    for wrong in (short, swapped, unknown):
        with pytest.raises(Refused):
            LeavesFile.verified(wrong.encoded, LOG.log.key, DESK.key)


def test_rows_of_all_kinds_are_read_as_they_were_written() -> None:
    rows = [
        reply(),
        Row.transferred("helpdesk", os.urandom(16), random_text()),
        Row.wanted("nl-vi", os.urandom(32)),
        Row.wanted("nl-vi", os.urandom(32)),
        Row.withdrawn("nl-vi", os.urandom(16), os.urandom(32)),
    ]
    bundle = out(*rows)
    read = OutBundle.verified(bundle.written(DESK), LOG.log.key, DESK.key)
    assert [one.encoded for one in read.rows] == [one.encoded for one in bundle.rows]
    assert [one.kind for one in read.rows] == [2, 5, 6, 6, 8]


def bent(row: Row, **changes: object) -> Row:
    """A row with another value in one place."""
    return replace(row, **changes)  # type: ignore[arg-type]


#: Rows no desk may write, by what is wrong with them.
BENT: dict[str, Callable[[], Row]] = {
    "reply of another": lambda: bent(reply(), organisation=padded("helpdesk")),
    "reply of another size": lambda: Row.reply("nl-vi", 3, bytes(16), os.urandom(4095)),
    "transferred to itself": lambda: Row.transferred("nl-vi", bytes(16), random_text()),
    "transferred with a shard": lambda: bent(
        Row.transferred("helpdesk", bytes(16), random_text()), shard=1
    ),
    "transferred of another size": lambda: Row.transferred("helpdesk", bytes(16), b"x" * 99),
    "wanted under a tag": lambda: bent(Row.wanted("nl-vi", bytes(32)), tag=b"x" * 16),
    "wanted with an object": lambda: bent(
        Row.wanted("nl-vi", sha256(b"x" * 99)), object=b"x" * 99
    ),
    "wanted by another": lambda: Row.wanted("helpdesk", bytes(32)),
    "withdrawn by another": lambda: Row.withdrawn("helpdesk", bytes(16), bytes(32)),
    "withdrawn with a shard": lambda: bent(
        Row.withdrawn("nl-vi", bytes(16), bytes(32)), shard=9
    ),
    "unknown kind": lambda: bent(reply(), kind=3),
}


@pytest.mark.parametrize("name", BENT)
def test_a_row_out_of_its_form_refuses_the_bundle(name: str) -> None:
    with pytest.raises(Refused):
        OutBundle.verified(out(BENT[name]()).written(DESK), LOG.log.key, DESK.key)


def test_rows_out_of_order_or_twice_refuse_the_bundle() -> None:
    one, other = Row.wanted("nl-vi", b"\1" * 32), Row.wanted("nl-vi", b"\2" * 32)
    for rows in ((other, one), (one, one)):
        bundle = replace(out(), rows=rows)
        with pytest.raises(Refused, match="sorted"):
            OutBundle.verified(bundle.written(DESK), LOG.log.key, DESK.key)
    assert one.kind == RowKind.PIECE_WANTED


def test_a_desk_holds_at_least_what_it_acknowledges() -> None:
    bundle = out()
    bundle = replace(bundle, have=bundle.acknowledged - 1)
    with pytest.raises(Refused, match="at least the acknowledged"):
        OutBundle.verified(bundle.written(DESK), LOG.log.key, DESK.key)


def in_bundle(log: PaperLog, *notes: bytes, first: int = 0) -> InBundle:
    """A stick to nl-vi with these witness lines, as a desk verifies it."""
    leaves = tuple(leaf.encoded for leaf in log.leaves[first:])
    start = tuple(log.tree(first).subtrees)
    size = len(log.leaves)
    found = InBundle("nl-vi", log.checkpoint(), first, size, start, leaves, {}, (), notes)
    return InBundle.verified(found.written(log.log), log.log.key)


def test_witnesses_of_this_very_tree_are_taken() -> None:
    log = PaperLog()
    log.close(days(-3))
    leaves = [log.cosign("helpdesk", days(-2)), log.cosign("nl-ocw", days(-2))]
    log.close(days(-2), more=leaves)
    notes = log.cosigned["helpdesk"], log.cosigned["nl-ocw"]
    for first in (0, 1, 2, 4):
        bundle = in_bundle(log, *notes, first=first)
        found = witnesses(bundle, log.directory, log.log.key)
        assert [one.organisation for one in found] == ["helpdesk", "nl-ocw"]
        assert missing(bundle, found) == []
    bundle = in_bundle(log, notes[1])
    assert missing(bundle, witnesses(bundle, log.directory, log.log.key)) == ["helpdesk"]


def test_a_witness_that_lies_is_refused() -> None:
    log, other = PaperLog(), PaperLog()
    log.close(days(-3))
    other.log, other.parties, other.root = log.log, log.parties, log.root
    other.close(days(-4))
    for one in ("helpdesk", "nl-ocw", "nl-vi"):
        log.cosign(one, days(-2))
        other.cosign(one, days(-2))
    wrong = {
        "another tree of the size": [other.cosigned["helpdesk"]],
        "not cosigned": [log.checkpoint()],
        "twice": [log.cosigned["helpdesk"]] * 2,
        "out of order": [log.cosigned["nl-ocw"], log.cosigned["helpdesk"]],
    }
    for name, notes in wrong.items():
        bundle = in_bundle(log, *notes)
        with pytest.raises(Refused):
            witnesses(bundle, log.directory, log.log.key)
            raise AssertionError(name)
    longer = PaperLog(log.name, log.parties, log.log, log.root, list(log.leaves))
    longer.close(days(-2))
    longer.cosign("helpdesk", days(-1))
    with pytest.raises(Refused, match="at most"):
        witnesses(in_bundle(log, longer.cosigned["helpdesk"]), log.directory, log.log.key)


def test_a_checkpoint_names_its_own_tree() -> None:
    point = Checkpoint.read(LOG.checkpoint())
    assert (point.size, point.root) == (len(LOG.leaves), LOG.tree().root)
    assert Leaf.read(LOG.leaves[0].encoded) == LOG.leaves[0]
