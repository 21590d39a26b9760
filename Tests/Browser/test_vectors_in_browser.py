"""Every case of every vector file in a real browser, through WebAssembly and its translation.

A file that is missing or empty, or a case of a form not known here, fails.
"""

import ctypes
import ctypes.util
import json
from pathlib import Path

import pytest
from vectors_fixture import PROJECT, WAYS, Program, harness, programs, u32  # noqa: F401

VECTORS = PROJECT / "Tests" / "Vectors"
EDGE = PROJECT.parent / "shared" / "external-vectors" / "ed25519-edge.json"
FILES = [
    "challenge", "directory", "envelope", "frame", "keys", "log", "month", "note", "piece",
    "promise", "stamp", "submission", "token",
]
REFUSED = 1


@pytest.fixture(scope="module", params=WAYS)
def program(request, harness):  # noqa: F811
    """The conformance program, one way or the other."""
    return Program(harness, "conformance", "conformance", WAYS[request.param])


def cases(name):
    """The cases of a file; an empty file is an error, not a pass."""
    found = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))["cases"]
    assert found, f"{name}.json holds no case"
    return found


def run(program, name, operation, parts):
    """Each case of a file with what the program said about it."""
    found = cases(name)
    said = program.run([(operation, parts(case)) for case in found])
    print(f"{name}.json: {len(found)} cases")
    return list(zip(found, said, strict=True))


def unhex(case, key):
    return bytes.fromhex(case[key]) if key in case else b""


def test_every_vector_file_is_known():
    # What only a desk or an auditor reads, no page has to; the tree's are in test_walk_program.
    others = ["contradiction", "transfer", "wegwijzer-scenarios", "wegwijzer-walks"]
    assert sorted(path.stem for path in VECTORS.glob("*.json")) == sorted([*FILES, *others])


def test_token(program):
    for case, said in run(program, "token", "token", lambda case: [case["text"].encode()]):
        if case.get("refused"):
            assert said.status == REFUSED, case
            continue
        token, *lines = said.parts
        assert (said.status, token.hex()) == (0, case["bytes"]), case
        if case["comment"] == "round trip":
            assert b" ".join(lines).decode() == case["text"]


def test_keys(program):
    def parts(case):
        names = case["deployment"].encode(), case["organisation"].encode()
        return [bytes.fromhex(case["token"]), *names]

    for case, said in run(program, "keys", "keys", parts):
        assert said.status == 0
        single, derived = said.parts[:6], [part.hex() for part in said.parts[6:]]
        names = ["root", "reply_public", "reply_secret", "thread_public", "tag_key"]
        assert [part.hex() for part in single[:5]] == [case[name] for name in names]
        assert single[5] == bytes([case["shard"]])
        assert case["out"] and derived[: len(case["out"])] == case["out"]


def test_tags(program):
    """Each tag of the keys' vectors: made, read back, and refused for another envelope."""
    asked, expected = [], []
    for case in cases("keys"):
        key, some = unhex(case, "tag_key"), zip(case["in"], case["in_envelope_sha256"], case["in_slot"])
        for tag, envelope, slot in some:
            asked.append(("tag", [key, bytes.fromhex(envelope), u32(slot), bytes.fromhex(tag)]))
            expected.append((0, tag, None, u32(slot)))
        for tag, envelope in zip(case["foreign"], case["foreign_envelope_sha256"]):
            asked.append(("tag", [key, bytes.fromhex(envelope), u32(0), bytes.fromhex(tag)]))
            expected.append((0, None, None, b""))
        for slot, release in zip(case["release_slot"], case["release"]):
            asked.append(("tag", [key, bytes(32), u32(slot), bytes(16)]))
            expected.append((0, None, release, b""))
    for said, (status, tag, release, slot) in zip(program.run(asked), expected, strict=True):
        assert said.status == status and said.parts[2] == slot
        assert tag in (None, said.parts[0].hex()) and release in (None, said.parts[1].hex())


def check_opened(case, said):
    if "refused" in case:
        assert said.status == REFUSED, case["comment"]
    else:
        assert (said.status, said.parts[0].hex()) == (0, case["plain_sha256"]), case["comment"]


def test_envelope(program):
    def parts(case):
        names = ["envelope", "secret", "release"]
        return [u32(case["class"]), *(unhex(case, name) for name in names)]

    for case, said in run(program, "envelope", "envelope", parts):
        check_opened(case, said)


def test_piece(program):
    def parts(case):
        assert case["class"] == 2
        return [(VECTORS / case["envelope"]).read_bytes(), unhex(case, "file_key")]

    for case, said in run(program, "piece", "piece", parts):
        check_opened(case, said)


def frame_parts(case):
    return [case["magic"].encode(), unhex(case, "frame").ljust(case["size"], b"\0")]


def test_frame(program):
    for case, said in run(program, "frame", "frame", frame_parts):
        if "refused" in case:
            assert said.status == REFUSED, case["comment"]
            continue
        kind, *fields = said.parts
        assert (said.status, kind) == (0, u32(case["kind"])), case["comment"]
        read = {
            str(int.from_bytes(name)): value.hex()
            for name, value in zip(fields[::2], fields[1::2], strict=True)
        }
        assert read == case["fields"], case["comment"]


def test_frame_signature(program):
    signed = [case for case in cases("frame") if "signer" in case]
    assert {case["signature"] for case in signed} == {"good", "bad"}
    said = program.run(
        [
            ("signature", [*frame_parts(case), unhex(case, "signer"), case["label"].encode()])
            for case in signed
        ]
    )
    for case, one in zip(signed, said, strict=True):
        assert one.status == (0 if case["signature"] == "good" else REFUSED), case["comment"]
    other = {"thread-sign": b"desk-sign", "desk-sign": b"thread-sign"}
    said = program.run(
        [
            ("signature", [*frame_parts(case), unhex(case, "signer"), other[case["label"]]])
            for case in signed
        ]
    )
    assert all(one.status == REFUSED for one in said)


