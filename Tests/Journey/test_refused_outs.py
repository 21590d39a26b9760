"""Bad out-bundles at the server: refused whole with one line, and nothing changes."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from reporter.codec import padded, u32
from reporter.envelope import random_text
from reporter.in_bundle import InBundle
from reporter.note import Checkpoint, Signer
from reporter.out_bundle import OutBundle, Row, RowKind
from reporter.primitives import sha256
from reporter.submission import Submission
from stage import store
from stage.bending import STRANGER, Bend, assert_one_line, line, without
from stage.deployment import Deployment
from stage.desks import PythonDesk
from stage.replies import bare_bundle, cosign, filler_row, out_bundle


@pytest.fixture(scope="module")
def refusing(made: Callable[..., Deployment]) -> Iterator[Deployment]:
    """A deployment of its own, a day closed and acknowledged."""
    deployment = made("refusing-files", desks=("nl-vi",), python_desks=("zz-python", "zz-other"))
    server = deployment.serve().server
    for organisation in ("nl-vi", "zz-python", "zz-other"):
        posted = Submission(organisation, os.urandom(16), random_text())
        assert server.post(posted.encoded).status == 201
    deployment.close()
    yield deployment
    deployment.check()
    deployment.stop()


class Outs:
    """Bad out-bundles of the Python desk: everything is signed that the desk can sign."""

    def __init__(self, deployment: Deployment) -> None:
        self.desk = deployment.python_desks["zz-python"]
        self.other = deployment.python_desks["zz-other"]
        data = deployment.export("zz-python", 0).read_bytes()
        self.checkpoint = InBundle.verified(data, deployment.log).checkpoint
        self.in_bundle = data
        self.rows = [filler_row("zz-python") for _ in range(4)]
        self.good = out_bundle(self.desk, self.checkpoint, self.rows)

    def signed(self, bundle: OutBundle) -> bytes:
        """Signed by its own desk."""
        return bundle.written(self.desk.signer)

    def row(self, **changes: object) -> bytes:
        """The good bundle with one row changed, sorted again."""
        first = replace(self.good.rows[0], **changes)  # type: ignore[arg-type]
        rows = sorted((first, *self.good.rows[1:]), key=lambda row: row.order)
        return self.signed(self.good.changed(rows=tuple(rows)))

    def manifest(self, bend: Bend) -> bytes:
        """The good bundle under a bent manifest."""
        text = self.good.manifest(b"".join(row.encoded for row in self.good.rows))
        bent = bend(text)
        assert bent != text
        return self.good.written(self.desk.signer, bent)

    def under(self, checkpoint: bytes) -> bytes:
        """The good bundle over another checkpoint note."""
        return self.signed(self.good.changed(checkpoint=checkpoint))

    def extra(self, row: Row) -> bytes:
        """The good bundle and one row more."""
        rows = sorted((*self.good.rows, row), key=lambda row: row.order)
        return self.signed(self.good.changed(rows=tuple(rows)))


def _plain_row(kind: int, **changes: object) -> Row:
    return replace(Row(kind, 0, padded("zz-python"), bytes(16), os.urandom(32)), **changes)  # type: ignore[arg-type]


OUTS: dict[str, Callable[[Outs], bytes]] = {
    "empty": lambda outs: b"",
    "garbage": lambda outs: os.urandom(2000),
    "magic": lambda outs: b"SIB2" + outs.signed(outs.good)[4:],
    "cut by a byte": lambda outs: outs.signed(outs.good)[:-1],
    "longer by a byte": lambda outs: outs.signed(outs.good) + b"\0",
    "cut in the rows": lambda outs: outs.signed(outs.good)[:900],
    "cut in the checkpoint": lambda outs: outs.signed(outs.good)[:50],
    "note of four gigabytes": lambda outs: b"SIB1" + u32(2**32 - 1) + bytes(100),
    "note over 64 KiB": lambda outs: outs.under(
        outs.good.checkpoint + STRANGER.line("x\n").encode() * 600
    ),
    "an in-bundle": lambda outs: outs.in_bundle,
    "signed by another desk": lambda outs: outs.good.written(outs.other.signer),
    "signed by a stranger": lambda outs: outs.good.written(
        Signer.make(outs.desk.signer.name, os.urandom(32))
    ),
    "of another organisation": lambda outs: outs.manifest(
        line("organisation", "organisation zz-other")
    ),
    "of nobody": lambda outs: outs.manifest(line("organisation", "organisation elders")),
    "manifest of the other way": lambda outs: outs.manifest(line("sealed", "sealedintake/v1/in")),
    "manifest of a later version": lambda outs: outs.manifest(
        line("sealed", "sealedintake/v2/out")
    ),
    "manifest without have": lambda outs: outs.manifest(without("have")),
    "manifest without shards": lambda outs: outs.manifest(without("shards")),
    "shards behind ack": lambda outs: outs.manifest(
        lambda text: without("shards")(text).replace("\nrows ", "\nshards 1\nrows ")
    ),
    "three shards": lambda outs: outs.manifest(line("shards", "shards 3")),
    "512 shards": lambda outs: outs.manifest(line("shards", "shards 512")),
    "no shards": lambda outs: outs.manifest(line("shards", "shards 0")),
    "reply in a shard beyond them": lambda outs: outs.row(shard=1),
    "have with a leading zero": lambda outs: outs.manifest(line("have", "have 01")),
    "line more": lambda outs: outs.manifest(lambda text: text + "more 1\n"),
    "digest of other rows": lambda outs: outs.manifest(line("rows", "rows " + "00" * 32 + " 4")),
    "a row too many said": lambda outs: outs.manifest(lambda text: text.replace(" 4\n", " 5\n")),
    "a row too few said": lambda outs: outs.manifest(lambda text: text.replace(" 4\n", " 3\n")),
    "four thousand million rows said": lambda outs: outs.manifest(
        lambda text: text.replace(" 4\n", " 4294967296\n")
    ),
    "rows not sorted": lambda outs: outs.signed(
        outs.good.changed(rows=tuple(reversed(outs.good.rows)))
    ),
    "row of kind 0": lambda outs: outs.row(kind=0),
    "row of kind 1": lambda outs: outs.row(kind=1),
    "row of kind 3": lambda outs: outs.row(kind=3),
    "row of kind 255": lambda outs: outs.row(kind=255),
    "reply of another organisation": lambda outs: outs.row(organisation=padded("zz-other")),
    "reply of a malformed organisation": lambda outs: outs.row(organisation=b"\xff" * 16),
    "reply whose digest is another's": lambda outs: outs.row(digest=os.urandom(32)),
    "reply of 4095 bytes": lambda outs: _sized(outs, 4095),
    "reply of 16384 bytes": lambda outs: _sized(outs, 16_384),
    "reply without its object": lambda outs: outs.row(object=b""),
    "size beyond the end": lambda outs: outs.row(size=2**32 - 1),
    "wanted piece with a size": lambda outs: outs.extra(_plain_row(6, object=b"abc")),
    "wanted piece with a tag": lambda outs: outs.extra(_plain_row(6, tag=b"\1" * 16)),
    "wanted piece with a shard": lambda outs: outs.extra(_plain_row(6, shard=1)),
    "wanted piece for another": lambda outs: outs.extra(
        _plain_row(6, organisation=padded("zz-other"))
    ),
    "withdrawal with a shard": lambda outs: outs.extra(_plain_row(8, shard=1, tag=b"\1" * 16)),
    "withdrawal of another's": lambda outs: outs.extra(
        _plain_row(8, organisation=padded("zz-other"), tag=b"\1" * 16)
    ),
    "transfer to itself": lambda outs: outs.extra(_text_row(RowKind.TRANSFERRED, "zz-python")),
    "acknowledged beyond the checkpoint": lambda outs: outs.signed(
        outs.good.changed(acknowledged=outs.good.acknowledged + 1)
    ),
    "acknowledged below the checkpoint": lambda outs: outs.signed(
        outs.good.changed(acknowledged=outs.good.acknowledged - 1)
    ),
    "acknowledged another root": lambda outs: outs.signed(
        outs.good.changed(acknowledged_root=os.urandom(32))
    ),
    "acknowledged nothing with a root": lambda outs: outs.signed(
        bare_bundle(outs.desk, outs.checkpoint, outs.rows).changed(acknowledged_root=bytes(32))
    ),
    "checkpoint not cosigned": lambda outs: outs.under(outs.checkpoint),
    "checkpoint cosigned by another": lambda outs: outs.under(cosign(outs.other, outs.checkpoint)),
    "cosignature of another text": lambda outs: outs.under(
        outs.checkpoint + outs.desk.signer.cosignature_line("anders\n", 86_400).encode()
    ),
    "checkpoint of a stranger": lambda outs: outs.under(_forged(outs.desk, outs.checkpoint)),
    "checkpoint of another origin": lambda outs: outs.under(
        cosign(
            outs.desk,
            Signer.make("elders.test", bytes(32)).note("elders.test\n1\n" + "A" * 43 + "=\n"),
        )
    ),
}


def _sized(outs: Outs, size: int) -> bytes:
    data = os.urandom(size)
    return outs.row(object=data, digest=sha256(data))


def _text_row(kind: int, organisation: str) -> Row:
    data = random_text()
    return Row(kind, 0, padded(organisation), os.urandom(16), sha256(data), data)


def _forged(desk: PythonDesk, checkpoint: bytes) -> bytes:
    point = Checkpoint.read(checkpoint)
    return cosign(desk, STRANGER.note(Checkpoint.text("intake.test", point.size, point.root)))


@pytest.fixture(scope="module")
def outs(refusing: Deployment) -> Outs:
    """Made once."""
    return Outs(refusing)


@pytest.mark.parametrize("name", OUTS)
def test_bad_out_bundle_is_refused_whole(refusing: Deployment, outs: Outs, name: str) -> None:
    before = store.digest(refusing.data)
    path = refusing.path("bad.out")
    path.write_bytes(OUTS[name](outs))
    assert_one_line(refusing.take(path, expect=None))
    assert store.digest(refusing.data) == before


def test_good_out_bundle_made_the_same_way_is_taken(made: Callable[..., Deployment]) -> None:
    deployment = made("good-out", desks=("nl-vi",), python_desks=("zz-python", "zz-other"))
    deployment.close()
    fresh = Outs(deployment)
    path = deployment.path("good.out")
    for data in (
        fresh.signed(bare_bundle(fresh.desk, fresh.checkpoint, fresh.rows)),
        fresh.signed(fresh.good),
        fresh.extra(_plain_row(6)),
        fresh.extra(_text_row(RowKind.TRANSFERRED, "zz-other")),
        fresh.extra(_plain_row(8, tag=os.urandom(16))),
    ):
        path.write_bytes(data)
        deployment.take(path)
    deployment.stop()
