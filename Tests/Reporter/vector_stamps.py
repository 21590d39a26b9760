"""The cases of `stamp.json`, `submission.json` and `challenge.json`."""

from reporter.codec import padded, u8, u16, u32
from reporter.submission import (
    PARTS,
    Challenge,
    Stamp,
    Submission,
    challenge,
    find_nonces,
    limit,
    stamp_part,
    stamp_subject,
)
from vector_scene import Case, Draw

_HOUR = 494_000


def stamps() -> list[Case]:
    """Stamps that are worth what is asked, and that are not."""
    draw = Draw("stamp.json")
    key, ticket = draw.bytes(), draw.bytes(16)
    value, org16 = challenge(key, _HOUR), padded("nl-vi")
    subject = stamp_subject(org16, ticket)

    def case(name: str, nonces: tuple[int, ...], tries: int, is_worth: bool = True) -> Case:
        parts = [stamp_part(subject, at, one, value) for at, one in enumerate(nonces)]
        assert is_worth == (max(parts) <= limit(tries)), name
        return {"comment": name} | ({} if is_worth else {"refused": name}) | {
            "organisation": "nl-vi",
            "ticket": ticket.hex(),
            "hour": _HOUR,
            "key": key.hex(),
            "challenge": value.hex(),
            "subject": subject.hex(),
            "tries": tries,
            "nonces": list(nonces),
            "parts": [f"{one:016x}" for one in parts],
            "stamp": Stamp(_HOUR, ticket, nonces).encoded.hex(),
        }

    found = {tries: find_nonces(subject, value, tries) for tries in (1, 2, 16, 64)}
    good = found[64]
    parts = [stamp_part(subject, at, one, value) for at, one in enumerate(good)]
    most = (2**64 - 1) // max(parts)
    cases = [case(f"the first from 0, {one} tries", found[one], one) for one in found]
    cases += [
        case("large nonces", (2**32, 2**53 - 1, 7, 0), 1),
        case("at the limit", good, most),
        case("one try beyond the limit", good, most + 1, is_worth=False),
        case("parts in another order", good[::-1], 64, is_worth=False),
    ]
    for at in range(PARTS):
        bad = next(one for one in range(99) if stamp_part(subject, at, one, value) > limit(64))
        nonces = (*good[:at], bad, *good[at + 1 :])
        cases.append(case(f"part {at} is not worth it", nonces, 64, is_worth=False))
    return cases + _bound_otherwise(cases[3], good)


def _bound_otherwise(case: Case, nonces: tuple[int, ...]) -> list[Case]:
    """The same nonces for another organisation, ticket, challenge."""
    ticket, key = bytes.fromhex(case["ticket"]), bytes.fromhex(case["key"])
    other = ticket[:-1] + bytes([ticket[-1] ^ 1])
    bends = {
        "work of another organisation": ("helpdesk", ticket, _HOUR),
        "work of another ticket": ("nl-vi", other, _HOUR),
        "work of another hour": ("nl-vi", ticket, _HOUR + 1),
    }
    found = []
    for name, (organisation, ticket, hour) in bends.items():
        subject, value = stamp_subject(padded(organisation), ticket), challenge(key, hour)
        stamp = Stamp(hour, ticket, nonces)
        assert not stamp.is_worth(organisation, value, case["tries"]), name
        changed = {"organisation": organisation, "ticket": ticket.hex(), "hour": hour}
        changed |= {"challenge": value.hex(), "subject": subject.hex()}
        parts = [stamp_part(subject, at, one, value) for at, one in enumerate(nonces)]
        changed |= {"parts": [f"{one:016x}" for one in parts], "stamp": stamp.encoded.hex()}
        found.append(case | {"comment": name, "refused": name} | changed)
    return found


