"""Months of public files, fetched as `docs/audit.md` shows, and a liar who holds the log key."""

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from reporter.codec import padded
from reporter.leaf import Leaf, LeafType
from reporter.merkle import EMPTY_ROOT, MerkleTree
from reporter.month import joined
from reporter.note import Checkpoint
from reporter.primitives import sha256
from reporter.visit import Reporter
from stage.bending import STRANGER, assert_one_line
from stage.clock import Clock
from stage.commands import Result
from stage.deployment import Deployment
from stage.public_files import Forger, Leaves, fetch
from stage.threads import report, thread_id

#: Over the turn of two months.
START = datetime.date(2027, 1, 20)
FIRST = "2027-01"
ANSWER = "Dank je wel. We bellen morgen de school."


@pytest.fixture(scope="module")
def house(made: Callable[..., Deployment]) -> Deployment:
    """Six weeks: the helpdesk picks up to the end, nl-vi picks up twice and answers once."""
    house = made("audit", desks=("nl-vi", "helpdesk"), python_desks=(), clock=Clock(START))
    reporter = Reporter(house.name)
    report(house, reporter, "nl-vi", "Ze wachten me op.", slot=7)
    for days, organisations in ((1, 2), (10, 2), (1, 1), (28, 1)):
        house.wait(days)
        for organisation in ("helpdesk", "nl-vi")[:organisations]:
            house.stick_in(organisation)
            if organisation == "nl-vi" and days == 1:
                house.desks["nl-vi"].reply(thread_id(reporter, "nl-vi"), ANSWER)
            house.stick_out(organisation)
    house.wait(1)
    found = reporter.replies(house.serve().server, house.public(months=3))
    assert [one.text for one in found] == [ANSWER]
    return house


@pytest.fixture(scope="module")
def fetched(house: Deployment) -> Path:
    """What an auditor fetched on the last day, with lists kept from earlier."""
    folder = house.commands.home / "public"
    fetch(house, folder, FIRST)
    fetch(house, folder, FIRST)
    return folder


@pytest.fixture
def forger(house: Deployment, fetched: Path, tmp_path: Path) -> Forger:
    """A copy of the files in the hands of the operator, without what was kept from earlier."""
    folder = tmp_path / "public"
    shutil.copytree(fetched, folder)
    for kept in [*folder.glob("directory-*"), *folder.glob("log/checkpoint-*")]:
        kept.unlink()
    return Forger.of(house, folder)


def audit(house: Deployment, folder: Path, *more: object, expect: int | None = 0) -> Result:
    """`audit` under the roots."""
    return house.commands.admin("audit", "--roots", house.keys.roots, folder, *more, expect=expect)


def refused(house: Deployment, folder: Path, clause: str) -> None:
    """Exit 1 with the clause, in one line."""
    result = audit(house, folder, expect=1)
    assert_one_line(result)
    assert result.out == ""
    assert clause in result.error, result.error


def test_honest_months_pass(house: Deployment, fetched: Path) -> None:
    found = audit(house, fetched, "--json").json
    size = house.public().checkpoint.size
    assert (found["first"], found["size"], found["closes"]) == (0, size, 41)
    assert found["months"] == ["2027-01", "2027-02", "2027-03"]
    assert found["through"] == str(house.today - datetime.timedelta(days=1))
    assert found["notes"] == [], "also none of what the script left behind"
    nl_vi, helpdesk = found["organisations"]
    assert nl_vi["organisation"] == "nl-vi" and helpdesk["organisation"] == "helpdesk"
    assert nl_vi["last_picked_up"] == "2027-01-31"
    assert helpdesk["last_picked_up"] == "2027-03-01"
    # One day alone, ten together, of which the oldest lay ten days until the close that says so.
    assert nl_vi["longest_days"] == 10 and nl_vi["median_days"] == 5
    # Thirty days without a stick, of which all but the newest fourteen are overdue.
    assert nl_vi["waiting"] == 30 * 4 and nl_vi["overdue"] == 16 * 4
    assert helpdesk["overdue"] == 0


