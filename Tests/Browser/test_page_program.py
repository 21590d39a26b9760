"""The page's own program in a real browser, one way and the other, against a deployment on paper.

Whatever it makes is opened by the independent reporter's code, and whatever may be wrong with
what it is given is.
"""

import pytest
from paper_house import DEPLOYMENT, TODAY, PaperHouse, Party, days, signer
from reporter.drop import write_drop
from reporter.envelope import EnvelopeClass, open_envelope
from reporter.frame import REPORTER, Frame
from reporter.keys import ThreadKeys, root_key
from reporter.month import MonthFile
from reporter.note import framed
from reporter.primitives import sha256, unseal
from reporter.promise import promise_name, promised_leaf
from reporter.public import day_number
from reporter.submission import HEAD, Stamp, Submission
from reporter.token import Token, syllables
from vectors_fixture import WAYS, Program, harness, programs, u32  # noqa: F401

TOKEN = Token(bytes.fromhex("c9367e02e3a0f060cf1a"))
TEXT = "Ze wachten me elke dag op.\nBij de fietsen."
#: A complete walk, in the tree's order.
ANSWERS = (
    "gevaar=nee\nrol=leerling\nschool=vo\nthema=dreigen\nwie=leerling\nbekend=nee\nwens=melden\n"
)
DANGER = b"gevaar=dood\n"
STAMP = Stamp.random().encoded


@pytest.fixture(scope="module", params=WAYS)
def way(request, harness):  # noqa: F811
    """The program, loaded once; `forget` gives a fresh visit."""
    return Program(harness, "intake", "intake", WAYS[request.param])


@pytest.fixture
def program(way):
    assert way.call("forget").status == 0
    return way


@pytest.fixture(scope="module")
def house():
    return PaperHouse()


@pytest.fixture(scope="module")
def root():
    return root_key(TOKEN, DEPLOYMENT)


def opened(program, house, **wrong):
    """A visit, or its refusal."""
    assert program.call("start", *house.start).status == 0
    return program.call("visit", *house.files(**wrong))


def with_keys(program, house, root):
    """A visit whose visitor typed the code."""
    assert opened(program, house).status == 0
    assert program.call("read_token", TOKEN.text.encode()).status == 0
    assert program.call("keys", root).status == 0


def number(part):
    assert len(part) == 4
    return int.from_bytes(part)


# Opening


def test_a_visit_says_what_is_public(program, house):
    said = opened(program, house)
    assert said.status == 0
    assert [number(part) for part in said.parts[:4]] == [day_number(TODAY) * 24 + 9, 0, 0, 4]
    assert said.parts[4:] == [
        str(days(-1)).encode(), b"",
        *(b"nl-vi", b"De nl-vi", u32(1), str(days(-3)).encode()),
        *(b"helpdesk", b"De helpdesk", u32(0), b""),
    ]


def test_a_log_without_leaves_opens(program, house):
    empty = MonthFile(0, (), ())
    files = house.files(months=[empty, empty])
    files[3] = framed(house.checkpoint(empty.tree())) + u32(0) + u32(0)
    assert program.call("start", *house.start).status == 0
    assert program.call("visit", *files).status == 0


def cut(data):
    return data[:-1]



#: What is wrong, the refusal, and how it comes about: a change of the files by their place.
WRONG = [
    ("a directory signed by one root of two", 1, 0, lambda house, _: house.directory(1)),
    ("a directory changed after signing", 1, 0, lambda _, data: data.replace(b"batch 4", b"batch 5")),
    ("a directory that is no note", 1, 0, lambda _, data: data[:100]),
    ("an empty directory", 1, 0, lambda *_: b""),
    ("an older directory", 3, 0, lambda house, _: house.changed(serial=6).directory()),
    ("another directory of the same serial", 3, 0, lambda house, _: house.changed(expires=61).directory()),
    ("another tree than the directory's", 9, 1, lambda _, data: data.replace(b"fact casus_id", b"fact casus")),
    ("a tree cut short", 9, 1, lambda _, data: cut(data)),
    ("no tree", 9, 1, lambda *_: b""),
    ("a challenge cut short", 4, 2, lambda _, data: cut(data)),
    ("a challenge with unknown flags", 4, 2, lambda house, _: house.challenge(flags=4)),
    ("a challenge that asks nothing", 4, 2, lambda house, _: house.changed(tries=0).challenge()),
    ("a challenge beyond the work", 4, 2, lambda house, _: house.changed(tries=4097).challenge()),
    ("a challenge for one too few", 4, 2, lambda house, _: house.changed(parties=house.parties[:1]).challenge()),
    ("a checkpoint of another log key", 5, 3, lambda house, _: house.changed(log=signer(DEPLOYMENT)).files()[3]),
    ("a cut list of checkpoints", 5, 3, lambda _, data: cut(data)),
    ("a list without the organisations", 5, 3, lambda _, data: data[: 4 + number(data[:4])]),
    ("a checkpoint that was never cosigned in its place", 5, 3, lambda _, data: data[: 4 + number(data[:4])] * 2 + u32(0)),
    ("the month before cut inside a leaf", 6, 4, lambda _, data: cut(data)),
    ("the month before without its last leaf", 6, 4, lambda _, data: data[:-65]),
    ("a leaf of this month changed", 6, 5, lambda _, data: data[:-10] + b"\0" + data[-9:]),
    ("this month without its last leaf", 6, 5, lambda _, data: data[:-65]),
    ("a month that is none", 6, 5, lambda *_: b"SIL2"),
]


