"""Bad directories at the server: refused with one line, and nothing changes."""

import datetime
import os
import re
from collections.abc import Callable, Iterator

import pytest
from reporter.leaf import Leaf
from reporter.note import Signer
from stage import store
from stage.bending import STRANGER, Bend, assert_one_line, line, swapped, without
from stage.deployment import Deployment
from stage.stamping import junk

#: A day that is always to come.
FAR = "9999-12-31"


@pytest.fixture(scope="module")
def refusing(made: Callable[..., Deployment]) -> Iterator[Deployment]:
    """A deployment of its own, a day closed and acknowledged."""
    deployment = made("refusing-files", desks=("nl-vi",), python_desks=("zz-python", "zz-other"))
    server = deployment.serve().server
    for organisation in ("nl-vi", "zz-python", "zz-other"):
        assert server.post(junk(organisation).encoded).status == 201
    deployment.close()
    yield deployment
    deployment.check()
    deployment.stop()


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
    "expired": line("expires", "expires 2026-01-01"),
    "no expiry": without("expires"),
    "no log": without("log"),
    "log of another hash": line(
        "log", "log intake.test+00000000+" + STRANGER.key.text.split("+")[2]
    ),
    "no promise": without("promise"),
    "promise before log": swapped("log", "promise"),
    "promise of another name": line("promise", "promise " + STRANGER.key.text),
    "promise of another hash": line(
        "promise", "promise promise.intake.test+00000000+" + STRANGER.key.text.split("+")[2]
    ),
    "promise key twice": lambda text: re.sub(r"(?m)^(promise .*\n)", r"\1\1", text),
    "no work": without("work"),
    "work 0": line("work", "work 0"),
    "work 65536": line("work", "work 65536"),
    "work with a leading zero": line("work", "work 01"),
    "work before shards": swapped("shards", "work"),
    "no shards": without("shards"),
    "shards 0": line("shards", "shards 0"),
    "tree of another length": line("tree", "tree 00ff"),
    "tree in capitals": line("tree", "tree " + "AB" * 32),
    "page without a digest": line("tree", "tree " + "ab" * 32 + "\npage nl"),
    "unknown line": line("tree", "tree " + "ab" * 32 + "\ncolour blue"),
    "two spaces": line("issued", "issued  2026-01-01"),
    "line with a space behind": line("issued", "issued 2026-01-01 "),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "serial before deployment": swapped("serial", "deployment"),
    "no organisations": lambda text: text[: text.index("organisation ")],
    "organisation in capitals": line("organisation nl-vi", "organisation NL-VI Naam"),
    "organisation without a name": line("organisation nl-vi", "organisation nl-vi"),
    "organisation twice": line("organisation zz-other", "organisation zz-python Tweede"),
    "no seal": without("seal"),
    "seal of suite 2": line("seal", "seal 2 " + "A" * 43 + f"= until {FAR}"),
    "seal of 31 bytes": line("seal", "seal 1 " + "A" * 42 + f"== until {FAR}"),
    "seal not Base64": line("seal", "seal 1 " + "*" * 43 + f"= until {FAR}"),
    "seal with a low-order key": line("seal", "seal 1 " + "A" * 43 + f"= until {FAR}"),
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
    other = refusing.directory.changed(expires=refusing.directory.expires - datetime.timedelta(days=1)).text
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
