"""C2SP signed notes, verifier keys and cosignatures (sections 1 and 8)."""

from dataclasses import dataclass, field

from .codec import base64_bytes, base64_text, number, u8, u32, u64
from .primitives import KeyPair, sha256, sign, sign_pair, verifies
from .refusal import Refused

SIGNATURE = 0x01
COSIGNATURE = 0x04
_DASH = "\u2014 "


def key_hash(name: str, kind: int, public: bytes) -> bytes:
    """The 4 bytes that stand before a signature of this key."""
    return sha256(name.encode() + b"\n" + u8(kind) + public)[:4]


@dataclass(frozen=True)
class VerifierKey:
    """A name and an Ed25519 public key; written as a vkey of type 0x01."""

    name: str
    public: bytes

    @staticmethod
    def read(text: str) -> "VerifierKey":
        """Reads `name+hash+base64(type ‖ key)`."""
        parts = text.split("+", 2)
        if len(parts) != 3 or not parts[0] or any(letter.isspace() for letter in text):
            raise Refused("vkey is not name+hash+key")
        body = base64_bytes(parts[2])
        if len(body) != 33 or body[0] != SIGNATURE:
            raise Refused("vkey is not an Ed25519 key of type 0x01")
        if key_hash(parts[0], SIGNATURE, body[1:]).hex() != parts[1]:
            raise Refused("vkey's hash does not match its key")
        return VerifierKey(parts[0], body[1:])

    @property
    def text(self) -> str:
        """The vkey."""
        hashed = key_hash(self.name, SIGNATURE, self.public).hex()
        return f"{self.name}+{hashed}+{base64_text(u8(SIGNATURE) + self.public)}"


@dataclass(frozen=True)
class Signer:
    """A named Ed25519 key pair that signs and cosigns notes."""

    name: str
    pair: KeyPair = field(repr=False)

    @staticmethod
    def make(name: str, seed: bytes) -> "Signer":
        """A signer from a 32-byte seed."""
        return Signer(name, sign_pair(seed))

    @property
    def key(self) -> VerifierKey:
        """What verifies it."""
        return VerifierKey(self.name, self.pair[0])

    def line(self, text: str) -> str:
        """A signature line over a note's text."""
        body = key_hash(self.name, SIGNATURE, self.pair[0]) + sign(text.encode(), self.pair[1])
        return f"{_DASH}{self.name} {base64_text(body)}\n"

    def cosignature_line(self, text: str, seconds: int) -> str:
        """A cosignature line (type 0x04) at a time in Unix seconds."""
        signed = cosigned_message(text, seconds)
        body = key_hash(self.name, COSIGNATURE, self.pair[0]) + u64(seconds)
        return f"{_DASH}{self.name} {base64_text(body + sign(signed, self.pair[1]))}\n"

    def note(self, text: str) -> bytes:
        """A whole note with this one signature."""
        return (text + "\n" + self.line(text)).encode()


def cosigned_message(text: str, seconds: int) -> bytes:
    """What a cosignature covers."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


@dataclass(frozen=True)
class SignatureLine:
    """One line of the signature block."""

    name: str
    hash: bytes
    body: bytes


@dataclass(frozen=True)
class Note:
    """A note's text (its last LF counted) and its signature lines, not verified yet."""

    text: str
    lines: tuple[SignatureLine, ...]

    @staticmethod
    def read(data: bytes) -> "Note":
        """Takes text and signature block apart."""
        try:
            whole = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Refused("note is not UTF-8") from error
        if any(ord(letter) < 0x20 and letter != "\n" for letter in whole):
            raise Refused("note holds a control character")
        text, parting, block = whole.rpartition("\n\n")
        if not parting or not block.endswith("\n"):
            raise Refused("note has no signature block")
        lines = tuple(_signature_line(line) for line in block[:-1].split("\n"))
        return Note(text + "\n", lines)

    @property
    def digest(self) -> bytes:
        """SHA-256 of the text without the signature block."""
        return sha256(self.text.encode())

    def signed_by(self, key: VerifierKey) -> bool:
        """Whether the key signed; a bad signature of the key refuses the note."""
        wanted = key_hash(key.name, SIGNATURE, key.public)
        found = [line for line in self.lines if line.name == key.name and line.hash == wanted]
        for line in found:
            if len(line.body) != 64 or not verifies(self.text.encode(), line.body, key.public):
                raise Refused(f"signature of {key.name!r} does not hold")
        return bool(found)

    def cosigned_by(self, key: VerifierKey) -> int | None:
        """The time of the key's cosignature in Unix seconds, or nothing; a bad one refuses."""
        wanted = key_hash(key.name, COSIGNATURE, key.public)
        times = []
        for line in self.lines:
            if line.name != key.name or line.hash != wanted:
                continue
            seconds = int.from_bytes(line.body[:8], "big")
            message = cosigned_message(self.text, seconds)
            if len(line.body) != 72 or not verifies(message, line.body[8:], key.public):
                raise Refused(f"cosignature of {key.name!r} does not hold")
            if seconds % 86_400:
                raise Refused(f"cosignature time {seconds}, must be floored to the day")
            times.append(seconds)
        return max(times, default=None)

    def require(self, key: VerifierKey) -> "Note":
        """This note, if the key signed it."""
        if not self.signed_by(key):
            raise Refused(f"no signature of {key.name!r}")
        return self


def _signature_line(line: str) -> SignatureLine:
    name, parting, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not parting or not name or "+" in name:
        raise Refused("signature line is not dash, name, signature")
    body = base64_bytes(encoded)
    if len(body) < 5:
        raise Refused("signature is too short")
    return SignatureLine(name, body[:4], body[4:])


def framed(note: bytes) -> bytes:
    """`u32 length ‖ note`, as lists and bundles carry notes."""
    return u32(len(note)) + note


@dataclass(frozen=True)
class Checkpoint:
    """A tlog-checkpoint: origin, size and root (section 8)."""

    origin: str
    size: int
    root: bytes
    note: Note

    @staticmethod
    def read(data: bytes) -> "Checkpoint":
        """Reads the note and its three lines; verifies nothing."""
        note = Note.read(data)
        lines = note.text.split("\n")
        if len(lines) != 4 or lines[3] != "":
            raise Refused("checkpoint has other than three lines")
        root = base64_bytes(lines[2])
        if len(root) != 32 or not lines[0]:
            raise Refused("checkpoint's root is not 32 B or its origin is empty")
        return Checkpoint(lines[0], number(lines[1]), root, note)

    @staticmethod
    def verified(data: bytes, log: VerifierKey) -> "Checkpoint":
        """Reads and verifies: the log key signed, and its name is the origin."""
        found = Checkpoint.read(data)
        found.note.require(log)
        if found.origin != log.name:
            raise Refused(f"origin {found.origin!r}, must be {log.name!r}")
        return found

    @staticmethod
    def text(origin: str, size: int, root: bytes) -> str:
        """The three lines."""
        return f"{origin}\n{size}\n{base64_text(root)}\n"
