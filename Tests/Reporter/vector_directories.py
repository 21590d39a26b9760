"""The cases of `promise.json` and `directory.json`."""

from reporter.codec import base64_text, padded
from reporter.directory import read_directory
from reporter.note import Note, Signer, VerifierKey
from reporter.primitives import box_pair
from reporter.promise import promise_name
from vector_scene import DEPLOYMENT, Case, Draw

_ELSEWHERE = "elders.example"


def promises() -> list[Case]:
    """Promises of a text and a cover, and notes that are none."""
    draw = Draw("promise.json")
    log = Signer.make(DEPLOYMENT, draw.bytes())
    older, newer = (Signer.make(promise_name(DEPLOYMENT), draw.bytes()) for _ in range(2))
    elsewhere = Signer.make(promise_name(_ELSEWHERE), draw.bytes())
    leaf = b"\1" + padded("nl-vi") + draw.bytes(16) + draw.bytes()
    listed = [older.key.text, newer.key.text]
    base: Case = {"origin": DEPLOYMENT, "log_vkey": log.key.text}

    def note(by: Signer = newer, **changes: str | bytes) -> bytes:
        return by.note(_promise(**{"leaf": leaf} | changes))

    good = {
        "text": (note(), leaf),
        "signed by the older key": (note(older), leaf),
        "cover": (note(leaf=bytes(65)), bytes(65)),
        "signed by a key nobody knows too": (note() + log.line(_promise(leaf)).encode(), leaf),
    }
    cases: list[Case] = [
        {
            "comment": name,
            **base,
            "promise_vkeys": listed,
            "text": data.decode(),
            "day": "2026-03-10",
            "leaf": promised.hex(),
        }
        for name, (data, promised) in good.items()
    ]
    swapped = VerifierKey(promise_name(_ELSEWHERE), newer.pair[0])
    wrong: dict[str, tuple[bytes, list[str]]] = {
        "signed by the log key": (note(log), listed),
        "signed by another deployment's promise key": (note(elsewhere), listed),
        "another name for the same key": (note(), [swapped.text]),
        "of another origin": (note(origin=_ELSEWHERE), listed),
        "not signed by any that is listed": (note(), [older.key.text]),
        "changed after signing": (note().replace(b"03-10", b"03-11"), listed),
        "another first line": (note(first="sealedintake/v1/promises"), listed),
        "leaf of 64 bytes": (note(leaf=leaf[:-1]), listed),
        "leaf of 66 bytes": (note(leaf=leaf + b"\0"), listed),
        "a day that is none": (note(day="2026-02-30"), listed),
        "a day in another form": (note(day="2026-3-10"), listed),
        "a fifth line": (newer.note(_promise(leaf) + "more\n"), listed),
        "three lines": (newer.note(_promise(leaf).rsplit("\n", 2)[0] + "\n"), listed),
    }
    return cases + [
        {
            "comment": name,
            "refused": name,
            **base,
            "promise_vkeys": keys,
            "text": data.decode(),
        }
        for name, (data, keys) in wrong.items()
    ]


def _promise(
    leaf: bytes,
    first: str = "sealedintake/v1/promise",
    origin: str = DEPLOYMENT,
    day: str = "2026-03-10",
) -> str:
    return "".join(line + "\n" for line in (first, origin, day, base64_text(leaf)))


def directories() -> list[Case]:
    """Directories as section 10 has them, and some that are not."""
    draw = Draw("directory.json")
    root = Signer.make("root.example", draw.bytes())
    log = Signer.make(DEPLOYMENT, draw.bytes())
    one, two = (Signer.make(promise_name(DEPLOYMENT), draw.bytes()) for _ in range(2))
    lines = _lines(draw, log, one)
    promise = f"promise {one.key.text}"
    at, work = lines.index(promise), lines.index("work 4096")
    longer = [*lines[: at + 1], f"promise {two.key.text}", *lines[at + 1 :]]
    good = {
        "one promise key": lines,
        "two promise keys": longer,
        "the least work": _put(lines, work, "work 1"),
        "the most work": _put(lines, work, "work 65535"),
    }
    cases = [_directory(name, root, found) for name, found in good.items()]
    other = Signer.make(promise_name(_ELSEWHERE), draw.bytes()).key.text
    unnamed = VerifierKey(DEPLOYMENT, one.pair[0]).text
    wrong = {
        "no promise key": lines[:at] + lines[at + 1 :],
        "promise before log": _swapped(lines, at - 1, at),
        "promise after shards": _swapped(lines, at, at + 1),
        "a second promise key after shards": [*lines[: at + 2], promise, *lines[at + 2 :]],
        "the same promise key twice": [*lines[:at], promise, *lines[at:]],
        "promise key of another deployment": _put(lines, at, f"promise {other}"),
        "promise key under the log's name": _put(lines, at, f"promise {unnamed}"),
        "log key under the promise's name": _put(lines, at - 1, f"log {one.key.text}"),
        "promise key that is none": _put(lines, at, "promise x"),
        "promise of no key": _put(lines, at, "promise "),
        "no work": lines[:work] + lines[work + 1 :],
        "work before shards": _swapped(lines, work - 1, work),
        "work after tree": _swapped(lines, work, work + 1),
        "work twice": [*lines[:work], "work 4096", *lines[work:]],
    }
    for number in ("0", "65536", "04096", "+1", "1.5", "", "18446744073709551617"):
        wrong[f"work {number!r}"] = _put(lines, work, f"work {number}")
    return cases + [
        {
            "comment": name,
            "refused": name,
            "root_vkey": root.key.text,
            "deployment": DEPLOYMENT,
            "text": root.note("".join(line + "\n" for line in found)).decode(),
        }
        for name, found in wrong.items()
    ]


def _lines(draw: Draw, log: Signer, promise: Signer) -> list[str]:
    """A whole directory of two organisations."""
    found = [
        "sealedintake/v1/directory",
        f"deployment {DEPLOYMENT}",
        "serial 7",
        "issued 2026-03-01",
        "expires 2027-03-01",
        f"log {log.key.text}",
        f"promise {promise.key.text}",
        "shards 4",
        "work 4096",
        f"tree {draw.bytes().hex()}",
        f"page nl {draw.bytes().hex()}",
    ]
    for name, escalation in (("nl-vi", "helpdesk after 14"), ("helpdesk", "none")):
        desk = Signer.make(f"{name}.{DEPLOYMENT}", draw.bytes())
        found += [
            f"organisation {name} De {name}",
            f"seal 1 {base64_text(box_pair(draw.bytes())[0])} until 2027-06-30",
            f"desk {desk.key.text}",
            "batch 4",
            f"escalation {escalation}",
        ]
    return found


def _put(lines: list[str], at: int, line: str) -> list[str]:
    return [*lines[:at], line, *lines[at + 1 :]]


def _swapped(lines: list[str], one: int, other: int) -> list[str]:
    found = list(lines)
    found[one], found[other] = found[other], found[one]
    return found


def _directory(name: str, root: Signer, lines: list[str]) -> Case:
    data = root.note("".join(line + "\n" for line in lines))
    found = read_directory(Note.read(data))
    return {
        "comment": name,
        "root_vkey": root.key.text,
        "deployment": found.deployment,
        "text": data.decode(),
        "sha256": found.digest.hex(),
        "serial": found.serial,
        "log_vkeys": [one.text for one in found.logs],
        "promise_vkeys": [one.text for one in found.promises],
        "shards": found.shards,
        "work": found.work,
        "tree": found.tree.hex(),
        "organisations": [one.id for one in found.organisations],
    }