def submissions() -> list[Case]:
    """Bodies: the head of 92 bytes, and an envelope of which only the head is not zero."""
    draw = Draw("submission.json")
    nonces = (1, 2**53 - 1, 0, 2**32)
    stamp, tag = Stamp(_HOUR, draw.bytes(16), nonces), draw.bytes(16)
    text = b"SIE1" + bytes([1, 1, 2, 0]) + bytes(16_376)
    piece = b"SIE1" + bytes([1, 2, 0, 0]) + bytes(1_048_568)
    base = Submission("nl-vi", tag, text, stamp=stamp)
    good = {
        "text": base,
        "cover": Submission("helpdesk", tag, text, flags=1, stamp=stamp),
        "name of 16 letters": Submission("abcdefghijklmno9", tag, text, stamp=stamp),
        "piece": Submission("nl-vi", tag, piece, kind=2, stamp=stamp),
    }
    cases: list[Case] = [
        {
            "comment": name,
            **_short(one.encoded),
            "class": one.kind,
            "is_cover": one.flags == 1,
            "organisation": one.organisation,
            "tag": one.tag.hex(),
            "stamp": stamp.encoded.hex(),
            "hour": _HOUR,
            "ticket": stamp.ticket.hex(),
            "nonces": list(nonces),
        }
        for name, one in good.items()
    ]
    wrong = _bent(base.encoded)
    return cases + [
        {"comment": name, "refused": name, **_short(body)} for name, body in wrong.items()
    ]


def _bent(body: bytes) -> dict[str, bytes]:
    def put(at: int, *values: int) -> bytes:
        return body[:at] + bytes(values) + body[at + len(values) :]

    return {
        "another magic": put(3, 0x32),
        "class 0": put(4, 0),
        "class 3": put(4, 3),
        "class of a piece, length of a text": put(4, 2),
        "flags of 2": put(5, 2),
        "flags of 3": put(5, 3),
        "first reserved byte set": put(6, 1),
        "second reserved byte set": put(7, 1),
        "organisation in capitals": put(8, 0x4E),
        "organisation of no letters": put(8, *bytes(16)),
        "organisation of one letter": put(9, *bytes(15)),
        "a zero inside the organisation": put(10, 0),
        "envelope without its magic": put(92, 0),
        "envelope of another class": put(97, 3),
        "head of 52 bytes": body[:52] + body[92:],
        "cut by a byte": body[:-1],
        "a byte too many": body + b"\0",
        "cut inside the stamp": body[:91],
        "nothing": b"",
    }


def _short(body: bytes) -> Case:
    return {"size": len(body), "body": body.rstrip(b"\0").hex()}


def challenges() -> list[Case]:
    """Answers that are taken, refused, and refused beside a directory."""
    draw = Draw("challenge.json")
    value = draw.bytes(16)

    def answer(flags: int, *tries: int, many: int | None = None) -> bytes:
        count = len(tries) if many is None else many
        asked = b"".join(u16(one) for one in tries)
        return u32(_HOUR) + u8(flags) + u8(count) + value + asked

    whole = answer(2, 256, 1_024, 65_535)
    good = {
        "three organisations": (whole, 65_535),
        "one organisation, nothing can be taken": (answer(3, 256), 256),
        "the least there is": (answer(0, 1), 1),
        "255 organisations": (answer(2, *range(1, 256)), 255),
    }
    cases: list[Case] = []
    for name, (data, work) in good.items():
        found = Challenge.read(data)
        cases.append(
            {
                "comment": name,
                "data": data.hex(),
                "organisations": len(found.tries),
                "work": work,
                "hour": found.hour,
                "is_closed": found.flags & 1 == 1,
                "are_pieces_closed": found.flags & 2 == 2,
                "challenge": value.hex(),
                "tries": list(found.tries),
            }
        )
    wrong = {
        "flags of 4": answer(4, 256),
        "flags of 128": answer(128, 256),
        "cut by a byte": whole[:-1],
        "a byte too many": whole + b"\0",
        "number of one too many": answer(2, 256, 256, many=3),
        "number of one too few": answer(2, 256, 256, many=1),
        "the 24 bytes of before": u32(_HOUR) + bytes(4) + value,
        "nothing": b"",
    }
    cases += [
        {"comment": name, "refused": name, "data": data.hex()} for name, data in wrong.items()
    ]
    beside = {
        "work for one too few": (answer(2, 256, 256), 3, 65_535),
        "work for one too many": (answer(2, 256, 256), 1, 65_535),
        "no work at all": (answer(2, 256, 0), 2, 65_535),
        "one try more than the directory's work": (answer(2, 256, 257), 2, 256),
        "work for nobody": (answer(2), 1, 65_535),
    }
    return cases + [
        {
            "comment": name,
            "refused": name,
            "refused_with_directory": True,
            "data": data.hex(),
            "organisations": many,
            "work": work,
        }
        for name, (data, many, work) in beside.items()
    ]
