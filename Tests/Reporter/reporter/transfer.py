"""Handing a message on: consent, the keys for another organisation, the transferred frame.

Sections 6 and 11.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .admission import admit, is_low_order
from .codec import Reader, organisation_id, u8
from .frame import END, REPORTER, Field, Frame, Kind, signed
from .keys import ThreadKeys
from .note import VerifierKey
from .primitives import KeyPair, seal, unseal
from .refusal import Refused


@dataclass(frozen=True)
class OpenKeys:
    """What a thread at another organisation is made of, 96 B before it is sealed."""

    thread: bytes
    reply: bytes
    tag_key: bytes

    @property
    def encoded(self) -> bytes:
        """The three keys."""
        return self.thread + self.reply + self.tag_key


@dataclass(frozen=True)
class OtherKeys:
    """Field 14: `u8 n ‖ B (n B) ‖ crypto_box_seal(three keys for B; B's sealing key)`."""

    organisation: str
    sealed: bytes

    @staticmethod
    def of(keys: ThreadKeys, seal_key: bytes) -> "OtherKeys":
        """The keys of a thread, sealed to its own organisation."""
        found = OpenKeys(keys.thread[0], keys.reply[0], keys.tag_key)
        return OtherKeys(keys.organisation, seal(found.encoded, seal_key))

    @staticmethod
    def read(value: bytes) -> "OtherKeys":
        """Reads the field."""
        reader = Reader(value)
        try:
            name = organisation_id(reader.take(reader.u8()).decode("ascii"))
        except UnicodeDecodeError as error:
            raise Refused("organisation is not ASCII") from error
        found = OtherKeys(name, reader.take(144))
        reader.end()
        return found

    @property
    def encoded(self) -> bytes:
        """The field."""
        return u8(len(self.organisation)) + self.organisation.encode() + self.sealed

    def opened(self, pairs: Sequence[KeyPair]) -> OpenKeys:
        """The three keys; the reply key is not of low order."""
        for pair in pairs:
            value = unseal(self.sealed, pair)
            if value is None:
                continue
            if len(value) != 96:
                raise Refused(f"keys of {len(value)} B, must be 96")
            found = OpenKeys(value[:32], value[32:64], value[64:])
            if is_low_order(found.reply):
                raise Refused("reply key for this organisation is of low order")
            return found
        raise Refused("keys for this organisation do not open")


def transferred_frame(to: str, message: bytes, consent: bytes, desk_secret: bytes) -> bytes:
    """A whole frame of kind 5, signed by desk A; the two frames are ``Frame.transferred``."""
    fields = {
        int(Field.ORGANISATION): to.encode(),
        int(Field.MESSAGE): message,
        int(Field.CONSENT): consent,
    }
    return signed(REPORTER, Kind.TRANSFERRED, fields, "desk-sign", desk_secret) + END


@dataclass(frozen=True)
class Transferred:
    """A transferred message whose inner frames belong together; desk A's signature is apart."""

    outer: Frame
    message: Frame
    consent: Frame
    keys: OtherKeys

    @property
    def source(self) -> str:
        """Desk A."""
        return self.message.fields[Field.ORGANISATION].decode()

    @staticmethod
    def admitted(frame: Frame, organisation: str) -> "Transferred":
        """Admits kind 5 at the organisation it was handed on to."""
        admit(frame)
        if frame.kind != Kind.TRANSFERRED or frame.magic != REPORTER:
            raise Refused(f"kind {frame.kind}, must be {int(Kind.TRANSFERRED)}")
        if frame.fields[Field.ORGANISATION] != organisation.encode():
            raise Refused("handed on to another organisation")
        message = Frame.read_inner(frame.fields[Field.MESSAGE])
        consent = Frame.read_inner(frame.fields[Field.CONSENT])
        if message.kind not in (Kind.REPORT, Kind.FOLLOW_UP):
            raise Refused(f"kind {message.kind} handed on, must be a report or follow-up")
        if consent.kind != Kind.CONSENT:
            raise Refused(f"kind {consent.kind} instead of a consent")
        for field in (Field.ORGANISATION, Field.THREAD_KEY):
            if message.fields[field] != consent.fields[field]:
                raise Refused("message and consent are not of one thread at one organisation")
        keys = OtherKeys.read(consent.fields[Field.OTHER_KEYS])
        if keys.organisation != organisation:
            raise Refused(f"consent is for {keys.organisation!r}, must be for {organisation!r}")
        return Transferred(frame, message, consent, keys)

    def require_desk(self, desks: Sequence[VerifierKey]) -> None:
        """Refuses what none of desk A's keys signed."""
        if not any(self.outer.verifies("desk-sign", desk.public) for desk in desks):
            raise Refused("not signed by the desk that hands it on")
