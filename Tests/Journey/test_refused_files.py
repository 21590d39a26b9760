"""Bad directories, bundles and commands: each exits 1 or 64 with one line, and nothing changes."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from reporter.codec import padded, u32
from reporter.envelope import random_text
from reporter.in_bundle import InBundle
from reporter.leaf import Leaf
from reporter.note import Checkpoint, Signer
from reporter.out_bundle import OutBundle, Row, RowKind
from reporter.primitives import sha256
from reporter.submission import Submission
from reporter.visit import Reporter
from stage import store
from stage.commands import Result
from stage.deployment import Deployment
from stage.desks import PythonDesk
from stage.directories import days
from stage.replies import bare_bundle, cosign, filler_row, out_bundle

STRANGER = Signer.make("intake.test", os.urandom(32))


def assert_one_line(result: Result) -> None:
    """A refusal: exit 1 and one line that says what was found and what must be."""
    assert result.status == 1, str(result)
    lines = result.error.strip().splitlines()
    assert len(lines) == 1, f"must be one line: {result}"
    assert not re.search(r"Swift|\.swift|Error Domain|Error\(", result.error), str(result)


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


# Directories

Bend = Callable[[str], str]


def line(start: str, new: str) -> Bend:
    """Puts another line in place of the first that starts so."""
    return lambda text: re.sub(rf"(?m)^{start}.*$", lambda _: new, text, count=1)


def without(start: str) -> Bend:
    """Leaves out the first line that starts so."""
    return lambda text: re.sub(rf"(?m)^{start}.*\n", "", text, count=1)


def swapped(one: str, other: str) -> Bend:
    """Two lines in each other's place."""

    def bend(text: str) -> str:
        lines = text.split("\n")
        first, second = (
            next(at for at, found in enumerate(lines) if found.startswith(start))
            for start in (one, other)
        )
        lines[first], lines[second] = lines[second], lines[first]
        return "\n".join(lines)

    return bend


DIRECTORIES: dict[str, Bend] = {
    "other first line": line("sealedintake", "sealedintake/v2/directory"),
    "other deployment": line("deployment", "deployment elders.test"),
    "no deployment": without("deployment"),
    "serial with a leading zero": line("serial", "serial 02"),
    "serial with a sign": line("serial", "serial +2"),
    "serial of words": line("serial", "serial twee"),
    "serial beyond 64 bits": line("serial", "serial 18446744073709551616"),
    "serial of before": line("serial", "serial 0"),
    "no serial": without("serial"),
    "issued in another form": line("issued", "issued 1-2-2026"),
    "day that does not exist": line("issued", "issued 2026-02-30"),
    "expired": line("expires", f"expires {days(-1)}"),
    "no expiry": without("expires"),
    "no log": without("log"),
    "log of another hash": line(
        "log", "log intake.test+00000000+" + STRANGER.key.text.split("+")[2]
    ),
    "no shards": without("shards"),
    "shards 0": line("shards", "shards 0"),
    "tree of another length": line("tree", "tree 00ff"),
    "tree in capitals": line("tree", "tree " + "AB" * 32),
    "page without a digest": line("tree", "tree " + "ab" * 32 + "\npage nl"),
    "unknown line": line("tree", "tree " + "ab" * 32 + "\ncolour blue"),
    "two spaces": line("issued", f"issued  {days(0)}"),
    "line with a space behind": line("issued", f"issued {days(0)} "),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "serial before deployment": swapped("serial", "deployment"),
    "no organisations": lambda text: text[: text.index("organisation ")],
    "organisation in capitals": line("organisation nl-vi", "organisation NL-VI Naam"),
    "organisation without a name": line("organisation nl-vi", "organisation nl-vi"),
    "organisation twice": line("organisation zz-other", "organisation zz-python Tweede"),
    "no seal": without("seal"),
    "seal of suite 2": line("seal", "seal 2 " + "A" * 43 + f"= until {days(9)}"),
    "seal of 31 bytes": line("seal", "seal 1 " + "A" * 42 + f"== until {days(9)}"),
    "seal not Base64": line("seal", "seal 1 " + "*" * 43 + f"= until {days(9)}"),
    "seal with a low-order key": line("seal", "seal 1 " + "A" * 43 + f"= until {days(9)}"),
    "no desk": without("desk"),
    "desk of another organisation's name": line("desk", "desk " + STRANGER.key.text),
    "no batch": without("batch"),
    "batch 0": line("batch", "batch 0"),
    "no escalation": without("escalation"),
    "escalation to nobody": line("escalation", "escalation elders after 3"),
    "escalation to itself": line("escalation", "escalation nl-vi after 3"),
    "escalation without days": line("escalation", "escalation zz-other after"),
    "line behind the end": lambda text: text + "end\n",
    "empty line within": line("batch", "\nbatch 2"),
}