@pytest.mark.parametrize("what, status, place, change", WRONG, ids=[row[0] for row in WRONG])
def test_what_is_not_believed(program, house, what, status, place, change):
    files = house.files()
    files[place] = change(house, files[place])
    assert program.call("start", *house.start).status == 0
    assert program.call("visit", *files).status == status
    assert program.call("random_shard").status == 2, "nothing was opened"


def test_an_expired_directory_is_refused_from_the_day_after(program, house):
    assert opened(program, house.changed(expires=0)).status == 0
    assert opened(program, house.changed(expires=-1)).status == 2


def test_an_hour_before_the_newest_closed_day_is_refused(program, house):
    assert opened(program, house, newest=0).status == 0
    assert opened(program, house, newest=1).status == 7
    assert opened(program, house).status == 0
    assert program.call("challenge", house.changed(day=-2).challenge()).status == 7


def test_a_cosigned_root_that_is_not_of_this_log_is_refused(program, house):
    directory = house.directory()
    one, other = house.months(directory), house.months(directory)
    files = house.files(directory, one)
    cosigned = house.checkpoint(other[0].tree(), [house.party("nl-vi").desk])
    files[3] = framed(house.checkpoint(one[1].tree())) + framed(cosigned) + u32(0)
    assert program.call("start", *house.start).status == 0
    assert program.call("visit", *files).status == 6


def test_leaves_that_show_no_directory_are_refused(program, house):
    directory = house.directory()
    whole = house.months(directory)[1].tree()
    empty = MonthFile.after(whole, ())
    files = house.files(directory, [empty, empty])
    files[3] = framed(house.checkpoint(whole)) + u32(0) + u32(0)
    assert program.call("start", *house.start).status == 0
    assert program.call("visit", *files).status == 6


def test_a_page_believes_no_time_before_its_own(program, house):
    for place, made, status in [(4, b"8", 3), (4, b"7", 0), (5, str(days(1)).encode(), 7),
                                (5, str(TODAY).encode(), 0)]:
        start = house.start
        start[place] = made
        assert program.call("start", *start).status == 0
        assert program.call("visit", *house.files()).status == status


@pytest.mark.parametrize("hours, said", [(48, b""), (-48, b""), (49, b"2026-03-10"), (-49, b"2026-03-10")])
def test_a_device_two_days_away_is_told_so(program, house, hours, said):
    assert program.call("start", *house.start[:6], u32(day_number(TODAY) * 24 + 9 + hours)).status == 0
    opened = program.call("visit", *house.files())
    assert (opened.status, opened.parts[5]) == (0, said)


def test_a_directory_that_expires_within_a_visit_is_refused(program, house):
    assert opened(program, house.changed(expires=1)).status == 0
    assert program.call("challenge", house.changed(day=1).challenge()).status == 0
    assert program.call("challenge", house.changed(day=2).challenge()).status == 2


def test_a_newer_challenge_is_taken(program, house):
    assert opened(program, house).status == 0
    said = program.call("challenge", house.changed(day=1).challenge(flags=3))
    hour = (day_number(TODAY) + 1) * 24 + 9
    assert (said.status, [number(part) for part in said.parts]) == (0, [hour, 1, 1])
    assert program.call("challenge", bytes(23)).status == 4


@pytest.mark.parametrize("tries, status", [(4096, 0), (4097, 4), (0, 4)])
def test_work_above_what_the_directory_allows_is_refused_before_any(program, house, tries, status):
    assert opened(program, house.changed(tries=tries)).status == status
    assert opened(program, house).status == 0
    assert program.call("challenge", house.changed(tries=tries).challenge()).status == status


