"""Makes those of `Tests/Vectors` that this implementation can make.

    .venv/bin/python Tests/Reporter/make_vectors.py

Everything random is drawn from a seed, so the files can be made again to the byte.
"""

from collections.abc import Callable
from pathlib import Path

from reporter.codec import u32
from reporter.envelope import EnvelopeClass
from reporter.frame import END, REPORTER, Field, Frame, Kind, unsigned, whole
from reporter.keys import ThreadKeys
from reporter.primitives import sha256
from reporter.release import Release
from reporter.transfer import transferred_frame
from vector_contradictions import contradictions
from vector_scene import Case, Fields, Scene, written
from vector_wire import PLAIN, plain_file

VECTORS = Path(__file__).resolve().parents[1] / "Vectors"


def transferred(plain: bytes) -> bytes:
    """A frame as fields 22 and 23 carry it."""
    return Frame.read(plain.ljust(EnvelopeClass.TEXT.plain, b"\0"), REPORTER).transferred


def consents(scene: Scene) -> list[Case]:
    """Kind 3 at nl-vi, for the helpdesk."""
    slot = 3_735_928_559
    fields = scene.fields("nl-vi", slot, "Ja, dat mag.") | {14: scene.other_keys("helpdesk")}
    base = {"kind": 3, **scene.held("nl-vi"), **scene.tagged("nl-vi", slot)}

    def bent(changes: Fields, left_out: int = 0) -> bytes:
        found = {field: value for field, value in (fields | changes).items() if field != left_out}
        return scene.frame(Kind.CONSENT, found)

    good = scene.frame(Kind.CONSENT, fields)
    envelope = scene.text(good, "nl-vi", "helpdesk", scene.keys("nl-vi").release(slot))
    other = scene.held("helpdesk")
    keys = {f"other_{name}": value for name, value in scene.thread("helpdesk").items()}
    cases: list[Case] = [
        {
            "comment": "consent",
            **base,
            **scene.thread("nl-vi"),
            **scene.tagged("nl-vi", slot, envelope),
            "text": "Ja, dat mag.",
            "other": "helpdesk",
            "other_seal_public": other["seal_public"],
            "other_seal_secret": other["seal_secret"],
            **keys,
            "frame": good.hex(),
            "envelope": envelope.hex(),
        },
        {
            "comment": "consent without words",
            **base,
            **scene.thread("nl-vi"),
            "text": "",
            "other": "helpdesk",
            **keys,
            "frame": bent({}, left_out=10).hex(),
        },
    ]
    cut = fields[14][:-1]
    wrong = {
        "no keys for another organisation": bent({}, left_out=14),
        "keys cut by a byte": bent({14: cut}),
        "keys with a byte too many": bent({14: fields[14] + b"\0"}),
        "name of another length than it says": bent({14: b"\x09" + fields[14][1:]}),
        "organisation in capitals": bent({14: fields[14].replace(b"helpdesk", b"Helpdesk")}),
        "1,001 bytes of text": bent({10: b"a" * 1001}),
        "answers, which a consent has not": bent({9: b"rol=leerling\n"}),
        "signed by another thread": scene.frame(Kind.CONSENT, fields, scene.other_root),
        "signed as a desk": whole(
            REPORTER, Kind.CONSENT, fields, "desk-sign", scene.keys("nl-vi").thread[1]
        ),
        "not signed": unsigned(REPORTER, Kind.CONSENT, fields) + END,
    }
    return cases + _refused(base, wrong) + _under_other_tags(scene, base, good, envelope, slot)


def _under_other_tags(
    scene: Scene, base: Case, plain: bytes, envelope: bytes, slot: int
) -> list[Case]:
    """A good consent in leaves whose tag is not that of its envelope in its slot."""
    keys, digest = scene.keys("nl-vi"), sha256(envelope)
    other = sha256(scene.filler("nl-vi", "helpdesk"))
    tags = {
        "tag of another envelope": keys.tag_in(other, slot),
        "tag of another slot": keys.tag_in(digest, slot ^ 1),
        "tag of another thread": ThreadKeys(scene.other_root, "nl-vi").tag_in(digest, slot),
        "tag with its slot in the clear": keys.tag_in(digest, 0)[:12] + u32(slot),
    }
    sent = {"envelope_sha256": digest.hex(), "frame": plain.hex(), "envelope": envelope.hex()}
    return [
        {"comment": name, "refused": name, **base, **sent, "tag": tag.hex()}
        for name, tag in tags.items()
    ]


