"""The decision tree on its way: into the data folder, onto the stick, into a vault."""

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from reporter.visit import Reporter
from stage.bending import assert_one_line
from stage.clock import Clock
from stage.commands import PROJECT, Commands, Result
from stage.deployment import Deployment
from stage.root_keys import RootKeys
from stage.threads import send, thread_id

START = datetime.date(2026, 12, 1)
SEXUAL = (
    "gevaar=nee\nrol=leerling\nschool=vo\nthema=seksueel\nseks=dwang\nwanneer=door\n"
    "wie-seks=school\nleeftijd-ik=onder18\n"
)
BUILT = [file for file in (PROJECT / "tree").iterdir() if file.suffix in (".tree", ".texts")]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the built tree, with its texts beside it."""
    folder = tmp_path / "tree"
    folder.mkdir()
    for file in BUILT:
        shutil.copy(file, folder)
    return folder / "wegwijzer.tree"


@pytest.fixture
def init(tmp_path: Path) -> Callable[..., Result]:
    """`intake-server init` with a tree, as an operator runs it on the first day."""
    commands = Commands(tmp_path)
    keys = RootKeys.make(commands, 1, 1)
    where = ["--data", tmp_path / "data", "--deployment", "intake.test", "--roots", keys.roots]
    return lambda tree, expect=0: commands.server("init", *where, "--tree", tree, expect=expect)


def test_init_copies_the_tree_and_its_texts(
    init: Callable[..., Result], tree: Path, tmp_path: Path
) -> None:
    init(tree)
    assert len(BUILT) >= 4
    for file in BUILT:
        assert (tmp_path / "data" / file.name).read_bytes() == file.read_bytes()


def missing(texts: Path) -> None:
    texts.unlink()


def changed(texts: Path) -> None:
    texts.write_bytes(texts.read_bytes().replace(b"gevaar", b"gevaaR", 1))


def cut_tree(texts: Path) -> None:
    tree = texts.parent / "wegwijzer.tree"
    tree.write_bytes(tree.read_bytes()[:-1])


@pytest.mark.parametrize(
    ("breaks", "named", "clause"),
    [
        (missing, "wegwijzer.en.texts", "no such file"),
        (changed, "wegwijzer.en.texts", "is not the texts file that the tree names"),
        (cut_tree, "wegwijzer.tree", "is no decision tree file"),
    ],
)
def test_init_refuses_a_tree_that_is_not_whole(
    init: Callable[..., Result],
    tree: Path,
    tmp_path: Path,
    breaks: Callable[[Path], None],
    named: str,
    clause: str,
) -> None:
    breaks(tree.parent / "wegwijzer.en.texts")
    result = init(tree, expect=1)
    assert_one_line(result)
    assert named in result.error and clause in result.error
    assert not (tmp_path / "data").exists()


class TestTheTreeOnTheStick:
    """From the data folder to a route at the desk; one journey in steps."""

    @pytest.fixture(scope="class")
    def house(self, made: Callable[..., Deployment]) -> Deployment:
        """One desk, the tree of this repository, and days of its own from when it holds."""
        return made(
            "route",
            desks=("nl-vi", "helpdesk"),
            python_desks=(),
            clock=Clock(START),
            tree=PROJECT / "tree",
        )

    reporter: Reporter
    thread: str

    def test_the_server_lays_the_tree_beside_the_bundle(self, house: Deployment) -> None:
        kind = type(self)
        kind.reporter = Reporter(house.name)
        kind.thread = thread_id(self.reporter, "nl-vi")
        one = self.reporter.compose(house.public(), "nl-vi", "Het gaat nog door.", answers=SEXUAL)
        send(house, self.reporter, one)
        house.wait()
        bundle = house.export("nl-vi")
        for file in BUILT:
            assert (bundle.parent / file.name).read_bytes() == file.read_bytes()

    def test_a_wrong_tree_loses_no_report_and_says_what_is_missing(self, house: Deployment) -> None:
        bundle = house.export("nl-vi")
        texts = bundle.parent / "wegwijzer.nl.texts"
        texts.write_bytes(texts.read_bytes().replace(b"gevaar", b"gevaaR", 1))
        desk = house.desks["nl-vi"]
        out = desk.run("import", bundle, "--directory", house.note).out
        assert "taken: 1 message, 0 unreadable" in out
        assert "decision tree: not taken" in out and "wegwijzer.nl.texts" in out
        shown = desk.show(self.thread)
        assert "wie-seks = school" in shown and "Het gaat nog door." in shown
        assert "their decision tree is not here" in shown
        assert "the decision tree of some answers is not here" in desk.run("list").out
        refused = desk.run("route", self.thread, expect=1)
        assert_one_line(refused)
        assert "the decision tree is not here yet" in refused.error

    def test_the_right_one_brings_words_and_a_route(self, house: Deployment) -> None:
        desk = house.desks["nl-vi"]
        house.wait()
        found = house.stick_in("nl-vi")
        assert found["tree"] == "taken" and "tree_fault" not in found
        assert "Wie deed dat met seks of met de foto? Iemand die op school werkt of helpt" in desk.show(self.thread)
        listed = desk.run("list").out
        assert "Ik zit op school · Middelbare school" in listed and "not here" not in listed
        out = desk.run("route", self.thread, "--set", "redelijk_vermoeden=ja").out
        assert all(len(line) <= 80 for line in out.splitlines())
        for words in (
            "outcome\n  Wie bij school hoort, mag dit nooit doen.",
            f"{START + datetime.timedelta(days=7)}  confirm it",
            "2027-03-08  answer in substance",
            "Seksuele zaak: doorgeven is verboden",
            "WOT 6(6)",
            "Het bestuur moet aangifte doen",
            "intake-admin transfer refuses without\n  their yes",
            "Centrum Seksueel Geweld: open",
            "Vertrouwensinspecteur: this desk, anonymous",
            "--set personele_zaak=ja|nee",
        ):
            assert words in out, words
        assert house.stick_in("nl-vi")["tree"] == "held"

    def test_programs_read_the_same(self, house: Deployment) -> None:
        found = house.desks["nl-vi"].run("route", self.thread, "--json").json
        assert [one["id"] for one in found["outcomes"]] == ["o14"]
        assert {"desk-geheim", "d4"} <= {one["id"] for one in found["entries"]}
        assert [one["organisation"] for one in found["places"] if one["id"] == "vi"] == ["nl-vi"]
        assert found["agreed"] == [] and "note" not in found

    def test_a_yes_of_the_reporter_changes_what_holds(self, house: Deployment) -> None:
        desk = house.desks["nl-vi"]
        desk.reply(self.thread, "Mag de helpdesk dit lezen?", kind="transfer", to="helpdesk")
        house.stick_out("nl-vi")
        house.wait()
        yes = self.reporter.consent(house.public(), "nl-vi", "helpdesk")
        send(house, self.reporter, yes)
        house.wait()
        house.stick_in("nl-vi")
        out = desk.run("route", self.thread).out
        assert "The reporter agreed to Helpdesk (helpdesk), and to nobody else." in out
        assert "Doorgifte met toestemming mag" in out
        assert "Seksuele zaak: doorgeven is verboden" in out, "towards everybody else"
        assert "confirm it, 7 days after it came on 2026-12-01: done on" in " ".join(out.split())

    def test_wrong_facts_exit_1_and_say_what_there_is(self, house: Deployment) -> None:
        desk = house.desks["nl-vi"]
        for facts, clause in (
            (["kleur=rood"], "is no fact that a desk may set"),
            (["ernst=erg"], "must be laag, midden or hoog"),
            (["ernst=laag", "ernst=hoog"], "is set twice"),
            (["ernst"], "must be FACT=VALUE"),
            (["toestemming_doorgifte=ja"], "is what the reporter said in this thread"),
        ):
            words = [word for fact in facts for word in ("--set", fact)]
            refused = desk.run("route", self.thread, *words, expect=1)
            assert_one_line(refused)
            assert clause in refused.error

    def test_a_tree_that_the_directory_does_not_name_stays_at_home(self, house: Deployment) -> None:
        tree = house.data / "wegwijzer.tree"
        tree.write_bytes(tree.read_bytes().replace(b"from 2026-12-01", b"from 2026-12-02", 1))
        out = house.path("nl-vi.in")
        where = ["--data", house.data, "--organisation", "nl-vi", "--out", out]
        result = house.commands.server("export", *where)
        assert "no decision tree goes along: it is not the one that the directory" in result.error
        assert out.exists()
        (house.data / "wegwijzer.nl.texts").unlink()
        assert "wegwijzer.nl.texts" in house.commands.server("export", *where).error
