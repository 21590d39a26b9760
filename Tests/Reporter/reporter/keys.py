"""Keys from the token (section 4)."""

from dataclasses import dataclass
from functools import cached_property

from .codec import u32
from .primitives import KeyPair, argon2id, box_pair, hkdf, label, mac, sha256, sign_pair, xor
from .token import Token

#: Slots of messages are any 32 bits.
SLOTS = 2**32
#: Numbers of replies are 0..63.
REPLIES = 64


def root_key(token: Token, deployment: str) -> bytes:
    """`K`, 32 B: the one slow step, 19 MiB of Argon2id."""
    salt = sha256(label("salt") + b"\0" + deployment.encode("ascii"))[:16]
    return argon2id(token.value, salt, 2, 19_922_944)


def shard_byte(root: bytes) -> int:
    """One byte, the same for all organisations."""
    return hkdf(root, label("shard"))[0]


@dataclass(frozen=True)
class ThreadKeys:
    """All that one token has at one organisation."""

    root: bytes
    organisation: str

    def _derive(self, name: str) -> bytes:
        return hkdf(self.root, label(name) + b"\0" + self.organisation.encode("ascii"))

    @cached_property
    def reply(self) -> KeyPair:
        """Replies are sealed to it."""
        return box_pair(self._derive("reply-box"))

    @cached_property
    def thread(self) -> KeyPair:
        """The reporter's messages are signed with it."""
        return sign_pair(self._derive("thread-sign"))

    @cached_property
    def tag_key(self) -> bytes:
        """Makes the tags, 32 B."""
        return self._derive("tag")

    def tag_in(self, digest: bytes, slot: int) -> bytes:
        """Tag of the message with this envelope in a slot, 16 B."""
        return message_tag(self.tag_key, digest, slot)

    def slot_of(self, digest: bytes, tag: bytes) -> int | None:
        """The slot of a leaf that is this thread's, or nothing."""
        return message_slot(self.tag_key, digest, tag)

    def tag_out(self, reply: int) -> bytes:
        """Tag of the j-th reply, 16 B."""
        return reply_tag(self.tag_key, reply)

    def release(self, slot: int) -> bytes:
        """What lets the escalation organisation open the message in a slot, 32 B."""
        return mac(self.tag_key, b"release" + u32(slot))

    @property
    def shard(self) -> int:
        """The shard byte."""
        return shard_byte(self.root)


def message_tag(tag_key: bytes, digest: bytes, slot: int) -> bytes:
    """`in(e, i)`, 16 B, by the digest of the envelope."""
    bound = mac(tag_key, b"in" + digest)
    return bound[:12] + xor(u32(slot), bound[12:16])


def message_slot(tag_key: bytes, digest: bytes, tag: bytes) -> int | None:
    """The slot that a tag holds for this envelope, or nothing where it is another's."""
    bound = mac(tag_key, b"in" + digest)
    if tag[:12] != bound[:12]:
        return None
    return int.from_bytes(xor(tag[12:], bound[12:16]), "big")


def reply_tag(tag_key: bytes, reply: int) -> bytes:
    """`out(j)`, 16 B."""
    return mac(tag_key, b"out" + u32(reply))[:16]
