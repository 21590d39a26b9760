"""The cases of `keys.json`."""

from reporter.keys import ThreadKeys, root_key
from reporter.primitives import xor
from reporter.token import Token
from vector_scene import Case, Draw

#: Token, deployment, organisation.
_WHO = [
    ("00010203040506070809", "sealed.example", "nl-vi"),
    ("00010203040506070809", "sealed.example", "nl-ocw"),
    ("52734d51936ee51c78df", "melden.example.nl", "nl-vi"),
]
#: Slots from end to end.
_SLOTS = [0, 1, 4_095, 4_096, 2**31 - 1, 2**31, 0x0102_0304, 2**32 - 1]


def keys() -> list[Case]:
    """What follows from three tokens."""
    draw = Draw("keys.json")
    return [_case(draw, *who) for who in _WHO]


def _case(draw: Draw, token: str, deployment: str, organisation: str) -> Case:
    root = root_key(Token(bytes.fromhex(token)), deployment)
    found = ThreadKeys(root, organisation)
    digests = [draw.bytes() for _ in _SLOTS]
    foreign = _foreign(draw, found)
    return {
        "token": token,
        "deployment": deployment,
        "organisation": organisation,
        "root": root.hex(),
        "reply_public": found.reply[0].hex(),
        "reply_secret": found.reply[1].hex(),
        "thread_public": found.thread[0].hex(),
        "tag_key": found.tag_key.hex(),
        "in_envelope_sha256": [one.hex() for one in digests],
        "in_slot": _SLOTS,
        "in": [found.tag_in(*one).hex() for one in zip(digests, _SLOTS, strict=True)],
        "foreign_envelope_sha256": [digest.hex() for digest, _ in foreign],
        "foreign": [tag.hex() for _, tag in foreign],
        "out": [found.tag_out(at).hex() for at in range(3)],
        "release_slot": _SLOTS,
        "release": [found.release(at).hex() for at in _SLOTS],
        "shard": found.shard,
    }


def _foreign(draw: Draw, found: ThreadKeys) -> list[tuple[bytes, bytes]]:
    """Digests with tags that are not theirs under these keys."""
    digest, other = draw.bytes(), draw.bytes()
    tag = found.tag_in(digest, 77)
    first, last = bytes([1]) + bytes(15), bytes(11) + bytes([128]) + bytes(4)
    elsewhere = ThreadKeys(found.root, f"{found.organisation}-b")
    return [
        (other, tag),
        (digest, elsewhere.tag_in(digest, 77)),
        (digest, xor(tag, first)),
        (digest, xor(tag, last)),
        (digest, found.tag_out(0)),
        (digest, bytes(16)),
    ]
