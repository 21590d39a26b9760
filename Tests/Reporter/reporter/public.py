"""What everybody can see, fetched and verified as a visit does (sections 8, 9, 10)."""

import datetime
from dataclasses import dataclass

from .codec import Reader
from .directory import Directory, Roots
from .leaf import Leaf, LeafType
from .month import MonthFile, joined
from .note import Checkpoint, VerifierKey
from .primitives import sha256
from .refusal import Refused
from .submission import Challenge
from .web import Server

EPOCH = datetime.date(1970, 1, 1)


def day_number(day: datetime.date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


@dataclass(frozen=True)
class Public:
    """Directory, challenge, checkpoints and the newest months, all verified together."""

    directory: Directory
    challenge: Challenge
    checkpoint: Checkpoint
    cosigned: dict[str, tuple[Checkpoint, int]]
    log: MonthFile

    @property
    def log_key(self) -> VerifierKey:
        """The log key that signed the newest checkpoint."""
        for key in self.directory.logs:
            if self.checkpoint.note.signed_by(key):
                return key
        raise Refused("no log key of the directory signed the checkpoint")

    @property
    def leaves(self) -> list[Leaf]:
        """The leaves of the months."""
        return self.log.read_leaves()

    def tries(self, organisation: str) -> int:
        """What a stamp of the challenge's hour is asked for an organisation."""
        ids = [one.id for one in self.directory.organisations]
        return self.challenge.tries[ids.index(organisation)]

    def acknowledged(self, organisation: str) -> int:
        """The newest size an organisation cosigned."""
        found = self.cosigned.get(organisation)
        return found[0].size if found else 0


def fetch(server: Server, roots: Roots, today: datetime.date, months: int = 2) -> Public:
    """Fetches in a visit's order and verifies everything against the roots alone.

    A visit takes this month and the last; more on request, when somebody looks further back.
    """
    directory = Directory.verified(server.get("/v1/directory"), roots, today)
    if sha256(server.get("/v1/tree")) != directory.tree:
        raise Refused("the decision tree is another than the directory's")
    asked = Challenge.read(server.get("/v1/challenge"))
    asked.require(len(directory.organisations), directory.work)
    notes = checkpoint_list(server.get("/v1/log/checkpoint"))
    names = _names(today, months)
    files = [MonthFile.read(server.get(f"/v1/log/{one}")) for one in names]
    for name, file in zip(names, files, strict=True):
        _check_whole(name, file, may_be_empty=name == names[-1])
    log = joined(files)
    if len(notes) != 1 + len(directory.organisations) or notes[0] is None:
        raise Refused("checkpoint list has not one entry for the log and each organisation")
    newest = _checkpoint(notes[0], directory)
    if log.size != newest.size or log.tree().root != newest.root:
        raise Refused("months do not give the checkpoint's size and root")
    cosigned = {}
    for organisation, data in zip(directory.organisations, notes[1:], strict=True):
        if data is not None:
            cosigned[organisation.id] = _cosigned(data, directory, organisation.id, log)
    found = Public(directory, asked, newest, cosigned, log)
    _check_time(found)
    _check_acknowledgements(found)
    return found


def _names(today: datetime.date, count: int) -> list[str]:
    """So many months up to this one, earliest first."""
    at = today.year * 12 + today.month - 1
    return [f"{one // 12:04}-{one % 12 + 1:02}" for one in range(at - count + 1, at + 1)]


def checkpoint_list(data: bytes) -> list[bytes | None]:
    """`(u32 length ‖ note)*`; length 0 is nothing yet."""
    reader = Reader(data)
    found: list[bytes | None] = []
    while reader.left:
        length = reader.u32()
        found.append(reader.take(length) if length else None)
    return found


def _checkpoint(data: bytes, directory: Directory) -> Checkpoint:
    found = Checkpoint.read(data)
    if found.origin != directory.deployment:
        raise Refused("checkpoint's origin is not the deployment")
    if not any(found.note.signed_by(key) for key in directory.logs):
        raise Refused("checkpoint is not signed by the log")
    return found


def _cosigned(
    data: bytes, directory: Directory, organisation: str, log: MonthFile
) -> tuple[Checkpoint, int]:
    found = _checkpoint(data, directory)
    desks = directory.organisation(organisation).desks
    times = [time for desk in desks if (time := found.note.cosigned_by(desk)) is not None]
    if not times:
        raise Refused(f"checkpoint is not cosigned by {organisation!r}")
    if any(desk.name != f"{organisation}.{directory.deployment}" for desk in desks):
        raise Refused("desk's name is not organisation.deployment")
    if found.size >= log.first and log.tree(found.size).root != found.root:
        raise Refused("cosigned checkpoint is of another tree")
    return found, max(times) // 86_400


def _check_whole(name: str, file: MonthFile, may_be_empty: bool) -> None:
    """All leaves of that month, from its first on: every day is closed."""
    leaves = file.read_leaves()
    closed = [leaf for leaf in leaves if leaf.type == LeafType.DAY_END]
    days = [EPOCH + datetime.timedelta(days=int.from_bytes(one.tag[:4], "big")) for one in closed]
    if any(f"{day:%Y-%m}" != name for day in days):
        raise Refused(f"month {name} holds a day of another month")
    if file.first == 0 or (not leaves and may_be_empty):
        return
    if not leaves or leaves[0].type != LeafType.DIRECTORY or not days or days[0].day != 1:
        raise Refused(f"month {name} is shown without its beginning")


def _check_time(found: Public) -> None:
    """The directory is not older than the log's, the hour not before the newest closed day."""
    directories = [leaf for leaf in found.leaves if leaf.type == LeafType.DIRECTORY]
    if directories:
        serial = int.from_bytes(directories[-1].tag[:8], "big")
        if found.directory.serial < serial:
            raise Refused(f"directory {found.directory.serial} is older than the log's {serial}")
        if found.directory.serial == serial and found.directory.digest != directories[-1].digest:
            raise Refused("directory is another than the log's of the same serial")
    days = [int.from_bytes(leaf.tag[:4], "big") for leaf in found.leaves if leaf.type == 6]
    if days and found.challenge.hour // 24 < max(days):
        raise Refused("server's hour is before the newest closed day")


def _check_acknowledgements(found: Public) -> None:
    """A type 7 leaf is of this very tree and stands behind what it names."""
    for at, leaf in enumerate(found.leaves, start=found.log.first):
        if leaf.type != LeafType.ACKNOWLEDGEMENT:
            continue
        size = int.from_bytes(leaf.tag[:8], "big")
        if size > at:
            raise Refused(f"acknowledgement of {size} leaves stands at {at}")
        if size >= found.log.first:
            text = Checkpoint.text(found.checkpoint.origin, size, found.log.tree(size).root)
            if sha256(text.encode()) != leaf.digest:
                raise Refused("acknowledgement is of another tree")
