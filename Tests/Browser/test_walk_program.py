"""The page's program and the decision tree: what it walks, and which answers it seals.

An independent reading of the tree says what a walk must come to; `wegwijzer-walks.json` ties the
same walks to the engine as it runs elsewhere.
"""

import datetime
import json

import pytest
from house import PROJECT
from paper_house import DEPLOYMENT, TODAY, PaperHouse, Party
from reporter.envelope import EnvelopeClass, open_envelope
from reporter.frame import REPORTER, Frame
from reporter.keys import root_key
from reporter.primitives import sha256
from reporter.token import Token
from reporter.tree import BLOCKS, SplitRandom, Tree, lines, random_answers
from vectors_fixture import WAYS, Program, harness, programs, u32  # noqa: F401

VECTORS = PROJECT / "Tests" / "Vectors"
STORIES = json.loads((VECTORS / "wegwijzer-scenarios.json").read_text())
WALKS = json.loads((VECTORS / "wegwijzer-walks.json").read_text())
TOKEN = Token.make()
#: The day of the stories and walks, on which the tree holds.
DAY = datetime.date.fromisoformat(STORIES["day"])
HOUSE = PaperHouse(
    day=(DAY - TODAY).days,
    expires=400,
    parties=[Party("nl-vi", "helpdesk after 14", until=280), Party("helpdesk", until=280)],
)
TREE = Tree(HOUSE.tree)
#: Questions with more than one answer: what is chosen may still become more.
MANY = {node.id for node in TREE.nodes if node.is_many}
PUPIL = "gevaar=nee rol=leerling school=vo thema=dreigen wie=leerling bekend=nee wens=melden"


@pytest.fixture(scope="module", params=WAYS)
def program(request, harness):  # noqa: F811
    """The program with a visit open, whose visitor has a code."""
    program = Program(harness, "intake", "intake", WAYS[request.param])
    assert program.call("start", *HOUSE.start).status == 0
    assert program.call("visit", *HOUSE.files()).status == 0
    assert program.call("keys", root_key(TOKEN, DEPLOYMENT)).status == 0
    return program


def words(part):
    return part.decode().split(" ") if part else []


def said(answer):
    """What a walk of the program says: question open, questions, outcomes, what is shown."""
    assert answer.status == 0 and len(answer.parts) == 4
    shown = [TREE.entries[int(place)] for place in words(answer.parts[3])]
    return (
        answer.parts[0].decode(),
        words(answer.parts[1]),
        [list(TREE.outcomes)[int(place)] for place in words(answer.parts[2])],
        [(entry.block, entry.id) for entry in shown],
    )


def expected(answers):
    walk = TREE.walk(answers, DAY)
    return walk.open, walk.questions, walk.outcomes, walk.shown


def pairs(text):
    return [tuple(word.split("=")) for word in text.split()]


def test_random_walks_come_to_the_same(program):
    assert WALKS["tree"] == sha256(HOUSE.tree).hex(), "run Tests/Reporter/make_walks.py"
    walks = []
    for case in WALKS["cases"]:
        random = SplitRandom(case["seed"])
        walks += [random_answers(TREE, random, DAY) for _ in range(case["count"])]
    assert len(walks) == 2000
    answers = program.run([("walk", [lines(one)]) for one in walks])
    for one, answer in zip(walks, answers, strict=True):
        assert said(answer) == expected(one), one


def test_a_walk_that_is_not_complete_says_what_is_asked_next(program):
    random = SplitRandom(5)
    for _ in range(50):
        whole = random_answers(TREE, random, DAY)
        for end in range(len(whole)):
            found = said(program.call("walk", lines(whole[:end])))
            assert found == expected(whole[:end])
            assert found[0] or end > 0 and whole[end - 1][0] in MANY
    assert said(program.call("walk", b"")) == ("gevaar", ["gevaar"], [], [])


@pytest.mark.parametrize("story", STORIES["cases"], ids=lambda story: str(story["number"]))
def test_the_stories_of_the_tree(program, story):
    answers = [tuple(pair) for pair in story["answers"]]
    still_open, _, outcomes, shown = said(program.call("walk", lines(answers)))
    assert (still_open, outcomes) == ("", story["outcomes"])
    by_block = {block: [one for where, one in shown if where == block] for block in BLOCKS}
    assert by_block == {block: story["shown"].get(block, []) for block in BLOCKS}