def test_people_read_it_in_eighty_columns(house: Deployment, fetched: Path) -> None:
    result = audit(house, fetched)
    lines = result.out.splitlines()
    assert lines[0] == f"{house.name}: no lie found in 41 closes through 2027-03-01"
    assert all(len(line) <= 80 for line in lines)
    assert any(line.startswith("nl-vi ") and "2027-01-31" in line for line in lines)


def test_without_roots_it_says_whom_it_believed(house: Deployment, fetched: Path) -> None:
    result = house.commands.admin("audit", fetched)
    assert "note: no --roots: the directory and its keys are believed as they lie here" in (
        result.out.replace("\n", " ")
    )


def texts_of(leaves: Leaves, organisation: str) -> list[int]:
    """Where the texts of an organisation stand in the first close of a month."""
    end = next(at for at, leaf in enumerate(leaves) if leaf.type == LeafType.DAY_END)
    org16 = padded(organisation)
    return [
        at
        for at, leaf in enumerate(leaves[:end])
        if leaf.type == LeafType.TEXT and leaf.organisation == org16
    ]


def without(places: Callable[[Leaves], list[int]]) -> Callable[[Leaves], Leaves]:
    """Leaves out some leaves."""

    def change(leaves: Leaves) -> Leaves:
        gone = set(places(leaves))
        return [leaf for at, leaf in enumerate(leaves) if at not in gone]

    return change


def test_an_entry_dropped_from_a_file_is_found(house: Deployment, forger: Forger) -> None:
    size = house.public().checkpoint.size
    forger.last(without(lambda leaves: texts_of(leaves, "nl-vi")[:1]), signed=False)
    refused(house, forger.folder, f"log/checkpoint: {size} leaves were signed, {size - 1} are")


def test_an_entry_changed_in_a_file_is_found(house: Deployment, forger: Forger) -> None:
    size = house.public().checkpoint.size
    forger.flip(f"log/{forger.months[-1].name}", -70)
    refused(
        house,
        forger.folder,
        f"log/checkpoint: the first {size} leaves do not give the root that was signed",
    )


def test_a_dropped_entry_that_was_signed_anew_is_found(house: Deployment, forger: Forger) -> None:
    forger.last(without(lambda leaves: texts_of(leaves, "nl-vi")[:1]))
    refused(house, forger.folder, "its close has 3 envelopes of nl-vi, it must be full batches")


def test_a_missing_batch_of_fillers_is_found(house: Deployment, forger: Forger) -> None:
    forger.last(without(lambda leaves: texts_of(leaves, "helpdesk")))
    refused(house, forger.folder, "its close has 0 envelopes of helpdesk, it must be full batches")


def test_a_swapped_order_is_found(house: Deployment, forger: Forger) -> None:
    places: list[int] = []

    def swap(leaves: Leaves) -> Leaves:
        places.extend(texts_of(leaves, "nl-vi")[:2])
        one, other = places
        leaves[one], leaves[other] = leaves[other], leaves[one]
        return leaves

    forger.last(swap)
    at = forger.position(places[1])
    refused(house, forger.folder, f"leaf {at}: it is out of order in its close")


def test_a_falling_acknowledgement_is_found(house: Deployment, forger: Forger) -> None:
    first, *_ = forger.months
    month = forger.month(first)
    ends = [
        month.first + at + 1
        for at, leaf in enumerate(month.read_leaves())
        if leaf.type == LeafType.DAY_END
    ]
    tree = month.tree(ends[0])
    digest = sha256(Checkpoint.text(house.name, tree.size, tree.root).encode())

    def fall(leaves: Leaves) -> Leaves:
        start = texts_of(leaves, "helpdesk")[0]
        leaf = Leaf.acknowledgement("nl-vi", tree.size, digest)
        return [*leaves[:start], leaf, *leaves[start:]]

    forger.last(fall)
    clause = f": nl-vi acknowledges {tree.size} leaves after it acknowledged "
    refused(house, forger.folder, clause)


def test_an_overdue_entry_left_out_is_found(house: Deployment, forger: Forger) -> None:
    def first_overdue(leaves: Leaves) -> list[int]:
        return [at for at, leaf in enumerate(leaves) if leaf.type == LeafType.OVERDUE][:1]

    forger.last(without(first_overdue))
    clause = "nl-vi let it wait 14 days, it must have been escalated to helpdesk"
    refused(house, forger.folder, clause)