def test_work_for_another_number_of_organisations_is_refused(program, house):
    one = house.changed(parties=house.parties[:1]).challenge()
    files = house.files()
    files[2] = one
    assert program.call("start", *house.start).status == 0
    assert program.call("visit", *files).status == 4
    assert opened(program, house).status == 0
    assert program.call("challenge", one).status == 4


def test_roots_and_language_must_be_readable(program, house):
    for place, wrong in [(1, b"threshold 1\n"), (2, b"00"), (3, b"n l"), (4, b"-1"), (5, b"today"), (6, b"9")]:
        start = house.start
        start[place] = wrong
        assert program.call("start", *start).status == 1
    assert program.call("visit", *house.files()).status == 8


def test_other_than_the_parts_of_an_operation_is_a_misuse(program):
    assert program.call("start", b"", b"").status == 255
    assert program.call("visit").status == 255
    assert program.call("read_token", b"", b"").status == 255


# The code


def test_a_new_code_is_read_back(program):
    lines = program.call("new_token").parts
    assert len(lines) == 3
    token = Token.read(" ".join(line.decode() for line in lines))
    assert program.call("token_bytes").parts == [token.value]
    assert program.call("read_token", b"".join(lines).upper()).parts == lines
    assert program.call("new_token").parts != lines


def test_a_wrong_code_says_why(program):
    said = program.call("read_token", b"baf-bel")
    assert (said.status, [number(part) for part in said.parts]) == (1, [6, 27])
    said = program.call("read_token", b"baf-bel-faf TAZ-lul-din man-bat-vun")
    assert (said.status, said.parts) == (2, [u32(4), b"lul"])
    assert program.call("read_token", b"bel-baf-faf taz-ber-din man-bat-vun").status == 3
    two = TOKEN.text + " baf-bel-faf taz-ber-din man-bat-vun"
    assert program.call("read_token", two.encode()).status == 4
    assert program.call("token_bytes").status == 1


def test_the_last_line_is_compared_syllable_by_syllable(program):
    assert program.call("last_line", b"man-bat-vun").status == 1
    assert program.call("read_token", b"baf-bel-faf taz-ber-din man-bat-vun").status == 0
    for good in (
        b"man-bat-vun", b" MAN BAT VUN\n", b"m4n-bat-vun", b"manbatvun", b"3. man-bat-vun",
        b"man-bat-vun man-bat-vun", b"baf-bel-faf taz-ber-din man-bat-vun",
    ):
        assert program.call("last_line", good).status == 0, good
    wrong = {
        b"men-bat-vun": 0,
        b"man-bet-vun": 1,
        b"man-bat-van": 2,
        b"bat-man-van": 0,
        b"baf-bel-faf": 0,
        b"man-bat": 3,
        b"man-bat-vun-vun": 3,
        b"": 3,
    }
    for typed, place in wrong.items():
        said = program.call("last_line", typed)
        assert (said.status, said.parts) == (1, [u32(place)]), typed


def test_the_root_is_that_of_the_protocol(program, house, root):
    assert program.call("derive", TOKEN.value, DEPLOYMENT.encode()).parts == [root]
    assert program.call("derive", TOKEN.value[1:], DEPLOYMENT.encode()).status == 1
    assert program.call("derive", TOKEN.value, b"").status == 1
    assert program.call("keys", root).status == 2, "no visit was opened"
    assert opened(program, house).status == 0
    assert program.call("keys", root[1:]).status == 1
    shard = ThreadKeys(root, "nl-vi").shard % 4
    assert program.call("keys", root).parts == [u32(shard)]


def test_random_shards_are_all_of_them(program, house):
    assert opened(program, house).status == 0
    said = program.run([("random_shard", [])] * 80)
    assert {number(one.parts[0]) for one in said} == {0, 1, 2, 3}


# Sealing


def test_a_text_is_checked_and_cleaned(program):
    said = program.call("check_text", "Één\r\nregel\tmeer\0".encode())
    clean = "Één\nregel meer".encode()
    assert (said.status, said.parts) == (0, [u32(len(clean)), u32(10_000), clean])
    for empty in ("", " \n \r\n\t", "\u00a0", "\u200b\u3164", "\u2800", "\ufeff\U000e0041"):
        assert program.call("check_text", empty.encode()).status == 1
    assert program.call("check_text", b"x" * 10_000).status == 0
    said = program.call("check_text", b"x" * 10_001)
    assert (said.status, said.parts) == (2, [u32(10_001), u32(10_000)])