#: What no walk is.
NO_WALKS = {
    "no line": b"rol",
    "no last LF": b"gevaar=nee\nrol=leerling",
    "capitals": b"Gevaar=nee\n",
    "two signs": b"gevaar=nee=nee\n",
    "an empty answer": b"gevaar=\n",
    "an empty question": b"=nee\n",
    "an empty line": b"gevaar=nee\n\n",
    "CR": b"gevaar=nee\r\n",
    "zero": b"gevaar=nee\n\0",
    "not UTF-8": b"gevaar=\xff\n",
    "too long": b"gevaar=" + b"n" * 520 + b"\n",
    "far too long": b"gevaar=nee\n" * 50_000,
    "an unknown question": b"x=y\n",
    "an unknown answer": b"gevaar=misschien\n",
    "a rule": b"plicht=o14\n",
    "an outcome": b"o01=o01\n",
    "two answers to one": b"gevaar=nee\ngevaar=onbekend\n",
    "the same answer twice": b"gevaar=nee\ngevaar=nee\n",
    "one of many twice": b"gevaar=nee\nrol=ouder\nschool=po\nthema=thuis\nthema=thuis\n",
    "nothing led to it": b"rol=leerling\n",
    "nothing led to the last": lines(pairs(PUPIL)) + b"seks=aanraken\n",
    "after danger": b"gevaar=dood\nrol=leerling\n",
}


@pytest.mark.parametrize("answers", NO_WALKS.values(), ids=NO_WALKS)
def test_what_is_no_walk(program, answers):
    assert program.call("walk", answers).status == 1
    refusal = program.call("seal", u32(1), b"nl-vi", b"Dag.", answers, b"", bytes(52))
    assert refusal.status in (4, 10) and refusal.parts == []
    assert program.call("seal", u32(2), b"nl-vi", b"Dag.", answers, b"", bytes(52)).status == refusal.status


def test_nothing_is_walked_before_a_visit_is_open(harness):  # noqa: F811
    fresh = Program(harness, "intake", "intake", False)
    assert fresh.call("forget").status == 0
    assert fresh.call("walk", b"gevaar=nee\n").status == 2
    assert fresh.call("walk").status == 255


def answered(program, kind, answers):
    """Field 9 of what is sealed, and the length of the submission."""
    sealed = program.call("seal", u32(kind), b"nl-vi", b"Dag.", answers, b"", bytes(52))
    assert sealed.status == 0
    pair = HOUSE.party("nl-vi").pair
    plain = open_envelope(sealed.parts[0][92:], EnvelopeClass.TEXT, [pair])
    return Frame.read(plain, REPORTER).fields.get(9), len(sealed.parts[0])


def test_a_report_has_a_whole_walk_and_any_beginning_of_one_is_refused(program):
    whole = pairs(PUPIL)
    for end in range(len(whole)):
        assert program.call("seal", u32(1), b"nl-vi", b"Dag.", lines(whole[:end]), b"", bytes(52)).status == 10
    assert answered(program, 1, lines(whole))[0] == lines(whole)


def test_who_goes_on_after_danger_can_still_report(program):
    assert answered(program, 1, b"gevaar=dood\n")[0] == b"gevaar=dood\n"
    whole = lines(pairs("gevaar=nee rol=ouder school=so thema=pesten thema=fysiek geweld=wapen wapen=ja"))
    assert answered(program, 1, whole)[0] == whole


def test_a_follow_up_needs_no_walk(program):
    assert answered(program, 2, b"")[0] is None
    assert program.call("seal", u32(2), b"nl-vi", b"Dag.", b"gevaar=nee\n", b"", bytes(52)).status == 10
    assert answered(program, 2, lines(pairs(PUPIL)))[0] == lines(pairs(PUPIL))


def test_answers_stand_in_the_order_of_the_tree_and_tell_no_length(program):
    random, sizes = SplitRandom(9), set()
    for _ in range(40):
        whole = random_answers(TREE, random, DAY)
        mixed = sorted(whole, key=lambda _: random.next())
        field, size = answered(program, 1, lines(mixed))
        assert field == lines(whole) and len(field) <= 512
        sizes.add(size)
    assert len(sizes) == 1


def test_the_widest_walk_fits(program):
    """Every theme at once, and the longest answer wherever one is taken."""
    widest = []
    while asked := TREE.walk(widest, DAY).open:
        node = TREE.node(asked)
        ways = [one for one, (to, _) in node.answers.items() if TREE.outcomes.get(to) != "danger"]
        goes_on = [one for one in ways if node.answers[one][0] not in TREE.outcomes] or ways
        widest += [(asked, one) for one in (ways if node.is_many else [max(goes_on, key=len)])]
    assert {"seks", "grond", "geweld", "meer", "gevraagd"} <= {one for one, _ in widest}
    field, _ = answered(program, 1, lines(widest))
    assert field == lines(widest) and 330 < len(field) <= 512
