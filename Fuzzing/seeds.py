#!/usr/bin/env python3
"""Writes the seeds of every reader into a folder: from the vectors, and from the independent end.

    Fuzzing/seeds.py FOLDER

Nothing is copied here: what the formats are is said by Tests/Vectors and Tests/Reporter.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parent.parent
sys.path.insert(0, str(HOUSE / "Tests" / "Reporter"))

from paper_log import PaperLog, Party, days  # noqa: E402
from reporter.codec import base64_text, u32  # noqa: E402
from reporter.envelope import random_text  # noqa: E402
from reporter.in_bundle import InBundle  # noqa: E402
from reporter.frame import ORGANISATION, whole  # noqa: E402
from reporter.leaf import Leaf  # noqa: E402
from reporter.leaves_file import LeavesFile  # noqa: E402
from reporter.month import MonthFile  # noqa: E402
from reporter.note import Note, Signer, framed  # noqa: E402
from reporter.out_bundle import OutBundle, Row  # noqa: E402
from reporter.primitives import sha256  # noqa: E402
from reporter.submission import Submission  # noqa: E402

NAME = "paper.test"


def vectors(name: str) -> list[dict]:
    """The cases of a file of vectors."""
    return json.loads((HOUSE / "Tests" / "Vectors" / f"{name}.json").read_text())["cases"]


def paper() -> PaperLog:
    """A log of two closes, cosigned, under the keys of `Signed.swift`."""
    parties = [Party("nl-vi", "helpdesk after 14", NAME, seed=b"\1" * 32), Party("helpdesk", deployment=NAME)]
    log = PaperLog(parties=parties, log=Signer.make(NAME, bytes(32)))
    sent = [Submission(one, bytes([at]) * 16, random_text()) for at, one in enumerate(["nl-vi"] * 3)]
    log.close(days(-20), sent)
    acknowledged = log.cosign("nl-vi", days(-18))
    reply = Leaf.reply("nl-vi", b"\7" * 16, sha256(bytes(4096)))
    log.close(days(-2), [], [reply], [acknowledged, Leaf.withdrawn("nl-vi", b"\7" * 16, reply.digest)])
    return log


SMALL_TREE = f"""\
sealedintake/v1/tree
from 2026-01-01
texts nl {"00" * 32}
question gevaar one
answer nu to o01 nood=ja
answer nee to thema
question thema many
answer pesten to regel
answer werk to regel rol=leraar
rule regel
case o40 rol=leraar
case o41
source een bron
outcome o01 danger 0
outcome o40 help 1
outcome o41 settled 8
organisation kt open yes
contact tel 2026-01-02 uren 0800 1234
organisation vi sealed advice nl-vi
source nog een
show first kt
when outcome=o40
when !rol=leraar nood=ja
show place vi from 2026-01-01 until 2027-01-01
when outcome=o41
fact zaak nieuw oud
fact naam
""".encode()


def public(log: PaperLog) -> Iterator[tuple[str, bytes]]:
    """What anybody fetches, and the keys' own files."""
    yield "directory", Note.read(log.note).text.encode()
    yield "note", log.note
    yield "note", log.checkpoint()
    yield "note", log.cosigned["nl-vi"]
    yield "checkpoint", log.checkpoint()
    yield "checkpoint", log.checkpoint(0)
    yield "checkpoints", log.get("/v1/log/checkpoint")
    yield "challenge", log.get("/v1/challenge")
    yield "drop", log.get("/v1/drop/000")
    yield "drop", b"SID1" + u32(2) + b"".join(bytes([at]) * 16 + random_text()[:4096] for at in (1, 2))
    yield "roots", f"threshold 1\n{log.root.key.text}\n{log.log.key.text}\n".encode()
    for data in log.months().values():
        yield "month", data
    for one in vectors("month"):
        yield "month", bytes.fromhex(one["file"])
    for one in vectors("contradiction"):
        yield "proof", bytes.fromhex(one["file"])
    for one in vectors("note"):
        yield "note", one["text"].encode()
    yield "tree", SMALL_TREE
    yield "texts", "sealedintake/v1/texts ar rtl\na.b_1 één\na.b_2 ja\n".encode()
    for name in ("tree", "nl.texts", "en.texts", "nl-x-simpel.texts"):
        kind = "tree" if name == "tree" else "texts"
        yield kind, (HOUSE / "tree" / f"wegwijzer.{name}").read_bytes()
    for one in json.loads((HOUSE / "Tests/Vectors/wegwijzer-scenarios.json").read_text())["cases"]:
        yield "answers", "".join(f"{line}\n" for line in one["answers"]).encode()