@pytest.mark.parametrize("name", DIRECTORIES)
def test_bad_directory_is_refused(refusing: Deployment, name: str) -> None:
    """Signed by a root, so that the text alone is to blame."""
    before = store.digest(refusing.data), refusing.public().directory
    text = refusing.directory.changed(serial=2).text
    bent = DIRECTORIES[name](text)
    assert bent != text
    path = refusing.path("directory.note")
    path.write_bytes(refusing.keys.python.note(bent))
    where = ["--data", refusing.data, path]
    assert_one_line(refusing.commands.server("directory", *where, expect=None))
    assert (store.digest(refusing.data), refusing.public().directory) == before


def test_good_directory_signed_the_same_way_is_taken(made: Callable[..., Deployment]) -> None:
    """The cases above are refused for their bend, not for their signature."""
    deployment = made("later-directory", desks=(), python_desks=("zz-python",))
    path = deployment.path("directory.note")
    path.write_bytes(deployment.keys.python.note(deployment.directory.changed(serial=2).text))
    deployment.commands.server("directory", "--data", deployment.data, path)
    assert deployment.public().directory.serial == 2
    deployment.close()
    leaf = Leaf.directory(2, deployment.public().directory.digest)
    assert deployment.public().log.index(leaf.encoded) is not None
    deployment.stop()


def _directory_notes(refusing: Deployment) -> dict[str, bytes]:
    text = refusing.directory.changed(serial=2).text
    root = refusing.keys.python
    good = root.note(text)
    other = refusing.directory.changed(expires=days(299)).text
    liar = Signer.make(root.name, os.urandom(32))
    return {
        "empty": b"",
        "garbage": os.urandom(500),
        "plain text": text.encode(),
        "signed by a stranger": STRANGER.note(text),
        "signed by a stranger under a root's name": liar.note(text),
        "signature of another text": good.replace(b"serial 2", b"serial 3"),
        "no signature lines": (text + "\n").encode(),
        "signature cut": good[:-9] + b"\n",
        "not UTF-8": good.replace(b"Vertrouwensinspectie", b"Vertrouwens\xffinspectie"),
        "same serial, other text": root.note(other),
        "good and bad signature of one root": good + root.line("anders\n").encode(),
    }


@pytest.mark.parametrize(
    "name",
    [
        "empty",
        "garbage",
        "plain text",
        "signed by a stranger",
        "signed by a stranger under a root's name",
        "signature of another text",
        "no signature lines",
        "signature cut",
        "not UTF-8",
        "same serial, other text",
        "good and bad signature of one root",
    ],
)
def test_bad_note_is_refused(refusing: Deployment, name: str) -> None:
    before = store.digest(refusing.data)
    path = refusing.path("directory.note")
    path.write_bytes(_directory_notes(refusing)[name])
    where = ["--data", refusing.data, path]
    assert_one_line(refusing.commands.server("directory", *where, expect=None))
    assert store.digest(refusing.data) == before
    assert refusing.public().directory.serial == 1


def test_one_root_that_signs_twice_counts_once(made: Callable[..., Deployment]) -> None:
    deployment = made("twice", desks=(), roots=2, threshold=2)
    text = deployment.directory.changed(serial=2).text
    root = deployment.keys.python
    path = deployment.path("directory.note")
    path.write_bytes(root.note(text) + root.line(text).encode())
    where = ["--data", deployment.data, path]
    assert_one_line(deployment.commands.server("directory", *where, expect=None))


# Out-bundles at the server


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


# Commands