def test_a_forged_cosignature_is_found(house: Deployment, forger: Forger) -> None:
    notes = forger.notes
    note = bytearray(notes[1])
    note[-12] = ord("A") if note[-12] != ord("A") else ord("B")
    forger.put_notes([notes[0], bytes(note), notes[2]])
    refused(house, forger.folder, "log/checkpoint: the cosignature of nl-vi does not hold")
    forger.put_notes([notes[0], notes[2], notes[1]])
    refused(house, forger.folder, "log/checkpoint: nl-vi did not cosign the checkpoint in its pl")


def test_wrong_subtree_roots_are_found(house: Deployment, forger: Forger) -> None:
    name = forger.months[1].name
    forger.flip(f"log/{name}", 4 + 8 + 1)
    clause = f"log/{name} has other subtree roots than the month before it gives"
    refused(house, forger.folder, clause)
    first, second, last = forger.months
    first.unlink()
    second.unlink()
    forger.flip(f"log/{last.name}", 4 + 8 + 1)
    refused(house, forger.folder, "do not give the root that was signed")


def test_a_month_left_out_is_found(house: Deployment, forger: Forger) -> None:
    name = forger.months[1].name
    forger.months[1].unlink()
    refused(house, forger.folder, f'the folder holds no "log/{name}", it must')


def test_a_log_rolled_back_is_found(house: Deployment, fetched: Path, forger: Forger) -> None:
    kept = forger.folder / "log" / "checkpoint-2027-02-28"
    shutil.copy(fetched / "log" / "checkpoint", kept)
    month = forger.month(forger.months[-1])
    whole = joined([forger.month(path) for path in forger.months])
    forger.last(lambda _: [], signed=False)
    forger.put_notes([forger.sign(whole.tree(month.first)), *forger.notes[1:]])
    refused(house, forger.folder, "log/checkpoint")


def test_a_withheld_answer_is_found(house: Deployment, forger: Forger) -> None:
    drop = forger.folder / "drop" / "000"
    assert drop.read_bytes()[:4] == b"SID1"
    drop.write_bytes(b"SID1" + bytes(4))
    refused(house, forger.folder, " is withheld, it must be in the drop")


def test_two_histories_are_proved_to_a_third_party(
    house: Deployment, forger: Forger, tmp_path: Path
) -> None:
    first = forger.month(forger.months[0])
    other = MerkleTree.of([*first.leaves[:-1], Leaf.day_end(1, EMPTY_ROOT).encoded])
    forger.put_notes([forger.sign(other), b"", b""], "checkpoint-other")
    proof = tmp_path / "proof.sip"
    result = audit(house, forger.folder, "--proof", proof, expect=1)
    clause = f"log/checkpoint-other: the first {other.size} leaves do not give the root"
    assert clause in result.error
    for trust in (
        ["--log", house.log.text],
        ["--roots", house.keys.roots, "--directory", house.note],
    ):
        shown = house.commands.admin("audit", *trust, proof)
        assert "signed two histories" in shown.out
        assert other.root.hex() in shown.out and first.tree().root.hex() in shown.out
        assert all(len(line) <= 80 for line in shown.out.splitlines())
    stranger = house.commands.admin("audit", "--log", STRANGER.key.text, proof, expect=1)
    assert_one_line(stranger)
    honest = tmp_path / "honest.sip"
    honest.write_bytes(proof.read_bytes()[:-1])
    cut = house.commands.admin("audit", "--log", house.log.text, honest, expect=1)
    assert "the proof is cut, or something stands behind its end" in cut.error


def test_wrong_usage_is_said(house: Deployment, forger: Forger, tmp_path: Path) -> None:
    proof = tmp_path / "proof.sip"
    proof.write_bytes(b"SIP1")
    house.commands.admin("audit", proof, expect=64)
    house.commands.admin("audit", "--log", house.log.text, forger.folder, expect=64)
    result = house.commands.admin("audit", "--log", "x", proof, expect=1)
    assert "not a verifier key" in result.error


def test_an_empty_folder_says_what_it_must_hold(house: Deployment, tmp_path: Path) -> None:
    refused(house, tmp_path, 'the folder holds no "directory", it must')
