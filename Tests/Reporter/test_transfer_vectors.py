"""The vectors of consents, transferred messages and releases, on the independent end."""

import json
from pathlib import Path
from typing import Any

import make_vectors
import pytest
from reporter.codec import padded
from reporter.envelope import EnvelopeClass, open_envelope, seal_text
from reporter.frame import REPORTER, Field, Frame
from reporter.inbox import Inbox, Message
from reporter.keys import message_tag
from reporter.leaf import Leaf, LeafType
from reporter.note import VerifierKey
from reporter.primitives import sha256
from reporter.refusal import Refused
from reporter.release import Release
from reporter.transfer import OtherKeys, Transferred

Case = dict[str, Any]
PATH = Path(__file__).resolve().parents[1] / "Vectors" / "transfer.json"
CASES: list[Case] = json.loads(PATH.read_text("utf-8"))["cases"]


def test_the_file_can_be_made_again_to_the_byte() -> None:
    assert make_vectors.transfer_file() == PATH.read_text("utf-8")


@pytest.mark.parametrize("kind", [3, 5, 6])
def test_each_kind_has_cases_to_take_and_at_least_three_to_refuse(kind: int) -> None:
    refused = [case for case in CASES if case["kind"] == kind and "refused" in case]
    taken = [case for case in CASES if case["kind"] == kind and "refused" not in case]
    assert taken and len(refused) >= 3


def pair(case: Case, start: str = "seal") -> tuple[bytes, bytes]:
    """The sealing key that reads."""
    return bytes.fromhex(case[f"{start}_public"]), bytes.fromhex(case[f"{start}_secret"])


def plain(case: Case) -> bytes:
    """The plaintext."""
    return bytes.fromhex(case["frame"]).ljust(EnvelopeClass.TEXT.plain, b"\0")


def inbox(case: Case) -> Inbox:
    """The desk that reads; only the desk that hands on is known to it."""
    known = bytes.fromhex(case.get("desk_public", "00" * 32))
    return Inbox(case["organisation"], [pair(case)], lambda one: [VerifierKey(one, known)])


def enveloped(case: Case) -> bytes:
    """The envelope of the case, or one that is made for it."""
    if "envelope" in case:
        return bytes.fromhex(case["envelope"])
    return seal_text(plain(case), pair(case)[0]).envelope


def tag_of(case: Case, envelope: bytes) -> bytes:
    """The tag of the case; where its envelope was made, the one that this has in the slot."""
    if "tag" not in case:
        return bytes(16)
    if "envelope" in case:
        assert sha256(envelope).hex() == case["envelope_sha256"]
        return bytes.fromhex(case["tag"])
    tag_key = bytes.fromhex(case["tag_key"])
    drawn = message_tag(tag_key, bytes.fromhex(case["envelope_sha256"]), case["slot"])
    assert drawn.hex() == case["tag"]
    return message_tag(tag_key, sha256(envelope), case["slot"])


def taken(case: Case) -> Inbox:
    """The desk after it took the frame in under its leaf, and what is released before it."""
    desk, kind = inbox(case), case["kind"]
    envelope = enveloped(case)
    leaf_type = LeafType.TRANSFERRED if kind == 5 else LeafType.TEXT
    tag = tag_of(case, envelope)
    if "released" in case:
        released = bytes.fromhex(case["released"])
        overdue = Leaf.overdue(case["organisation"], bytes(16), sha256(released))
        desk.take(0, overdue, released)
    leaf = Leaf(leaf_type, padded(case["organisation"]), tag, sha256(envelope))
    desk.take(1, leaf, envelope)
    return desk


@pytest.mark.parametrize("case", [pytest.param(one, id=one["comment"]) for one in CASES])
def test_vector(case: Case) -> None:
    desk = taken(case)
    if "refused" in case:
        assert list(desk.unreadable) == [1] and desk.messages == [] and desk.threads == {}
        if case.get("refused_when_opened"):
            frame = Frame.read(plain(case), REPORTER)
            with pytest.raises(Refused):
                Release.read(frame).opened(bytes.fromhex(case["released"]), [pair(case)])
        return
    assert desk.unreadable == {}
    if "envelope" in case:
        envelope = bytes.fromhex(case["envelope"])
        assert open_envelope(envelope, EnvelopeClass.TEXT, [pair(case)]) == plain(case)
    first = desk.messages[0]
    thread = desk.threads[first.thread]
    found = thread.key.hex(), thread.reply.hex(), thread.tag_key.hex()
    assert found == (case["thread_public"], case["reply_public"], case["tag_key"])
    assert first.frame.fields.get(Field.TEXT, b"").decode() == case["text"]
    {3: check_consent, 5: check_transferred, 6: check_release}[case["kind"]](case, desk.messages)


def check_consent(case: Case, messages: list[Message]) -> None:
    """The keys for the other organisation, opened by it."""
    keys = OtherKeys.read(messages[0].frame.fields[Field.OTHER_KEYS])
    assert keys.organisation == case["other"]
    if "other_seal_secret" in case:
        opened = keys.opened([pair(case, "other_seal")])
        found = opened.thread.hex(), opened.reply.hex(), opened.tag_key.hex()
        names = ("thread_public", "reply_public", "tag_key")
        assert found == tuple(case[f"other_{one}"] for one in names)


def check_transferred(case: Case, messages: list[Message]) -> None:
    """The two frames inside, and by whom they were handed on."""
    frame = Frame.read(plain(case), REPORTER)
    found = Transferred.admitted(frame, case["organisation"])
    assert found.source == case["from"] == messages[0].source
    assert frame.fields[Field.MESSAGE].hex() == case["message"]
    assert frame.fields[Field.CONSENT].hex() == case["consent"]


def check_release(case: Case, messages: list[Message]) -> None:
    """What it opens."""
    release = Release.read(messages[0].frame)
    assert release.opening.hex() == case["release"] and release.source == case["from"]
    assert release.envelope.hex() == case["released_sha256"]
    assert messages[1].frame.fields[Field.TEXT].decode() == case["released_text"]
