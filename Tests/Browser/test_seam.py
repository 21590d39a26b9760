"""The page's JavaScript and its program speak as `docs/spec/page-seam.txt` says: both are read, not run.

What the program says in each place is held by `SeamTests` of IntakePageTests.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (PROJECT / "docs/spec/page-seam.txt").read_text()
SWIFT = "\n".join(path.read_text() for path in sorted((PROJECT / "Sources/IntakePage").glob("*.swift")))
EXPORTS = (PROJECT / "Sources/IntakePage/Exports.swift").read_text()
SCRIPTS = {
    f"{path.parent.name}/{path.name}": path.read_text()
    for path in sorted((PROJECT / "Sources/IntakePage/Web").rglob("*.js"))
    if path.parent.name != "helpdesk"
}
SCRIPT = "\n".join(SCRIPTS.values())


@dataclass
class Operation:
    """What goes to an operation, what comes back, and the lists of its refusals."""

    into: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def repeated(self) -> list[str]:
        """What comes any number of times behind the rest."""
        return self.out[self.out.index("(") + 1 : -1] if "(" in self.out else []


def read(text: str) -> tuple[dict[str, Operation], dict[str, dict[int, str]]]:
    """The operations, and the lists of numbers."""
    operations: dict[str, Operation] = {}
    lists: dict[str, dict[int, str]] = {}
    for line in text.splitlines():
        match line.split(" "):
            case ["operation", name]:
                operations[name] = last = Operation()
            case ["list", name]:
                lists[name] = last = {}
            case ["in" | "out" | "refused" as side, *words]:
                setattr(last, "into" if side == "in" else side, words)
            case [number, name, *_] if number.isdigit():
                last[int(number)] = name.rstrip(":")
            case ["" | "#", *_]:
                pass
            case _:
                raise AssertionError(f"{line!r} is no line of the seam")
    return operations, lists


OPERATIONS, LISTS = read(TEXT)


def parts(source: str, at: int) -> list[str]:
    """What stands between a bracket and its end, cut at the commas that are not inside another."""
    depth, cut, found = 0, at + 1, []
    for place in range(at, len(source)):
        sign = source[place]
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0 or depth == 1 and sign == ",":
            found.append(source[cut:place].strip())
            cut = place + 1
        if depth == 0:
            return [one for one in found if one]
    raise AssertionError("a bracket has no end")


def calls() -> list[tuple[str, list[str]]]:
    """Each call of an operation in JavaScript, with the parts that it gives."""
    found = []
    for call in re.finditer(r'(call|direct|made)\("intake_(\w+)"(, (\[|\w+))?', SCRIPT):
        how, name, _, given = call.groups()
        if how == "made":
            found.append((name, []))
        elif given == "[":
            found.append((name, parts(SCRIPT, call.end() - 1)))
        else:
            made = {"own": "const own = ", "files": "checkpoint = await get.*?return "}[given]
            found.append((name, parts(SCRIPT, re.search(rf"(?s){made}(?=\[)", SCRIPT).end())))
    return found


def test_the_program_has_the_operations_and_their_parts():
    assert len(OPERATIONS) > 20 and len(LISTS) > 10
    found = {}
    for name, body in re.findall(r"(?s)@c\(intake_(\w+)\)\npublic func (.*?)\n}", EXPORTS):
        if run := re.search(r"Memory\.run\(parts: (\d+)\)", body):
            found[name] = int(run[1]), re.findall(r"(\w+): parts\[(\d+)\]", body)
    found["forget"] = 0, []
    memory = {"input", "output", "output_length"}
    exported = set(re.findall(r"@c\(intake_(\w+)\)", EXPORTS))
    assert exported - memory == set(found) == set(OPERATIONS)
    for name, (count, labelled) in found.items():
        assert count == len(OPERATIONS[name].into), name
        if labelled:
            assert labelled == [(one, str(at)) for at, one in enumerate(OPERATIONS[name].into)], name


@pytest.mark.parametrize("name", [one for one in LISTS if not one.endswith(".Kind")])
def test_the_program_has_the_numbers(name):
    body = re.search(rf"(?s)enum {name}: Int(?:32)?(?:, Error)? {{(.*?)\n *}}", SWIFT)[1]
    assert {int(number): case for case, number in re.findall(r"case (\w+) = (\d+)", body)} == LISTS[name]


def test_every_refusal_of_the_program_is_written():
    named = set(re.findall(r"enum (\w+Refusal): ", SWIFT))
    assert named == {one for one in LISTS if one.endswith("Refusal")}
    assert named == {one for operation in OPERATIONS.values() for one in operation.refused}


@pytest.mark.parametrize("name", ["ReporterMessage", "Reply"])
def test_the_protocol_has_the_kinds(name):
    source = next((PROJECT / "Sources/SealedIntake").rglob(f"{name}.swift")).read_text()
    body = re.search(r"(?s)enum Kind: UInt8.*?\n    }", source)[0]
    kinds = {int(number): case for case, number in re.findall(r"case (\w+) = (\d+)", body)}
    assert kinds == LISTS[f"{name}.Kind"]


def test_the_page_calls_each_operation_with_its_parts():
    found = calls()
    assert len(found) == len(re.findall("intake_", SCRIPT)) - len(re.findall(r"program\.intake_", SCRIPT))
    assert {name for name, _ in found} == set(OPERATIONS) - {"forget"}
    for name, given in found:
        into = OPERATIONS[name].into
        given = [part for one in given for part in (OPERATIONS["asked"].out if one == "...asked" else [one])]
        assert len(given) == len(into), (name, given)
        for at, part in enumerate(given):
            last = re.split(r"\W+", part)[-1]
            assert last not in into or into[at] == last, f"{name}: {last} stands in another place"


def test_the_page_reads_what_is_said_in_its_place():
    visit = OPERATIONS["visit"]
    fixed = visit.out[: visit.out.index("(")]
    read = re.findall(r"visit\.(\w+) = page\.parts\.\w+\(parts\[(\d+)\]\)", SCRIPTS["base/visit.js"])
    assert len(read) == 3 and all(fixed[int(place)] == name for name, place in read)
    body = SCRIPTS["base/visit.js"]
    assert f"let place = {len(fixed)};" in body and f"place += {len(visit.repeated)}" in body
    assert "const [id, name, , fetched] = parts.slice(place, place + 4)" in body
    assert f"parts[place + {visit.repeated.index('shown')}]" in body
    assert [*visit.repeated[:2], visit.repeated[3]] == ["id", "name", "fetched"]
    look = OPERATIONS["look"]
    assert look.out[:2] == ["reach", "("]
    assert f"const [{', '.join(look.repeated)}] = parts.slice(at, at + 8)" in SCRIPTS["behind/answers.js"]
    assert len(look.repeated) == 8 and "read(parts.slice(1))" in SCRIPTS["behind/answers.js"]
    assert f"function mark([{', '.join(OPERATIONS['walk'].out)}])" in SCRIPTS["tree/walk.js"]
    assert OPERATIONS["check_text"].out[2] == "text"
    assert "text = page.parts.text(parts[2])" in SCRIPTS["tell/report.js"]
    assert OPERATIONS["work_go"].out == ["found", "stamp"]
    assert "return said.parts[1]" in SCRIPTS["base/work.js"]
    assert OPERATIONS["asked"].out[2] == "tries"
    assert "tries = page.parts.number(asked[2])" in SCRIPTS["base/work.js"]


def numbered(name: str, *cases: str) -> list[int]:
    """The numbers of some cases of a list."""
    return [next(number for number, case in LISTS[name].items() if case == one) for one in cases]


@pytest.mark.parametrize("script, typed, name, cases", [
    ("base/visit.js", r"passing = \[(.*?)\]", "OpeningRefusal", ["older", "challenge", "log", "tree"]),
    ("base/visit.js", r"badChallenge = (\d+)", "OpeningRefusal", ["challenge"]),
    ("tell/journey.js", r"less = (\d+)", "Shown", ["less"]),
    ("behind/answers.js", r"more = (\d+)", "Reach", ["more"]),
    ("behind/answers.js", r"erased = (\d+)", "Reach", ["erased"]),
    ("behind/answers.js", r"status === (\d+)\) message", "ReadingRefusal", ["several"]),
    ("behind/answers.js", r"status === (\d+)\) {\s+const gelezen", "ReadingRefusal", ["wrongLength"]),
    ("behind/answers.js", r"status === (\d+)\) {\s+const index", "ReadingRefusal", ["notASyllable"]),
    ("behind/findings.js", r"ask = (\d+)", "Reply.Kind", ["question"]),
    ("behind/findings.js", r"transfer = (\d+)", "Reply.Kind", ["transfer"]),
    ("behind/asking.js", r"kindConsent = (\d+)", "ReporterMessage.Kind", ["consent"]),
    ("behind/asking.js", r"kindRelease = (\d+)", "ReporterMessage.Kind", ["release"]),
    ("tell/report.js", r"status === ([1-9])\) message", "TextRefusal", ["tooLong"]),
    ("tell/report.js", r"holdsCode = (\d+)", "TextRefusal", ["holdsCode"]),
    ("tell/send.js", r"kindReport = (\d+)", "ReporterMessage.Kind", ["report"]),
    ("tell/send.js", r"kindFollowUp = (\d+)", "ReporterMessage.Kind", ["followUp"]),
    ("tell/send.js", r"said\.status === ([1-9])\)", "SealRefusal", ["text"]),
    ("tell/send.js", r"\[([\d, ]+)\]\.includes\(said\.status\)", "SealRefusal",
     ["unknownOrganisation", "noSealingKey"]),
])
def test_the_page_knows_the_numbers(script, typed, name, cases):
    assert [int(one) for one in re.search(typed, SCRIPTS[script])[1].split(",")] == numbered(name, *cases)


def test_the_page_tells_of_every_way_in_which_it_stays_closed():
    told = re.search(r"const closed = {(.*?)}", SCRIPTS["base/visit.js"])[1]
    numbers = [int(one) for one in re.findall(r"(\d+): ", told)]
    assert sorted([*numbers, *numbered("OpeningRefusal", "notStarted")]) == sorted(LISTS["OpeningRefusal"])


def test_the_page_knows_what_a_look_finds():
    names = {"there": "atOrganisation"}
    typed = re.search(r"(?s)const state = {(.*?)}", SCRIPTS["behind/findings.js"])[1]
    for name, number in re.findall(r"(\w+): (\d+)", typed):
        assert LISTS["State"][int(number)] == names.get(name, name)
    assert typed.count(":") == 8