def test_wrong_usage_exits_64(refusing: Deployment) -> None:
    data, vault = refusing.data, refusing.desks["nl-vi"].vault
    server, admin = refusing.commands.server, refusing.commands.admin
    for result in (
        server("export", "--data", data, expect=None),
        server("serve", "--data", data, "--colour", "blue", expect=None),
        server("serve", "--data", data, "--port", "many", expect=None),
        server("nonsense", expect=None),
        server("close-day", expect=None),
        admin("import", "--vault", vault, expect=None),
        admin("nonsense", expect=None),
        admin("reply", "--vault", vault, "00000000", "--kind", "shout", expect=None),
        admin("root", "new", expect=None),
    ):
        assert result.status == 64, str(result)
        assert result.error.strip(), str(result)


def test_commands_on_what_is_not_there_exit_1(refusing: Deployment, tmp_path: Path) -> None:
    desk, server = refusing.desks["nl-vi"], refusing.commands.server
    nowhere = tmp_path / "nowhere"
    export = ["--organisation", "elders", "--out", tmp_path / "a"]
    for result in (
        server("check", "--data", nowhere, expect=None),
        server("serve", "--data", nowhere, "--no-page", "--port", "0", expect=None),
        server("import", "--data", refusing.data, nowhere, expect=None),
        server("directory", "--data", refusing.data, nowhere, expect=None),
        server("export", "--data", refusing.data, *export, expect=None),
        server("init", "--data", refusing.data, "--deployment", "intake.test", expect=None),
        desk.run("import", nowhere, expect=None),
        desk.run("show", "00000000", expect=None),
        desk.run("reply", "00000000", "--text", "hallo", expect=None),
        refusing.commands.admin(
            "root", "new", "--key", refusing.keys.files[0], "--name", "x", expect=None
        ),
        desk.commands.admin(
            *("init", "--vault", desk.vault, "--organisation", "nl-vi", "--deployment"),
            *("intake.test", "--roots", refusing.keys.roots, "--passphrase-file", desk.passphrase),
            expect=None,
        ),
    ):
        assert_one_line(result)


def test_wrong_passphrase_exits_1(refusing: Deployment) -> None:
    desk = refusing.desks["nl-vi"]
    other = refusing.path("passphrase")
    other.write_text("een andere zin\n")
    result = desk.commands.admin(
        "list", "--vault", desk.vault, "--passphrase-file", other, expect=None
    )
    assert_one_line(result)
    assert "een andere zin" not in result.error


def test_vault_that_was_touched_exits_1(refusing: Deployment) -> None:
    desk = refusing.desks["nl-vi"]
    copy = refusing.path("copy.vault")
    copy.write_bytes(os.urandom(4096) + desk.vault.read_bytes()[4096:])
    assert_one_line(replace(desk, vault=copy).run("list", expect=None))


@pytest.fixture(scope="module")
def answered(made: Callable[..., Deployment]) -> tuple[Deployment, Reporter, str]:
    """A deployment with one thread at nl-vi: its reporter and its id."""
    deployment = made("answered", desks=("nl-vi",))
    public, reporter = deployment.public(), Reporter(deployment.name)
    report = reporter.compose(public, "nl-vi", "Hallo.")
    reporter.send(deployment.serve().server, public, report)
    deployment.to_desk("nl-vi")
    return deployment, reporter, deployment.desks["nl-vi"].list()[0]["thread"]


@pytest.mark.parametrize("text", ["a" * 3001, "\u00e9" * 1501], ids=["3,001 B", "3,002 B"])
def test_reply_that_is_too_long_exits_1(
    answered: tuple[Deployment, Reporter, str], text: str
) -> None:
    deployment, _, thread = answered
    desk = deployment.desks["nl-vi"]
    before = desk.show(thread)
    words = ["--text", text, "--kind", "message"]
    assert_one_line(desk.run("reply", thread, *words, expect=None))
    assert desk.show(thread) == before


def test_reply_with_control_characters_reaches_its_reporter_without_them(
    answered: tuple[Deployment, Reporter, str],
) -> None:
    """A reporter admits no control character but LF, so the desk must not send one."""
    deployment, reporter, thread = answered
    deployment.desks["nl-vi"].reply(thread, "een\x1b[2J twee\r\ndrie\u0085vier")
    deployment.from_desk("nl-vi")
    replies = reporter.replies(deployment.serve().server, deployment.public())
    assert len(replies) == 1
    for word in ("een", "twee", "drie", "vier"):
        assert word in replies[0].text
    deployment.stop()
