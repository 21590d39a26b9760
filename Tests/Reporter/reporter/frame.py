"""Frames: the structure of a plaintext, read and written (section 6)."""

from dataclasses import dataclass
from enum import IntEnum

from .codec import Reader, u8, u16, u32
from .primitives import label, sign, verifies
from .refusal import Refused

REPORTER = b"SIR1"
ORGANISATION = b"SIO1"
#: A frame is at most this long, its end field counted.
MOST = 13_900


class Field(IntEnum):
    """Types of fields."""

    ORGANISATION = 1
    DIRECTORY_SERIAL = 2
    TREE = 3
    THREAD_KEY = 4
    REPLY_KEY = 5
    TAG_KEY = 6
    NUMBER = 7
    ENVELOPE = 8
    ANSWERS = 9
    TEXT = 10
    ATTACHMENTS = 11
    LANGUAGE = 12
    OTHER_KEYS = 14
    RELEASE = 15
    DAY = 18
    THREAD_DIGEST = 19
    SHARD = 20
    OTHER = 21
    MESSAGE = 22
    CONSENT = 23
    SIGNATURE = 255


class Kind(IntEnum):
    """Kinds of the reporter's frames."""

    REPORT = 1
    FOLLOW_UP = 2
    CONSENT = 3
    TRANSFERRED = 5
    RELEASE = 6
    FILLER = 127


class ReplyKind(IntEnum):
    """Kinds of the organisation's frames."""

    RECEIVED = 1
    MESSAGE = 2
    QUESTION = 3
    CLOSED = 4
    MAY_TRANSFER = 5


def head(magic: bytes, kind: int) -> bytes:
    """The first eight bytes."""
    return magic + u8(kind) + b"\0\0\0"


def encode_field(kind: int, value: bytes) -> bytes:
    """`u16 type ‖ u32 length ‖ value`."""
    return u16(kind) + u32(len(value)) + value


#: The end field.
END = encode_field(0, b"")


def unsigned(magic: bytes, kind: int, fields: dict[int, bytes]) -> bytes:
    """Head and fields in rising order, without signature and end."""
    body = b"".join(encode_field(one, fields[one]) for one in sorted(fields))
    return head(magic, kind) + body


def signed(magic: bytes, kind: int, fields: dict[int, bytes], name: str, secret: bytes) -> bytes:
    """A frame up to and with its field 255, without end: as fields 22 and 23 carry it."""
    frame = unsigned(magic, kind, fields)
    signature = sign(label(name) + b"\0" + frame, secret)
    return frame + encode_field(Field.SIGNATURE, signature)


def whole(
    magic: bytes, kind: int, fields: dict[int, bytes], name: str = "", secret: bytes = b""
) -> bytes:
    """A whole frame with its end field, signed where a label is given."""
    frame = signed(magic, kind, fields, name, secret) if name else unsigned(magic, kind, fields)
    return frame + END


@dataclass(frozen=True)
class Frame:
    """A frame whose structure was read; nothing in it is admitted yet."""

    magic: bytes
    kind: int
    fields: dict[int, bytes]
    before_signature: bytes

    @staticmethod
    def read(plain: bytes, magic: bytes) -> "Frame":
        """Reads a plaintext: head, fields, end, zeros."""
        reader = Reader(plain)
        frame = _read(reader, magic, has_end=True)
        if reader.position > MOST:
            raise Refused(f"frame of {reader.position} B, must be at most {MOST}")
        if any(reader.take(reader.left)):
            raise Refused("padding is not zero")
        return frame

    @staticmethod
    def read_inner(data: bytes) -> "Frame":
        """Reads a frame that travels whole up to and with its field 255 (fields 22, 23)."""
        frame = _read(Reader(data), REPORTER, has_end=False)
        if Field.SIGNATURE not in frame.fields:
            raise Refused("inner frame is not signed")
        return frame

    @property
    def transferred(self) -> bytes:
        """The frame up to and with its field 255: as fields 22 and 23 carry it."""
        if Field.SIGNATURE not in self.fields:
            raise Refused("frame is not signed")
        return self.before_signature + encode_field(255, self.fields[Field.SIGNATURE])

    def verifies(self, name: str, public: bytes) -> bool:
        """Whether field 255 is the key's signature under the label."""
        signature = self.fields.get(Field.SIGNATURE, b"")
        message = label(name) + b"\0" + self.before_signature
        return len(signature) == 64 and verifies(message, signature, public)


def _read(reader: Reader, magic: bytes, has_end: bool) -> Frame:
    if reader.take(4) != magic:
        raise Refused(f"magic, must be {magic.decode()}")
    kind = reader.u8()
    if any(reader.take(3)):
        raise Refused("reserved bytes are not zero")
    fields: dict[int, bytes] = {}
    before_signature = 0
    last = 0
    while has_end or reader.left:
        start = reader.position
        field, length = reader.u16(), reader.u32()
        if field == 0:
            if length or not has_end:
                raise Refused("end field has a length or has no place here")
            break
        if field <= last:
            raise Refused("fields are out of order")
        if length == 0:
            raise Refused("field is empty")
        if field == Field.SIGNATURE:
            before_signature = start
        fields[field] = reader.take(length)
        last = field
    signed_part = reader.taken(before_signature)
    return Frame(magic, kind, fields, signed_part)
