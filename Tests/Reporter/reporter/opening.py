"""A reply opened and admitted with the keys of its thread (section 6)."""

from .admission import admit
from .codec import u32
from .directory import Organisation
from .envelope import EnvelopeClass, open_envelope
from .frame import ORGANISATION, Frame
from .keys import ThreadKeys
from .primitives import sha256
from .refusal import Refused


def open_reply(organisation: Organisation, keys: ThreadKeys, number: int, envelope: bytes) -> Frame:
    """The frame of a reply of that organisation's desk, in this thread, under this number."""
    frame = Frame.read(open_envelope(envelope, EnvelopeClass.REPLY, [keys.reply]), ORGANISATION)
    admit(frame)
    if not any(frame.verifies("desk-sign", desk.public) for desk in organisation.desks):
        raise Refused("reply is not signed by a desk of the organisation")
    expected = {1: organisation.id.encode(), 7: u32(number), 19: sha256(keys.thread[0])}
    if any(frame.fields[field] != value for field, value in expected.items()):
        raise Refused("reply is for another thread, organisation or number")
    return frame
