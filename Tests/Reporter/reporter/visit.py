"""A reporter: writes, seals, sends, finds and opens replies, and checks the states."""

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from .admission import admit_text
from .codec import u32, u64
from .directory import Organisation
from .drop import read_drop
from .envelope import seal_text
from .frame import REPORTER, Field, Kind, whole
from .keys import REPLIES, ThreadKeys, root_key, shard_byte
from .leaf import Leaf
from .opening import open_reply
from .primitives import seal, sha256
from .promise import Promise, promised_leaf
from .public import EPOCH, Public
from .refusal import Refused
from .release import Release
from .states import Answer, Message, answers, messages
from .submission import Submission
from .token import Token
from .transfer import OtherKeys
from .web import Server


@dataclass(frozen=True)
class Reply:
    """A reply that was admitted."""

    organisation: str
    number: int
    kind: int
    text: str
    day: datetime.date
    answers: bytes
    index: int
    other: str = ""


class Reporter:
    """One token; its keys are derived once."""

    def __init__(self, deployment: str, token: Token | None = None) -> None:
        self.token = token or Token.make()
        self.deployment = deployment
        self.root = root_key(self.token, deployment)

    def keys(self, organisation: str) -> ThreadKeys:
        """The keys for one organisation."""
        return ThreadKeys(self.root, organisation)

    @property
    def shard(self) -> int:
        """The shard byte."""
        return shard_byte(self.root)

    def fields(
        self,
        public: Public,
        organisation: str,
        text: str,
        slot: int,
        answers: str = "",
        language: str = "nl",
    ) -> dict[int, bytes]:
        """The fields that all kinds share, and a text where there is one; unsigned."""
        keys = self.keys(organisation)
        fields = {
            Field.ORGANISATION: organisation.encode(),
            Field.DIRECTORY_SERIAL: u64(public.directory.serial),
            Field.TREE: public.directory.tree,
            Field.THREAD_KEY: keys.thread[0],
            Field.REPLY_KEY: keys.reply[0],
            Field.TAG_KEY: seal(keys.tag_key, seal_key(public, organisation)),
            Field.NUMBER: u32(slot),
            Field.LANGUAGE: language.encode(),
            Field.SHARD: bytes([self.shard]),
        }
        if text:
            fields[Field.TEXT] = text.encode()
        if answers:
            fields[Field.ANSWERS] = answers.encode()
        return {int(field): value for field, value in fields.items()}

    def frame(self, kind: int, fields: dict[int, bytes]) -> bytes:
        """A whole frame signed by the thread of the organisation in field 1."""
        keys = self.keys(fields[Field.ORGANISATION].decode())
        return whole(REPORTER, kind, fields, "thread-sign", keys.thread[1])

    def sealed(self, public: Public, organisation: str, plain: bytes, slot: int) -> bytes:
        """The plaintext in an envelope to an organisation, escalation as its directory says."""
        keys, listed = self.keys(organisation), public.directory.organisation(organisation)
        if listed.escalation is None:
            return seal_text(plain, seal_key(public, organisation)).envelope
        other = seal_key(public, listed.escalation[0])
        return seal_text(plain, seal_key(public, organisation), other, keys.release(slot)).envelope

    def compose(
        self,
        public: Public,
        organisation: str,
        text: str,
        *,
        kind: int = Kind.REPORT,
        slot: int | None = None,
        answers: str = "",
    ) -> Submission:
        """A report or follow-up, sealed, ready to be sent."""
        admit_text(text.encode(), 10_000)
        slot = secrets.randbits(32) if slot is None else slot
        fields = self.fields(public, organisation, text, slot, answers)
        return self.submission(public, kind, fields)

    def consent(
        self, public: Public, organisation: str, to: str, text: str = "", slot: int | None = None
    ) -> Submission:
        """Yes to a transfer: kind 3 to the organisation that asked, with the keys for another."""
        admit_text(text.encode(), 1_000)
        slot = secrets.randbits(32) if slot is None else slot
        fields = self.fields(public, organisation, text, slot)
        keys = OtherKeys.of(self.keys(to), seal_key(public, to))
        return self.submission(public, Kind.CONSENT, fields | {14: keys.encoded})

    def release(
        self, public: Public, to: str, released: Release, text: str = "", slot: int | None = None
    ) -> Submission:
        """Opens one envelope to the escalation organisation: kind 6, under the keys for it."""
        admit_text(text.encode(), 1_000)
        slot = secrets.randbits(32) if slot is None else slot
        fields = self.fields(public, to, text, slot)
        return self.submission(public, Kind.RELEASE, fields | released.fields)

    def submission(self, public: Public, kind: int, fields: dict[int, bytes]) -> Submission:
        """Fields signed, sealed and stamped under the tag of their slot."""
        organisation = fields[Field.ORGANISATION].decode()
        slot = int.from_bytes(fields[Field.NUMBER], "big")
        envelope = self.sealed(public, organisation, self.frame(kind, fields), slot)
        tag = self.keys(organisation).tag_in(sha256(envelope), slot)
        given = public.challenge, public.tries(organisation)
        return Submission(organisation, tag, envelope).with_stamp(*given)

    def send(self, server: Server, public: Public, submission: Submission) -> Promise:
        """Posts; the promise must hold and name this very submission."""
        answer = server.post(submission.encoded)
        if answer.status != 201:
            raise AssertionError(f"submission: {answer.status} {answer.body[:300]!r}")
        promise = Promise.verified(answer.body, self.deployment, *public.directory.promises)
        if promise.leaf != promised_leaf(submission):
            raise Refused("promise names another leaf")
        return promise

    def drop(self, server: Server, public: Public) -> dict[bytes, bytes]:
        """The shard this token's replies lie in."""
        shard = self.shard % public.directory.shards
        return read_drop(server.get(f"/v1/drop/{shard:03}"))

    def replies(self, server: Server, public: Public) -> list[Reply]:
        """All replies to this token that lie in the drop, opened and admitted."""
        drop = self.drop(server, public)
        found = []
        for organisation in public.directory.organisations:
            for at in range(REPLIES):
                tag = self.keys(organisation.id).tag_out(at)
                if tag in drop:
                    found.append(self._open(public, organisation, at, drop[tag]))
        return found

    def _open(self, public: Public, organisation: Organisation, at: int, envelope: bytes) -> Reply:
        keys = self.keys(organisation.id)
        leaf = Leaf.reply(organisation.id, keys.tag_out(at), sha256(envelope)).encoded
        index = public.log.index(leaf)
        if index is None:
            raise Refused("reply in the drop has no type 2 leaf")
        frame = open_reply(organisation, keys, at, envelope)
        day = EPOCH + datetime.timedelta(days=int.from_bytes(frame.fields[Field.DAY], "big"))
        text = admit_text(frame.fields.get(Field.TEXT, b""), 3_000)
        answers = frame.fields[Field.ENVELOPE]
        other = frame.fields.get(Field.OTHER, b"").decode()
        return Reply(organisation.id, at, frame.kind, text, day, answers, index, other)

    def states(self, public: Public, organisation: str) -> dict[int, str]:
        """For each slot found in the log its state, as the log alone tells it."""
        found = messages(public, self.keys(organisation))
        return {one.slot: str(one.state) for one in found}

    def messages(
        self, public: Public, drop: Mapping[bytes, bytes] | None = None
    ) -> list[Message]:
        """All that this token wrote and the log has, at every organisation."""
        organisations = public.directory.organisations
        keys = [self.keys(each.id) for each in organisations]
        return [one for each in keys for one in messages(public, each, drop)]

    def answers(self, server: Server, public: Public) -> list[Answer]:
        """All replies to this token that the log names, with what became of each."""
        drop = self.drop(server, public)
        organisations = public.directory.organisations
        return [one for each in organisations for one in answers(public, self.keys(each.id), drop)]


def seal_key(public: Public, organisation: str) -> bytes:
    """The sealing key a sender uses at the server's hour."""
    today = EPOCH + datetime.timedelta(days=public.challenge.hour // 24)
    return public.directory.organisation(organisation).seal_on(today).public