#: Kinds whose admission belongs to a later version: read here, not yet taken.
LATER = {("SIR1", 3), ("SIR1", 5), ("SIR1", 6), ("SIO1", 5)}


def test_frame_admission(program):
    readable = [case for case in cases("frame") if "refused" not in case]
    said = program.run(
        [("admission", [*frame_parts(case), unhex(case, "signer")]) for case in readable]
    )
    admitted = 0
    for case, one in zip(readable, said, strict=True):
        kind = case["magic"], case["kind"]
        if kind in LATER or kind == ("SIR1", 127):
            continue
        is_good = case.get("signature") == "good" and not case.get("reading_only")
        assert one.status == (0 if is_good else REFUSED), case["comment"]
        admitted += is_good
    assert admitted >= 6


def test_stamp(program):
    def parts(case):
        bound = [case["organisation"].encode(), unhex(case, "challenge"), u32(case["tries"])]
        return [*bound, unhex(case, "stamp")]

    for case, said in run(program, "stamp", "stamp", parts):
        if "refused" in case:
            assert said.status == REFUSED, case["comment"]
            continue
        assert said.status == 0, case["comment"]
        if case["comment"].startswith("the first from 0"):
            assert said.parts == [unhex(case, "stamp")]


def test_submission(program):
    def parts(case):
        return [unhex(case, "body").ljust(case["size"], b"\0")]

    for case, said in run(program, "submission", "submission", parts):
        if "refused" in case:
            assert said.status == REFUSED, case["comment"]
            continue
        expected = [bytes([case["class"]]), bytes([case["is_cover"]]), case["organisation"].encode()]
        assert said.parts == [*expected, unhex(case, "tag"), unhex(case, "stamp")]


def test_challenge(program):
    def parts(case):
        return [unhex(case, "data"), u32(case.get("organisations", 1)), u32(case.get("work", 65535))]

    for case, said in run(program, "challenge", "challenge", parts):
        if "refused" in case or case.get("refused_with_directory"):
            assert said.status == REFUSED, case["comment"]
            continue
        flags = bytes([case["is_closed"], case["are_pieces_closed"]])
        tries = [u32(one) for one in case["tries"]]
        assert said.parts == [u32(case["hour"]), flags, unhex(case, "challenge"), *tries]


def test_promise(program):
    def parts(case):
        keys = [key.encode() for key in case["promise_vkeys"]] + [b"", b""]
        return [case["text"].encode(), case["origin"].encode(), *keys[:2]]

    for case, said in run(program, "promise", "promise", parts):
        if "refused" in case:
            assert said.status == REFUSED, case["comment"]
            continue
        assert said.parts == [case["day"].encode(), unhex(case, "leaf")]


def test_directory(program):
    def parts(case):
        return [case["text"].encode(), case["root_vkey"].encode(), case["deployment"].encode()]

    for case, said in run(program, "directory", "directory", parts):
        if "refused" in case:
            assert said.status == REFUSED, case["comment"]
            continue
        assert said.parts == [unhex(case, "sha256"), u32(case["shards"]), u32(case["work"])]


def test_note(program):
    def parts(case):
        keys = [case[name].encode() if name in case else b"" for name in ("log_vkey", "desk_vkey")]
        return [case["text"].encode(), *keys]

    for case, said in run(program, "note", "note", parts):
        if "refused" in case:
            assert said.status == REFUSED
            continue
        assert said.status == 0
        size, root, *day = said.parts
        if "tree" in case:
            assert (size, root.hex()) == (u32(case["tree"]), case["root"])
        assert day == ([u32(case["day"])] if "desk_vkey" in case else [])


def test_log(program):
    found = cases("log")
    said = program.call("log", b"".join(unhex(case, "leaf") for case in found))
    hashes = [part.hex() for part in said.parts]
    assert said.status == 0
    assert hashes[::2] == [case["leaf_hash"] for case in found]
    assert hashes[1::2] == [case["root_up_to_here"] for case in found]


def test_month(program):
    for case, said in run(program, "month", "month", lambda case: [unhex(case, "file")]):
        assert said.status == 0
        first, size, *roots = said.parts
        assert (first, size) == (u32(case["first"]), u32(case["size"]))
        assert [root.hex() for root in roots] == [case["root"], *case["next_subtrees"]]


def native_libsodium():
    """The libsodium of the server and the desk, not the one in PyNaCl."""
    name = ctypes.util.find_library("sodium")
    assert name, "libsodium is not installed"
    library = ctypes.CDLL(name)
    assert library.sodium_init() >= 0
    return library


@pytest.mark.skipif(not EDGE.exists(), reason="the external vectors are not beside the project")
def test_ed25519_verdicts_are_those_of_server_and_desk(program):
    found = json.loads(Path(EDGE).read_text("utf-8"))
    assert len(found) > 900
    rows = [
        (bytes.fromhex(case["key"]), bytes.fromhex(case["sig"]), case["msg"].encode())
        for case in found
    ]
    verify = native_libsodium().crypto_sign_verify_detached
    verify.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_ulonglong, ctypes.c_char_p]
    native = [verify(sig, message, len(message), key) == 0 for key, sig, message in rows]
    said = program.run([("ed25519", list(row)) for row in rows])
    assert [one.status == 0 for one in said] == native
    assert 0 < sum(native) < len(native)
    print(f"ed25519-edge.json: {len(rows)} cases, {sum(native)} hold")