def test_a_text_that_holds_the_code_is_refused(program, house, root):
    with_keys(program, house, root)
    typed = f"mijn code is {TOKEN.text.upper().replace('-', ' ')}!".encode()
    assert program.call("check_text", typed).status == 3
    assert program.call("seal", u32(1), b"nl-vi", typed, DANGER, b"", STAMP).status == 3


def submission(said):
    """The body as the server would read it."""
    assert said.status == 0
    body = said.parts[0]
    assert len(body) == HEAD + 16_384
    return Submission.read(body)


def frame_of(found, pair, release=None):
    plain = open_envelope(found.envelope, EnvelopeClass.TEXT, [pair], release)
    return Frame.read(plain, REPORTER)


def test_a_report_is_opened_by_its_organisation(program, house, root):
    with_keys(program, house, root)
    found = submission(program.call("seal", u32(1), b"nl-vi", TEXT.encode(), ANSWERS.encode(), b"", STAMP))
    keys, party = ThreadKeys(root, "nl-vi"), house.party("nl-vi")
    frame = frame_of(found, party.pair)
    slot = number(frame.fields[7])
    assert (found.organisation, found.flags) == ("nl-vi", 0)
    assert found.tag == keys.tag_in(sha256(found.envelope), slot)
    assert frame.kind == 1 and frame.verifies("thread-sign", keys.thread[0])
    assert unseal(frame.fields.pop(6), party.pair) == keys.tag_key
    assert len(frame.fields.pop(255)) == 64
    assert frame.fields == {
        1: b"nl-vi",
        2: (7).to_bytes(8),
        3: sha256(house.tree),
        4: keys.thread[0],
        5: keys.reply[0],
        7: u32(slot),
        9: ANSWERS.encode(),
        10: TEXT.encode(),
        12: b"nl",
        20: bytes([keys.shard]),
    }
    released = frame_of(found, house.party("helpdesk").pair, keys.release(slot))
    assert released.fields[10] == TEXT.encode()


def test_a_follow_up_without_escalation_has_a_decoy(program, house, root):
    with_keys(program, house, root)
    found = submission(program.call("seal", u32(2), b"helpdesk", TEXT.encode(), b"", b"", STAMP))
    frame = frame_of(found, house.party("helpdesk").pair)
    assert (frame.kind, frame.fields[10], 9 in frame.fields) == (2, TEXT.encode(), False)
    with pytest.raises(Exception):
        frame_of(found, house.party("nl-vi").pair)


def test_slots_are_drawn_anew_of_all_32_bits(program, house, root):
    with_keys(program, house, root)
    sealed = program.run([("seal", [u32(1), b"nl-vi", TEXT.encode(), DANGER, b"", STAMP])] * 24)
    pair = house.party("nl-vi").pair
    slots = [number(frame_of(submission(one), pair).fields[7]) for one in sealed]
    assert len(set(slots)) == 24 and slots != sorted(slots)
    assert {slot >> 31 for slot in slots} == {0, 1}


def test_what_is_not_sealed(program, house, root):
    assert opened(program, house).status == 0
    seal = lambda *parts: program.call("seal", *parts, b"", STAMP).status  # noqa: E731
    assert seal(u32(1), b"nl-vi", TEXT.encode(), DANGER) == 2
    with_keys(program, house, root)
    assert seal(u32(1), b"nobody", TEXT.encode(), DANGER) == 1
    assert seal(u32(1), b"NL", TEXT.encode(), DANGER) == 1
    assert seal(u32(1), b"nl-vi", b"  ", DANGER) == 3
    assert seal(u32(1), b"nl-vi", b"x" * 10_001, DANGER) == 3
    assert seal(u32(4), b"nl-vi", TEXT.encode(), DANGER) == 255


@pytest.mark.parametrize("ended", ["nl-vi", "helpdesk"])
def test_no_key_of_today_means_no_report(program, root, ended):
    parties = [Party("nl-vi", "helpdesk after 14"), Party("helpdesk")]
    next(one for one in parties if one.id == ended).until = -1
    house = PaperHouse(parties=parties)
    with_keys(program, house, root)
    assert program.call("seal", u32(1), b"nl-vi", TEXT.encode(), DANGER, b"", STAMP).status == 5


