"""Opening one envelope to the escalation organisation (sections 6 and 10)."""

from collections.abc import Sequence
from dataclasses import dataclass

from .admission import admit
from .envelope import EnvelopeClass, open_envelope
from .frame import REPORTER, Field, Frame, Kind
from .keys import ThreadKeys
from .primitives import KeyPair, sha256
from .refusal import Refused


@dataclass(frozen=True)
class Release:
    """Fields 8, 15 and 21 of kind 6."""

    envelope: bytes
    opening: bytes
    source: str

    @staticmethod
    def of(keys: ThreadKeys, slot: int, envelope: bytes) -> "Release":
        """What opens the message in a slot, by its digest; `keys` are those it was sent under."""
        return Release(envelope, keys.release(slot), keys.organisation)

    @staticmethod
    def read(frame: Frame) -> "Release":
        """The release of an admitted kind 6."""
        if frame.magic != REPORTER or frame.kind != Kind.RELEASE:
            raise Refused(f"kind {frame.kind}, must be {int(Kind.RELEASE)}")
        fields = frame.fields
        source = fields[Field.OTHER].decode()
        return Release(fields[Field.ENVELOPE], fields[Field.RELEASE], source)

    @property
    def fields(self) -> dict[int, bytes]:
        """The three fields."""
        return {
            int(Field.ENVELOPE): self.envelope,
            int(Field.RELEASE): self.opening,
            int(Field.OTHER): self.source.encode(),
        }

    def opened(self, envelope: bytes, pairs: Sequence[KeyPair]) -> Frame:
        """The message inside, admitted as read only: its own key signs it, no tag is checked."""
        if sha256(envelope) != self.envelope:
            raise Refused("release is of another envelope")
        plain = open_envelope(envelope, EnvelopeClass.TEXT, pairs, self.opening)
        frame = Frame.read(plain, REPORTER)
        admit(frame)
        if frame.kind not in (Kind.REPORT, Kind.FOLLOW_UP, Kind.CONSENT, Kind.RELEASE):
            raise Refused(f"kind {frame.kind} released")
        if frame.fields[Field.ORGANISATION] != self.source.encode():
            raise Refused("released message was written to another organisation")
        return frame