def sealed(log: PaperLog) -> Iterator[tuple[str, bytes]]:
    """What reporters and desks write."""
    for flags in (0, 1):
        yield "submission", Submission("nl-vi", b"\3" * 16, random_text(), flags=flags).encoded
    for one in vectors("envelope"):
        yield "envelope", bytes.fromhex(one["envelope"])
    for one in vectors("frame"):
        data = bytes.fromhex(one["frame"])
        kind = "reply" if data[:4] == ORGANISATION else "frame"
        yield kind, data.ljust(one.get("size") or 0, b"\0")
    for one in vectors("transfer"):
        yield "frame", bytes.fromhex(one.get("frame") or "")
    fields = {1: b"nl-vi", 7: u32(3), 8: bytes(32), 10: b"Dag.", 18: u32(20_000), 19: bytes(32)}
    yield "reply", whole(ORGANISATION, 2, fields, "desk-sign", log.party("nl-vi").desk.pair[1])
    for one in vectors("token"):
        yield "token", one["text"].encode()
    lines = ["sealedintake/v1/promise", NAME, str(days(0)), base64_text(bytes(65))]
    yield "promise", log.log.note("".join(line + "\n" for line in lines))


def carried(log: PaperLog) -> Iterator[tuple[str, bytes]]:
    """What lies on sticks."""
    leaves = tuple(leaf.encoded for leaf in log.leaves)
    size, desk = len(leaves), log.party("nl-vi").desk
    for first in (0, 5):
        start = log.tree(first)
        common = (start.size, tuple(start.subtrees), leaves[first:])
        yield "leaves", LeavesFile(log.checkpoint(), *common, b"").encoded
        objects = {at: data for at, data in log.own_objects("nl-vi").items() if at >= first}
        witnesses = (log.cosigned["nl-vi"],)
        for held in ({}, objects):
            bundle = InBundle(
                "nl-vi", log.checkpoint(), first, size, *common[1:], held, (), witnesses
            )
            yield "in-bundle", bundle.written(log.log)
    text = Note.read(log.note).text.encode()
    rows = (
        Row.reply("nl-vi", 0, b"\1" * 16, bytes(4096)),
        Row.wanted("nl-vi", b"\2" * 32),
        Row.withdrawn("nl-vi", b"\3" * 16, b"\4" * 32),
    )
    tree = log.tree(size)
    for count in (0, 3):
        checkpoint = log.checkpoint() + desk.cosignature_line(
            Note.read(log.checkpoint()).text, 20_000 * 86_400
        ).encode()
        bundle = OutBundle("nl-vi", checkpoint, size, size, tree.root, rows[:count], shards=1)
        yield "out-bundle", framed(text) + bundle.written(desk)


def kept() -> Iterator[tuple[str, bytes]]:
    """What a vault holds: cells, and rows of every kind of record."""
    yield "cell", bytes(32)
    for kind in range(15):
        for fill in (0, 1, 3):
            yield "row", bytes([kind]) + bytes([fill]) * 400
            yield "row", bytes([kind]) + bytes(7) + bytes([fill]) * 400


def main(folder: Path) -> None:
    """Writes them all, numbered."""
    log = paper()
    counts: dict[str, int] = {}
    for source in (public(log), sealed(log), carried(log), kept()):
        for reader, data in source:
            number = counts[reader] = counts.get(reader, -1) + 1
            place = folder / reader
            place.mkdir(parents=True, exist_ok=True)
            (place / str(number)).write_bytes(data)
    print(f"seeds for {len(counts)} readers: {sum(counts.values()) + len(counts)}")


main(Path(sys.argv[1]))
