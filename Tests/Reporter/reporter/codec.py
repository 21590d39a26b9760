"""Big-endian integers, strict reading and canonical Base64 (section 1)."""

import base64
import binascii
import re

from .refusal import Refused

_NUMBER = re.compile(r"0|[1-9][0-9]*")
_ORGANISATION = re.compile(r"[a-z0-9-]{2,16}")


def u8(value: int) -> bytes:
    """One byte."""
    return value.to_bytes(1, "big")


def u16(value: int) -> bytes:
    """Two bytes, big-endian."""
    return value.to_bytes(2, "big")


def u32(value: int) -> bytes:
    """Four bytes, big-endian."""
    return value.to_bytes(4, "big")


def u64(value: int) -> bytes:
    """Eight bytes, big-endian."""
    return value.to_bytes(8, "big")


def number(text: str, most: int = 2**64 - 1) -> int:
    """Reads a decimal number without leading zeros, at most `most`."""
    if not _NUMBER.fullmatch(text) or len(text) > 20 or int(text) > most:
        raise Refused(f"number {text[:24]!r}, must be decimal, canonical and at most {most}")
    return int(text)


def base64_text(value: bytes) -> str:
    """RFC 4648 section 4, padded."""
    return base64.b64encode(value).decode("ascii")


def base64_bytes(text: str) -> bytes:
    """Reads canonical, padded Base64."""
    try:
        value = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Refused(f"Base64 not readable ({error})") from error
    if base64_text(value) != text:
        raise Refused("Base64 is not canonical")
    return value


def organisation_id(text: str) -> str:
    """An organisation's id as it is written, or a refusal."""
    if not _ORGANISATION.fullmatch(text):
        raise Refused(f"organisation {text!r}, must match [a-z0-9-]{{2,16}}")
    return text


def padded(organisation: str) -> bytes:
    """`org16`: the id's ASCII filled with zeros to 16 bytes."""
    return organisation_id(organisation).encode("ascii").ljust(16, b"\0")


def unpadded(value: bytes) -> str:
    """The id in an `org16`."""
    text = value.rstrip(b"\0")
    try:
        return organisation_id(text.decode("ascii"))
    except UnicodeDecodeError as error:
        raise Refused("organisation is not ASCII") from error


class Reader:
    """Takes bytes off the front; never past the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.position = 0

    @property
    def left(self) -> int:
        """How many bytes are not taken yet."""
        return len(self._data) - self.position

    def taken(self, count: int) -> bytes:
        """The first `count` bytes, already taken."""
        return self._data[: min(count, self.position)]

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        if count > self.left:
            raise Refused(f"{self.left} B left, must be at least {count}")
        self.position += count
        return self._data[self.position - count : self.position]

    def u8(self) -> int:
        """The next byte."""
        return self.take(1)[0]

    def u16(self) -> int:
        """The next two bytes."""
        return int.from_bytes(self.take(2), "big")

    def u32(self) -> int:
        """The next four bytes."""
        return int.from_bytes(self.take(4), "big")

    def u64(self) -> int:
        """The next eight bytes."""
        return int.from_bytes(self.take(8), "big")

    def end(self) -> None:
        """Refuses what lies behind the end."""
        if self.left:
            raise Refused(f"{self.left} B behind the end, must be none")