def test_the_stamp_is_worth_what_was_asked_and_says_how_far_it_is(program, house, root):
    asking = house.changed(tries=16)
    with_keys(program, asking, root)
    asked = program.call("asked", b"nl-vi")
    hour, tries = number(asked.parts[0]), number(asked.parts[2])
    assert (hour, asked.parts[1], tries) == (day_number(TODAY) * 24 + 9, asking.value, 16)
    assert program.call("work_begin", *asked.parts, b"nl-vi").status == 0
    found = []
    while not found or not found[-1][1]:
        said = program.call("work_go", u32(4))
        assert said.status == 0
        found.append((number(said.parts[0]), said.parts[1]))
    shares = [share for share, _ in found]
    assert shares == sorted(shares) and shares[-1] == 4 and shares[0] < 4
    stamp = found[-1][1]
    assert Stamp.read(stamp).is_worth("nl-vi", asking.value, 16)
    sealed = submission(program.call("seal", u32(1), b"nl-vi", TEXT.encode(), DANGER, b"", stamp))
    assert sealed.stamp.encoded == stamp


def test_work_that_was_not_asked_like_that_is_not_begun(program, house):
    assert program.call("asked", b"nl-vi").status == 8
    assert opened(program, house).status == 0
    assert program.call("asked", b"nobody").status == 1
    good = [u32(1), bytes(16), u32(2), b"nl-vi"]
    for place, wrong in enumerate([b"", bytes(15), u32(0), b"NL"]):
        assert program.call("work_begin", *good[:place], wrong, *good[place + 1 :]).status == 1
    assert program.call("work_begin", *good[:2], u32(65_536), b"nl-vi").status == 1
    assert program.call("work_go", u32(1)).status == 1, "nothing was begun"


def test_another_stamp_is_the_same_message(program, house, root):
    with_keys(program, house, root)
    body = program.call("seal", u32(1), b"nl-vi", TEXT.encode(), DANGER, b"", STAMP).parts[0]
    other = Stamp.random().encoded
    said = program.call("stamp", body, other)
    assert said.parts == [body[:40] + other + body[92:]]
    assert program.call("stamp", body[:-1], other).status == 1
    assert program.call("stamp", body, other[1:]).status == 1
    assert program.call("seal", u32(1), b"nl-vi", TEXT.encode(), DANGER, b"", b"").status == 6


def test_a_cover_looks_like_a_report_and_says_nothing(program, house):
    assert program.call("cover").status == 2
    assert opened(program, house).status == 0
    covers = [submission(one) for one in program.run([("cover", [])] * 24)]
    assert {one.organisation for one in covers} == {"nl-vi", "helpdesk"}
    assert len({one.tag for one in covers}) == 24
    assert len({one.stamp for one in covers}) == 24
    for one in covers:
        frame = frame_of(one, house.party(one.organisation).pair)
        assert (one.flags, frame.kind) == (1, 127)
        assert frame.fields == {1: one.organisation.encode()}


def test_a_promise_is_for_the_body_that_was_posted(program, house, root):
    with_keys(program, house, root)
    one, two = (
        program.call("seal", u32(1), b"nl-vi", TEXT.encode(), DANGER, b"", STAMP).parts[0]
        for _ in range(2)
    )
    cover = program.call("cover").parts[0]
    promise = house.promise(promised_leaf(Submission.read(one)))
    assert program.call("promise", promise, one).parts == [b"2026-03-10"]
    for other in (two, cover, b""):
        assert program.call("promise", promise, other).status == 2
    assert program.call("promise", house.promise(bytes(65)), one).status == 2, "a cover's"
    assert program.call("promise", house.promise(bytes(65)), cover).status == 0
    leaf = promised_leaf(Submission.read(two))
    for stranger in (house.log, signer(DEPLOYMENT), signer(promise_name(DEPLOYMENT))):
        assert program.call("promise", house.promise(leaf, stranger), two).status == 1
    assert program.call("promise", b"201", two).status == 1
    # A trap in between loses nothing: the promise needs the body alone.
    assert program.call("forget").status == 0
    assert opened(program, house).status == 0
    assert program.call("promise", promise, one).status == 0


def test_after_forgetting_nothing_is_left(program, house, root):
    with_keys(program, house, root)
    assert program.call("forget").status == 0
    assert program.call("token_bytes").status == 1
    assert program.call("random_shard").status == 2
    assert program.call("seal", u32(1), b"nl-vi", TEXT.encode(), DANGER, b"", STAMP).status == 1
    assert program.call("look", write_drop({})).status == 2


def test_every_syllable_of_every_line_is_of_the_table(program):
    said = program.run([("new_token", [])] * 50)
    spelled = {part for one in said for line in one.parts for part in line.decode().split("-")}
    assert spelled <= set(syllables()) and len(spelled) > 200
