"""Who plays in the vectors: a reporter, three organisations, and chance that can be repeated."""

import json
from typing import Any

import nacl.bindings as sodium
from reporter.codec import u32, u64
from reporter.envelope import EnvelopeClass, assemble
from reporter.frame import REPORTER, Kind, whole
from reporter.keys import ThreadKeys, root_key
from reporter.primitives import blake, box_pair, label, mac, sha256, sign_pair, xor
from reporter.token import Token
from reporter.transfer import OtherKeys

DEPLOYMENT = "melden.example"
Fields = dict[int, bytes]
Case = dict[str, Any]


def written(about: str, cases: list[Case]) -> str:
    """A file of vectors."""
    return json.dumps({"about": about, "cases": cases}, ensure_ascii=False, indent=1) + "\n"


class Draw:
    """Bytes that look random and are the same each time."""

    def __init__(self, seed: str) -> None:
        self._seed, self._count = sha256(seed.encode()), 0

    def bytes(self, count: int = 32) -> bytes:
        """The next bytes, at most 32."""
        self._count += 1
        return mac(self._seed, u32(self._count))[:count]

    def seal(self, message: bytes, public: bytes) -> bytes:
        """`crypto_box_seal` with a drawn ephemeral key."""
        ephemeral = box_pair(self.bytes())
        nonce = sodium.crypto_generichash_blake2b_salt_personal(
            ephemeral[0] + public, digest_size=24
        )
        return ephemeral[0] + sodium.crypto_box(message, nonce, public, ephemeral[1])


class Scene:
    """One reporter, three organisations and their keys."""

    def __init__(self) -> None:
        self.draw = Draw("transfer.json")
        self.root = root_key(Token(self.draw.bytes(10)), DEPLOYMENT)
        self.other_root = root_key(Token(self.draw.bytes(10)), DEPLOYMENT)
        names = ("nl-vi", "helpdesk", "nl-ocw")
        self.seals = {one: box_pair(self.draw.bytes()) for one in names}
        self.desks = {one: sign_pair(self.draw.bytes()) for one in names}

    def keys(self, organisation: str) -> ThreadKeys:
        """The reporter's keys."""
        return ThreadKeys(self.root, organisation)

    def fields(self, organisation: str, slot: int, text: str = "") -> Fields:
        """The fields all kinds share."""
        keys = self.keys(organisation)
        fields: Fields = {
            1: organisation.encode(),
            2: u64(7),
            3: sha256(b"a tree"),
            4: keys.thread[0],
            5: keys.reply[0],
            6: self.draw.seal(keys.tag_key, self.seals[organisation][0]),
            7: u32(slot),
            12: b"nl",
            20: bytes([keys.shard]),
        }
        return fields | ({10: text.encode()} if text else {})

    def other_keys(self, to: str, reply: bytes | None = None) -> bytes:
        """Field 14."""
        keys = self.keys(to)
        opened = keys.thread[0] + (reply or keys.reply[0]) + keys.tag_key
        return OtherKeys(to, self.draw.seal(opened, self.seals[to][0])).encoded

    def frame(self, kind: int, fields: Fields, root: bytes | None = None) -> bytes:
        """A whole frame signed by the thread of field 1 (of another reporter's root)."""
        keys = ThreadKeys(root or self.root, fields[1].decode())
        return whole(REPORTER, kind, fields, "thread-sign", keys.thread[1])

    def text(
        self, plain: bytes, to: str, escalation: str | None = None, release: bytes = b""
    ) -> bytes:
        """A text envelope."""
        file_key = self.draw.bytes()
        if escalation is None:
            decoy = box_pair(blake(file_key, label("decoy")))[0]
            second = self.draw.seal(file_key, decoy)
        else:
            second = self.draw.seal(xor(file_key, release), self.seals[escalation][0])
        wraps = [self.draw.seal(file_key, self.seals[to][0]), second]
        return assemble(EnvelopeClass.TEXT, file_key, wraps, plain)

    def filler(self, to: str, escalation: str) -> bytes:
        """A filler's envelope."""
        plain = whole(REPORTER, Kind.FILLER, {1: to.encode()})
        return self.text(plain, to, escalation, self.draw.bytes())

    def tagged(self, organisation: str, slot: int, envelope: bytes | None = None) -> Case:
        """The tag of an envelope in a slot; without one, of a digest that was drawn."""
        digest = self.draw.bytes() if envelope is None else sha256(envelope)
        keys = self.keys(organisation)
        return {
            "slot": slot,
            "tag_key": keys.tag_key.hex(),
            "envelope_sha256": digest.hex(),
            "tag": keys.tag_in(digest, slot).hex(),
        }

    def held(self, organisation: str) -> Case:
        """The secrets of the organisation that reads."""
        public, secret = self.seals[organisation]
        return {
            "organisation": organisation,
            "seal_public": public.hex(),
            "seal_secret": secret.hex(),
        }

    def thread(self, organisation: str) -> Case:
        """What a thread there is made of."""
        keys = self.keys(organisation)
        return {
            "thread_public": keys.thread[0].hex(),
            "reply_public": keys.reply[0].hex(),
            "tag_key": keys.tag_key.hex(),
        }
