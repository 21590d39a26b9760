"""What is asked of an hour is fixed at its start; whoever floods makes the next one dear."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from reporter.submission import LEAST_TRIES, Stamp, Submission, cover, tries
from reporter.web import Server
from stage.deployment import Deployment
from stage.refusals import assert_problem
from stage.stamping import asked, junk, stamped

#: The texts of a flood, and the most a secret offset may add.
FLOOD, OFFSET = 1_600, 511


def work_of(deployment: Deployment, work: int, serial: int) -> None:
    """Another directory, in which the most that may be asked is this."""
    deployment.stop()
    deployment.directory = deployment.directory.changed(serial=serial, work=work)
    path = deployment.path("directory.note")
    deployment.note = deployment.keys.sign(deployment.directory.text, path)
    deployment.commands.server("directory", "--data", deployment.data, deployment.note)


def within_an_hour(server: Server, act: Callable[[], None]) -> tuple[bytes, bytes]:
    """The challenge before and after; once more where the hour turned meanwhile."""
    for _ in range(2):
        before = server.get("/v1/challenge")
        act()
        after = server.get("/v1/challenge")
        if before[:4] == after[:4]:
            break
    return before, after


def flood(server: Server, organisation: str, count: int) -> set[int]:
    """So many texts of no work; the statuses."""
    with ThreadPoolExecutor(8) as pool:
        bodies = (junk(organisation).encoded for _ in range(count))
        return {one.status for one in pool.map(server.post, bodies)}


def test_no_submission_changes_the_challenge_of_its_hour(
    made: Callable[..., Deployment],
) -> None:
    deployment = made("alike", desks=(), python_desks=("zz-python", "zz-other"))
    server = deployment.serve().server

    def act() -> None:
        assert flood(server, "zz-python", 120) == {201}
        for _ in range(10):
            assert server.post(cover("zz-python").encoded).status == 201
        assert_problem(server.post(replace(junk("zz-python"), stamp=Stamp()).encoded), 428)
        deployment.close()

    before, after = within_an_hour(server, act)
    assert before == after
    deployment.stop()


def test_stamps_of_before_a_restart_count_for_nothing(made: Callable[..., Deployment]) -> None:
    """The challenge's key is drawn anew, so that nobody can work for hours that are to come."""
    deployment = made("restart", desks=(), python_desks=("zz-python",), work=4_096)
    server = deployment.serve().server
    given = asked(server)
    kept = [junk("zz-python").with_stamp(given, LEAST_TRIES) for _ in range(2)]
    assert server.post(kept[0].encoded).status == 201
    deployment.stop()
    server = deployment.serve().server
    assert asked(server).value != given.value
    assert_problem(server.post(kept[1].encoded), 428)
    again = stamped(server, kept[1])
    assert server.post(again.encoded).status == 201
    assert server.post(kept[0].encoded).status == 201, "what is stored needs no stamp"
    deployment.check()
    deployment.stop()


@pytest.mark.slow
def test_texts_that_wait_for_their_close_count_where_a_server_starts(
    made: Callable[..., Deployment],
) -> None:
    """The flood comes while one try is asked; then the directory lets work be asked."""
    deployment = made("flood", desks=(), python_desks=("zz-python", "zz-other"))
    server = deployment.serve().server
    assert flood(server, "zz-python", FLOOD) == {201}
    for _ in range(FLOOD // 10):
        assert server.post(cover("zz-other").encoded).status == 201
    work_of(deployment, 65_535, 2)
    server = deployment.serve().server
    public, given = deployment.public(), asked(server)
    least, most = tries([FLOOD], 65_535), tries([FLOOD + OFFSET], 65_535)
    assert LEAST_TRIES < least <= public.tries("zz-python") <= most
    assert public.tries("zz-other") == LEAST_TRIES, "covers count for nothing"
    dear = public.tries("zz-python")
    assert_problem(server.post(_cheap(server, "zz-python", dear).encoded), 428)
    assert server.post(junk("zz-python").with_stamp(given, dear).encoded).status == 201
    assert server.post(junk("zz-other").with_stamp(given, LEAST_TRIES).encoded).status == 201
    work_of(deployment, 300, 3)
    assert asked(deployment.serve().server).tries == (300, LEAST_TRIES), "the directory's most"
    deployment.close()
    deployment.check()
    deployment.stop()


def _cheap(server: Server, organisation: str, dear: int) -> Submission:
    """A stamp that is worth what a quiet hour asks, and not what this one does."""
    given = asked(server)
    while True:
        one = junk(organisation).with_stamp(given, LEAST_TRIES)
        if not one.is_worth(given, dear):
            return one


@pytest.mark.slow
def test_four_thousand_and_more_are_taken_in_a_day(made: Callable[..., Deployment]) -> None:
    """There is no count at which an organisation closes: nobody is sent away until tomorrow."""
    deployment = made("no-quota", desks=(), python_desks=("zz-python", "zz-other"))
    server = deployment.serve().server
    assert flood(server, "zz-python", 4_200) == {201}
    assert asked(server).flags == 2, "texts are taken"
    assert server.post(junk("zz-python").encoded).status == 201
    deployment.close()
    deployment.check()
    deployment.stop()
