"""Every case of every vector file, on the independent implementation.

A file that is missing, empty or has an unknown case fails: nothing is checked silently.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from reporter.admission import admit
from reporter.envelope import EnvelopeClass, open_envelope, open_with
from reporter.frame import END, Frame, encode_field, head
from reporter.directory import read_directory
from reporter.keys import ThreadKeys, root_key
from reporter.leaf import SIZE, Leaf
from reporter.merkle import MerkleTree, leaf_hash, root_of
from reporter.month import MonthFile, joined
from reporter.note import Checkpoint, Note, VerifierKey
from reporter.primitives import sha256
from reporter.promise import Promise
from reporter.refusal import Refused
from reporter.submission import (
    HEAD,
    Challenge,
    Stamp,
    Submission,
    challenge,
    find_nonces,
    stamp_part,
    stamp_subject,
)
from reporter.token import Token, TokenRefused, syllables
from vector_wire import PLAIN, plain_file

VECTORS = Path(__file__).resolve().parents[1] / "Vectors"
#: `contradiction`, `transfer` and the tree's have tests of their own.
FILES = "challenge contradiction directory envelope frame keys log month note piece".split()
FILES += "promise stamp submission token transfer wegwijzer-scenarios wegwijzer-walks".split()
Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    """The cases of a file; an empty file is an error, not a pass."""
    found = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))["cases"]
    assert found, f"{name}.json holds no case"
    return found


def parameters(name: str) -> list[Any]:
    """A pytest parameter for each case, named after its comment."""
    return [
        pytest.param(case, id=f"{at}-{case.get('comment', name)}".replace(" ", "-"))
        for at, case in enumerate(cases(name))
    ]


def test_every_vector_file_is_known() -> None:
    assert sorted(path.stem for path in VECTORS.glob("*.json")) == FILES


def test_syllables_are_1024_of_consonant_vowel_consonant() -> None:
    assert len(syllables()) == 1024
    assert all(one[0] not in "aeiou" and one[1] in "aeiou" for one in syllables())


@pytest.mark.parametrize("case", parameters("token"))
def test_token(case: Case) -> None:
    if case.get("refused"):
        with pytest.raises(TokenRefused):
            Token.read(case["text"])
        return
    token = Token.read(case["text"])
    assert token.value.hex() == case["bytes"]
    assert Token.read(token.text) == token
    if case["comment"] == "round trip":
        assert token.text == case["text"]


def test_token_says_which_syllable_is_to_blame() -> None:
    with pytest.raises(TokenRefused) as refusal:
        Token.read("baf-bel-faf taz-lul-din man-bat-vun")
    assert refusal.value.syllable == 4


@pytest.mark.parametrize("case", parameters("keys"))
def test_keys(case: Case) -> None:
    root = root_key(Token(bytes.fromhex(case["token"])), case["deployment"])
    keys = ThreadKeys(root, case["organisation"])
    assert root.hex() == case["root"]
    assert (keys.reply[0].hex(), keys.reply[1].hex()) == (
        case["reply_public"],
        case["reply_secret"],
    )
    assert keys.thread[0].hex() == case["thread_public"]
    assert keys.tag_key.hex() == case["tag_key"]
    digests = [bytes.fromhex(one) for one in case["in_envelope_sha256"]]
    slots, tags = case["in_slot"], [bytes.fromhex(one) for one in case["in"]]
    assert [keys.tag_in(*one) for one in zip(digests, slots, strict=True)] == tags
    assert [keys.slot_of(*one) for one in zip(digests, tags, strict=True)] == slots
    foreign = [bytes.fromhex(one) for one in case["foreign"]]
    others = [bytes.fromhex(one) for one in case["foreign_envelope_sha256"]]
    assert {keys.slot_of(*one) for one in zip(others, foreign, strict=True)} == {None}
    assert [keys.tag_out(at).hex() for at in range(len(case["out"]))] == case["out"]
    assert [keys.release(at).hex() for at in case["release_slot"]] == case["release"]
    assert keys.shard == case["shard"]


@pytest.mark.parametrize("case", parameters("envelope"))
def test_envelope(case: Case) -> None:
    envelope = bytes.fromhex(case["envelope"])
    pair = bytes.fromhex(case["public"]), bytes.fromhex(case["secret"])
    release = bytes.fromhex(case["release"]) if "release" in case else None
    kind = EnvelopeClass(case["class"])
    if "refused" in case:
        with pytest.raises(Refused):
            open_envelope(envelope, kind, [pair], release)
        return
    plain = open_envelope(envelope, kind, [pair], release)
    assert len(plain) == kind.plain
    assert sha256(plain).hex() == case["plain_sha256"]


@pytest.mark.parametrize("case", parameters("piece"))
def test_piece(case: Case) -> None:
    envelope = (VECTORS / case["envelope"]).read_bytes()
    assert len(envelope) == EnvelopeClass.PIECE.size
    file_key = bytes.fromhex(case["file_key"])
    if "refused" in case:
        with pytest.raises(Refused):
            open_with(envelope, EnvelopeClass(case["class"]), file_key)
        return
    plain = open_with(envelope, EnvelopeClass(case["class"]), file_key)
    assert sha256(plain).hex() == case["plain_sha256"]


@pytest.mark.parametrize("case", parameters("frame"))
def test_frame(case: Case) -> None:
    plain = bytes.fromhex(case["frame"]).ljust(case["size"], b"\0")
    magic = case["magic"].encode()
    if "refused" in case:
        with pytest.raises(Refused):
            Frame.read(plain, magic)
        return
    frame = Frame.read(plain, magic)
    assert frame.kind == case["kind"]
    assert {str(field): value.hex() for field, value in frame.fields.items()} == case["fields"]
    written = b"".join(encode_field(field, value) for field, value in frame.fields.items())
    assert (head(magic, frame.kind) + written + END).ljust(case["size"], b"\0") == plain
    if case.get("reading_only"):
        with pytest.raises(Refused):
            admit(frame)
    elif "signer" in case:
        assert case["signature"] in ("good", "bad")
        is_good = frame.verifies(case["label"], bytes.fromhex(case["signer"]))
        assert is_good == (case["signature"] == "good")
        if is_good:
            admit(frame)
    else:
        assert case["comment"] == "filler"
        admit(frame)


def test_log_hashes_and_roots() -> None:
    tree = MerkleTree()
    leaves = []
    for case in cases("log"):
        leaf = bytes.fromhex(case["leaf"])
        assert len(leaf) == SIZE and Leaf.read(leaf).encoded == leaf
        assert leaf_hash(leaf).hex() == case["leaf_hash"]
        tree.append(leaf)
        leaves.append(leaf)
        assert tree.root.hex() == case["root_up_to_here"]
    assert root_of(leaves) == tree.root


@pytest.mark.parametrize("case", parameters("month"))
def test_month(case: Case) -> None:
    month = MonthFile.read(bytes.fromhex(case["file"]))
    assert (month.first, month.size) == (case["first"], case["size"])
    assert month.tree().root.hex() == case["root"]
    assert [one.hex() for one in month.tree().subtrees] == case["next_subtrees"]
    assert month.encoded.hex() == case["file"]
    for cut in (1, SIZE - 1):
        with pytest.raises(Refused):
            MonthFile.read(bytes.fromhex(case["file"])[:-cut])


def test_months_that_follow_one_another_are_one() -> None:
    months = [MonthFile.read(bytes.fromhex(case["file"])) for case in cases("month")]
    assert joined(months[:2]).tree().root == months[1].tree().root
    with pytest.raises(Refused):
        joined([months[0], months[2]])


@pytest.mark.parametrize("case", parameters("note"))
def test_note(case: Case) -> None:
    data, log = case["text"].encode(), VerifierKey.read(case["log_vkey"])
    assert log.text == case["log_vkey"]
    if "refused" in case:
        with pytest.raises(Refused):
            Checkpoint.verified(data, log)
        return
    checkpoint = Checkpoint.verified(data, log)
    if "tree" in case:
        assert (checkpoint.size, checkpoint.root.hex()) == (case["tree"], case["root"])
    if "desk_vkey" in case:
        seconds = checkpoint.note.cosigned_by(VerifierKey.read(case["desk_vkey"]))
        assert seconds == case["day"] * 86_400


@pytest.mark.parametrize("case", parameters("stamp"))
def test_stamp(case: Case) -> None:
    org16 = case["organisation"].encode().ljust(16, b"\0")
    ticket, value = bytes.fromhex(case["ticket"]), bytes.fromhex(case["challenge"])
    subject, nonces = stamp_subject(org16, ticket), tuple(case["nonces"])
    assert subject.hex() == case["subject"]
    assert challenge(bytes.fromhex(case["key"]), case["hour"]) == value
    assert challenge(bytes.fromhex(case["key"]), case["hour"] + 1) != value
    parts = [stamp_part(subject, at, one, value) for at, one in enumerate(nonces)]
    assert [f"{one:016x}" for one in parts] == case["parts"]
    stamp = Stamp.read(bytes.fromhex(case["stamp"]))
    assert stamp == Stamp(case["hour"], ticket, nonces)
    is_worth = stamp.is_worth(case["organisation"], value, case["tries"])
    assert is_worth == ("refused" not in case)
    if case["comment"].startswith("the first from 0"):
        assert find_nonces(subject, value, case["tries"]) == nonces


@pytest.mark.parametrize("case", parameters("submission"))
def test_submission(case: Case) -> None:
    body = bytes.fromhex(case["body"]).ljust(case["size"], b"\0")
    if "refused" in case:
        with pytest.raises(Refused):
            Submission.read(body)
        return
    found = Submission.read(body)
    assert len(body) == HEAD + len(found.envelope) and found.encoded == body
    assert (found.kind, found.flags == 1) == (case["class"], case["is_cover"])
    assert (found.organisation, found.tag.hex()) == (case["organisation"], case["tag"])
    assert found.stamp.encoded.hex() == case["stamp"]
    stamp = Stamp(case["hour"], bytes.fromhex(case["ticket"]), tuple(case["nonces"]))
    assert found.stamp == stamp


@pytest.mark.parametrize("case", parameters("challenge"))
def test_challenge(case: Case) -> None:
    data = bytes.fromhex(case["data"])
    if "refused" in case:
        with pytest.raises(Refused):
            Challenge.read(data).require(case.get("organisations", 1), case.get("work", 65_535))
        return
    found = Challenge.read(data)
    found.require(case["organisations"], case["work"])
    assert (found.hour, found.value.hex()) == (case["hour"], case["challenge"])
    assert list(found.tries) == case["tries"]
    assert (found.flags & 1 == 1, found.flags & 2 == 2) == (
        case["is_closed"],
        case["are_pieces_closed"],
    )


@pytest.mark.parametrize("case", parameters("promise"))
def test_promise(case: Case) -> None:
    keys = [VerifierKey.read(one) for one in case["promise_vkeys"]]
    if "refused" in case:
        with pytest.raises(Refused):
            Promise.verified(case["text"].encode(), case["origin"], *keys)
        return
    found = Promise.verified(case["text"].encode(), case["origin"], *keys)
    assert (str(found.day), found.leaf.hex()) == (case["day"], case["leaf"])


def test_a_key_of_another_name_signs_no_promise() -> None:
    case = next(one for one in cases("promise") if one["comment"] == "signed by the log key")
    log = VerifierKey.read(case["log_vkey"])
    assert Note.read(case["text"].encode()).signed_by(log)
    with pytest.raises(Refused, match="no signature of a promise key"):
        Promise.verified(case["text"].encode(), case["origin"], log)


@pytest.mark.parametrize("case", parameters("directory"))
def test_directory(case: Case) -> None:
    note = Note.read(case["text"].encode()).require(VerifierKey.read(case["root_vkey"]))
    if "refused" in case:
        with pytest.raises(Refused):
            read_directory(note)
        return
    found = read_directory(note)
    assert (found.deployment, found.serial) == (case["deployment"], case["serial"])
    assert (found.shards, found.work) == (case["shards"], case["work"])
    assert (found.tree.hex(), found.digest.hex()) == (case["tree"], case["sha256"])
    assert [one.text for one in found.logs] == case["log_vkeys"]
    assert [one.text for one in found.promises] == case["promise_vkeys"]
    assert [one.id for one in found.organisations] == case["organisations"]


@pytest.mark.parametrize("name", PLAIN)
def test_the_file_can_be_made_again_to_the_byte(name: str) -> None:
    assert plain_file(name) == (VECTORS / f"{name}.json").read_text("utf-8")
