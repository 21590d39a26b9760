"""The reporter's own bundle writers and readers: what is written is read, what is bent is not."""

import os

import pytest
from reporter.envelope import random_text
from reporter.in_bundle import InBundle, tree_of
from reporter.leaf import Leaf
from reporter.merkle import MerkleTree, root_of
from reporter.note import Checkpoint, Note, Signer
from reporter.out_bundle import OutBundle, Row
from reporter.primitives import sha256
from reporter.refusal import Refused
from reporter.submission import difficulty

LOG = Signer.make("sealed.example", bytes(32))
DESK = Signer.make("nl-vi.sealed.example", b"\x01" * 32)


def in_bundle() -> InBundle:
    """A small bundle: one own text, one of another organisation, one piece."""
    envelope, piece = random_text(), os.urandom(64)
    leaves = [
        Leaf.text("nl-vi", os.urandom(16), sha256(envelope)).encoded,
        Leaf.text("helpdesk", os.urandom(16), os.urandom(32)).encoded,
    ]
    checkpoint = LOG.note(Checkpoint.text(LOG.name, 2, root_of(leaves)))
    return InBundle("nl-vi", checkpoint, 0, 2, (), tuple(leaves), {0: envelope}, (piece,))


def test_in_bundle_is_read_as_it_was_written() -> None:
    bundle = in_bundle()
    assert InBundle.verified(bundle.written(LOG), LOG.key) == bundle
    assert tree_of(bundle).root == Checkpoint.read(bundle.checkpoint).root


def test_in_bundle_that_is_bent_is_refused() -> None:
    data = in_bundle().written(LOG)
    for at in range(0, len(data), 7):
        bent = bytearray(data)
        bent[at] ^= 1 << at % 8
        with pytest.raises(Refused):
            InBundle.verified(bytes(bent), LOG.key)
    with pytest.raises(Refused):
        InBundle.verified(data, DESK.key)


def test_out_bundle_is_read_as_it_was_written_and_refused_when_bent() -> None:
    tree = MerkleTree()
    tree.append(bytes(65))
    text = Checkpoint.text(LOG.name, 1, tree.root)
    checkpoint = (text + "\n" + LOG.line(text) + DESK.cosignature_line(text, 86_400)).encode()
    row = Row.reply("nl-vi", 7, bytes(16), os.urandom(4096))
    bundle = OutBundle("nl-vi", checkpoint, 1, 1, tree.root, (row,), 8)
    data = bundle.written(DESK)
    read = OutBundle.verified(data, LOG.key, DESK.key)
    assert [one.encoded for one in read.rows] == [row.encoded] and read.acknowledged == 1
    for at in range(0, len(data), 5):
        bent = bytearray(data)
        bent[at] ^= 1 << at % 8
        with pytest.raises(Refused):
            OutBundle.verified(bytes(bent), LOG.key, DESK.key)


@pytest.mark.parametrize("shards", [0, 3, 4, 512])
def test_a_shard_is_one_of_as_many_as_the_manifest_says(shards: int) -> None:
    text = Checkpoint.text(LOG.name, 0, MerkleTree().root)
    row = Row.reply("nl-vi", 7, bytes(16), os.urandom(4096))
    checkpoint = (text + "\n" + LOG.line(text)).encode()
    bundle = OutBundle("nl-vi", checkpoint, 0, 0, MerkleTree().root, (row,), shards)
    with pytest.raises(Refused, match="shard"):
        OutBundle.verified(bundle.written(DESK), LOG.key, DESK.key)


def test_cosignature_of_a_finer_time_than_a_day_is_refused() -> None:
    text = Checkpoint.text(LOG.name, 0, MerkleTree().root)
    note = Note.read((text + "\n" + DESK.cosignature_line(text, 86_401)).encode())
    with pytest.raises(Refused, match="floored to the day"):
        note.cosigned_by(DESK.key)


@pytest.mark.parametrize(
    ("submissions", "bits"),
    [(0, 0), (49, 0), (50, 1), (99, 1), (100, 2), (199, 2), (200, 3), (400, 4), (10**7, 12)],
)
def test_difficulty_grows_with_the_logarithm(submissions: int, bits: int) -> None:
    assert difficulty(submissions) == bits
    assert difficulty(submissions, is_piece=True) == bits + 4
