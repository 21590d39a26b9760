"""The directory note and the roots file (section 10)."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .codec import base64_bytes, number, organisation_id
from .note import Note, VerifierKey
from .promise import date, promise_name
from .refusal import Refused

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_HEX = re.compile(r"[0-9a-f]{64}")
_PAGE_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class SealKey:
    """One epoch's sealing key."""

    public: bytes
    until: datetime.date


@dataclass(frozen=True)
class Organisation:
    """A receiving party."""

    id: str
    name: str
    seals: tuple[SealKey, ...]
    desks: tuple[VerifierKey, ...]
    batch: int
    escalation: tuple[str, int] | None

    def seal_on(self, day: datetime.date) -> SealKey:
        """The first epoch valid on a day."""
        for key in self.seals:
            if day <= key.until:
                return key
        raise Refused(f"no sealing key of {self.id!r} valid on {day}")


@dataclass(frozen=True)
class Directory:
    """The signed list of organisations and keys."""

    deployment: str
    serial: int
    issued: datetime.date
    expires: datetime.date
    logs: tuple[VerifierKey, ...]
    promises: tuple[VerifierKey, ...]
    shards: int
    work: int
    tree: bytes
    pages: dict[str, bytes]
    organisations: tuple[Organisation, ...]
    digest: bytes

    def organisation(self, wanted: str) -> Organisation:
        """An organisation by id."""
        for one in self.organisations:
            if one.id == wanted:
                return one
        raise Refused(f"organisation {wanted!r} is not in the directory")

    @staticmethod
    def verified(data: bytes, roots: "Roots", today: datetime.date) -> "Directory":
        """Reads a directory with enough root signatures that has not expired."""
        note = Note.read(data)
        roots.require(note)
        found = read_directory(note)
        if today > found.expires:
            raise Refused(f"directory expired on {found.expires}")
        return found


@dataclass(frozen=True)
class Roots:
    """The keys that sign directories, and how many must."""

    threshold: int
    keys: tuple[VerifierKey, ...]

    @staticmethod
    def read(text: str) -> "Roots":
        """Reads a roots file."""
        lines = text.split("\n")
        if lines.pop() != "" or not lines or not lines[0].startswith("threshold "):
            raise Refused("roots file is not a threshold and keys, a line each")
        keys = tuple(VerifierKey.read(line) for line in lines[1:])
        threshold = number(lines[0].removeprefix("threshold "))
        if not 1 <= threshold <= len(keys) or len({key.public for key in keys}) != len(keys):
            raise Refused("threshold or keys do not hold")
        return Roots(threshold, keys)

    def require(self, note: Note) -> None:
        """Refuses a note with fewer than the threshold of root signatures."""
        signed = sum(note.signed_by(key) for key in self.keys)
        if signed < self.threshold:
            raise Refused(f"{signed} root signatures, must be at least {self.threshold}")


class _Lines:
    """Lines taken one at a time by their first word."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = list(lines)

    @property
    def has_more(self) -> bool:
        return bool(self._lines)

    def next_is(self, word: str) -> bool:
        return bool(self._lines) and self._lines[0].startswith(word + " ")

    def take(self, word: str) -> str:
        if not self.next_is(word):
            found = self._lines[0].split(" ")[0] if self._lines else "end"
            raise Refused(f"line {found!r}, must be {word!r}")
        return self._lines.pop(0).removeprefix(word + " ")

    def take_some(self, word: str) -> list[str]:
        found = [self.take(word)]
        while self.next_is(word):
            found.append(self.take(word))
        return found


def read_directory(note: Note) -> Directory:
    """Reads a directory's lines; verifies nothing."""
    text = note.text.split("\n")
    if text.pop() != "" or text[0] != "sealedintake/v1/directory":
        raise Refused("first line is not sealedintake/v1/directory")
    lines = _Lines(text[1:])
    deployment = lines.take("deployment")
    if not _HOST.fullmatch(deployment):
        raise Refused(f"deployment {deployment!r}, must be a host name")
    serial = number(lines.take("serial"))
    issued, expires = date(lines.take("issued")), date(lines.take("expires"))
    logs = tuple(VerifierKey.read(one) for one in lines.take_some("log"))
    promises = tuple(VerifierKey.read(one) for one in lines.take_some("promise"))
    shards = number(lines.take("shards"), most=256)
    work = number(lines.take("work"), most=65_535)
    tree = _digest(lines.take("tree"))
    pages = dict(_page(lines.take("page")) for _ in iter(lambda: lines.next_is("page"), False))
    organisations = []
    while lines.has_more:
        organisations.append(_organisation(lines))
    if shards < 1 or work < 1 or not organisations:
        raise Refused("shards, work or organisations do not hold")
    _check_keys(logs, deployment)
    _check_keys(promises, promise_name(deployment))
    if len({one.id for one in organisations}) != len(organisations):
        raise Refused("organisation is listed twice")
    listed = tuple(organisations)
    keys = logs, promises
    return Directory(
        deployment, serial, issued, expires, *keys, shards, work, tree, pages, listed, note.digest
    )


def _check_keys(keys: Sequence[VerifierKey], name: str) -> None:
    """Each key of the server has this name and stands once."""
    if any(key.name != name for key in keys):
        raise Refused(f"key of another name, must be {name!r}")
    if len(set(keys)) != len(keys):
        raise Refused("key is listed twice")


def _digest(text: str) -> bytes:
    if not _HEX.fullmatch(text):
        raise Refused("digest is not 64 lower-case hex digits")
    return bytes.fromhex(text)


def _page(line: str) -> tuple[str, bytes]:
    language, _, digest = line.partition(" ")
    if not _PAGE_LANGUAGE.fullmatch(language):
        raise Refused(f"language {language!r} of a page")
    return language, _digest(digest)


def _organisation(lines: _Lines) -> Organisation:
    identifier, parting, name = lines.take("organisation").partition(" ")
    if not parting or not name:
        raise Refused("organisation has no name")
    seals = tuple(_seal(line) for line in lines.take_some("seal"))
    if [key.until for key in seals] != sorted({key.until for key in seals}):
        raise Refused("epochs are not earliest first")
    desks = tuple(VerifierKey.read(line) for line in lines.take_some("desk"))
    batch = number(lines.take("batch"))
    escalation = _escalation(lines.take("escalation"))
    if batch < 1:
        raise Refused("batch 0, must be at least 1")
    return Organisation(organisation_id(identifier), name, seals, desks, batch, escalation)


def _seal(line: str) -> SealKey:
    words = line.split(" ")
    if len(words) != 4 or words[0] != "1" or words[2] != "until":
        raise Refused("seal line is not `1 BASE64 until DATE`")
    public = base64_bytes(words[1])
    if len(public) != 32:
        raise Refused(f"sealing key of {len(public)} B, must be 32")
    return SealKey(public, date(words[3]))


def _escalation(line: str) -> tuple[str, int] | None:
    words = line.split(" ")
    if words == ["none"]:
        return None
    if len(words) != 3 or words[1] != "after":
        raise Refused("escalation line is not `ID after DAYS` or `none`")
    return organisation_id(words[0]), number(words[2])