def transfers(scene: Scene) -> list[Case]:
    """Kind 5 from nl-vi to the helpdesk."""
    told = scene.fields("nl-vi", 17, "Vertel het maar \u00e9\u00e9n keer.")
    message = transferred(scene.frame(Kind.REPORT, told))
    desk = scene.desks["nl-vi"]
    base = {
        "kind": 5,
        **scene.held("helpdesk"),
        "from": "nl-vi",
        "desk_public": desk[0].hex(),
    }

    def consent(to: str, at: str = "nl-vi", reply: bytes | None = None) -> bytes:
        fields = scene.fields(at, 18) | {14: scene.other_keys(to, reply)}
        return transferred(scene.frame(Kind.CONSENT, fields))

    yes = consent("helpdesk")
    stranger = scene.fields("nl-vi", 18) | {14: scene.other_keys("helpdesk")}
    keys = ThreadKeys(scene.other_root, "nl-vi")
    stranger |= {4: keys.thread[0], 5: keys.reply[0]}
    foreign = transferred(scene.frame(Kind.CONSENT, stranger, scene.other_root))

    def carried(one: bytes, other: bytes, to: str = "helpdesk", by: str = "nl-vi") -> bytes:
        return transferred_frame(to, one, other, scene.desks[by][1])

    good = carried(message, yes)
    ours = scene.other_keys("helpdesk")
    named = scene.fields("nl-vi", 18) | {14: b"\x06nl-ocw" + ours[-144:]}
    wrong = {
        "consent for another organisation": carried(message, consent("nl-ocw")),
        "consent names another, keys are ours": carried(
            message, transferred(scene.frame(Kind.CONSENT, named))
        ),
        "consent of another reporter": carried(message, foreign),
        "consent given at another organisation": carried(message, consent("helpdesk", "nl-ocw")),
        "a report in place of the consent": carried(message, message),
        "a consent in place of the message": carried(yes, yes),
        "text changed by the desk": carried(message.replace(b"Vertel", b"Verhul"), yes),
        "message cut by a byte": carried(message[:-1], yes),
        "message with an end field": carried(message + END, yes),
        "handed on to another organisation": carried(message, yes, to="nl-ocw"),
        "reply key of low order": carried(message, consent("helpdesk", reply=bytes(32))),
        "signed by another desk": carried(message, yes, by="nl-ocw"),
        "signed as a thread": whole(
            REPORTER,
            Kind.TRANSFERRED,
            {1: b"helpdesk", 22: message, 23: yes},
            "thread-sign",
            desk[1],
        ),
    }
    first: Case = {
        "comment": "transferred",
        **base,
        **scene.thread("helpdesk"),
        "text": told[Field.TEXT].decode(),
        "message": message.hex(),
        "consent": yes.hex(),
        "frame": good.hex(),
        "envelope": scene.text(good, "helpdesk").hex(),
    }
    return [first, *_refused(base, wrong)]


def releases(scene: Scene) -> list[Case]:
    """Kind 6 at the helpdesk, which opens an envelope written to nl-vi."""
    source = scene.keys("nl-vi")
    first, slot = 4_096, 2_500_000_001
    told = scene.fields("nl-vi", first, "Niemand haalt het op.")
    report = scene.text(
        scene.frame(Kind.REPORT, told), "nl-vi", "helpdesk", source.release(first)
    )
    fields = scene.fields("helpdesk", slot, "Geef maar door.")
    base = {"kind": 6, **scene.held("helpdesk"), **scene.tagged("helpdesk", slot)}
    released = Release.of(source, first, sha256(report))

    def frame(changes: Fields | None = None, left_out: int = 0) -> bytes:
        found = fields | released.fields | (changes or {})
        return scene.frame(Kind.RELEASE, {one: found[one] for one in found if one != left_out})

    def forged(plain: bytes, slot: int) -> Case:
        envelope = scene.text(plain, "nl-vi", "helpdesk", source.release(slot))
        opening = Release.of(source, slot, sha256(envelope))
        return {"frame": frame(opening.fields).hex(), "released": envelope.hex()}

    good = frame()
    envelope = scene.text(good, "helpdesk")
    cases: list[Case] = [
        {
            "comment": "release",
            **base,
            **scene.thread("helpdesk"),
            **scene.tagged("helpdesk", slot, envelope),
            "text": "Geef maar door.",
            "from": "nl-vi",
            "release": source.release(first).hex(),
            "released": report.hex(),
            "released_sha256": sha256(report).hex(),
            "released_text": "Niemand haalt het op.",
            "frame": good.hex(),
            "envelope": envelope.hex(),
        }
    ]
    stolen = scene.frame(Kind.REPORT, told, scene.other_root)
    wrong = {
        "no opening": frame(left_out=15),
        "opening cut by a byte": frame({15: source.release(first)[:-1]}),
        "no envelope named": frame(left_out=8),
        "no organisation named": frame(left_out=21),
        "1,001 bytes of text": frame({10: b"a" * 1001}),
    }
    opens: dict[str, Case] = {
        "opening of another slot": {
            "frame": frame({15: source.release(first + 1)}).hex(),
            "released": report.hex(),
        },
        "released from another organisation": {
            "frame": frame({21: b"nl-ocw"}).hex(),
            "released": report.hex(),
        },
        "what is inside is signed by another": forged(stolen, 35),
    }
    cases += _refused(base, wrong)
    return cases + [
        {"comment": name, "refused": name, "refused_when_opened": True, **base, **one}
        for name, one in opens.items()
    ]


def _refused(base: Case, wrong: dict[str, bytes]) -> list[Case]:
    return [
        {"comment": name, "refused": name, **base, "frame": plain.hex()}
        for name, plain in wrong.items()
    ]


def contradiction_file() -> str:
    """`contradiction.json`."""
    about = "Files that prove to whoever knows the log's key that it signed two logs."
    return written(about, contradictions())


def transfer_file() -> str:
    """`transfer.json`."""
    scene = Scene()
    makers: list[Callable[[Scene], list[Case]]] = [consents, transfers, releases]
    about = (
        "Consents (kind 3), transferred messages (5) and releases (6) as their reader gets them; "
        "`frame` has its trailing zeros left off, the plaintext has 16,168 bytes. "
        "`refused_when_opened`: the release is admitted, what it opens is not."
    )
    return written(about, [case for maker in makers for case in maker(scene)])


if __name__ == "__main__":
    (VECTORS / "transfer.json").write_text(transfer_file(), "utf-8")
    (VECTORS / "contradiction.json").write_text(contradiction_file(), "utf-8")
    for one in PLAIN:
        (VECTORS / f"{one}.json").write_text(plain_file(one), "utf-8")
