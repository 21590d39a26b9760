"""The day's quota of one organisation closes it, after everything else was checked (section 7)."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from reporter.envelope import random_text
from reporter.submission import Challenge, Submission, difficulty, stamp_bits
from stage import store
from stage.deployment import Deployment
from stage.directories import today

#: Leaves a day for each organisation.
QUOTA = 4_000
#: Free of stamps in an hour; a server that starts anew counts the hour from nothing.
FREE = 49


def fresh() -> Submission:
    """A submission that would be accepted."""
    return Submission("zz-python", os.urandom(16), random_text())


def challenge(deployment: Deployment) -> Challenge:
    """What is asked now."""
    return Challenge.read(deployment.serve().server.get("/v1/challenge"))


def without_stamp(given: Challenge, submission: Submission) -> Submission:
    """The submission with a nonce that is worth nothing."""
    for nonce in range(1000):
        if stamp_bits(submission.stamped, given.value, nonce) == 0:
            return replace(submission, hour=given.hour, nonce=nonce)
    raise AssertionError("no such nonce")


@pytest.mark.slow
def test_quota_closes_an_organisation_and_is_checked_last(
    made: Callable[..., Deployment],
) -> None:
    deployment = made("quota", desks=(), python_desks=("zz-python", "zz-other"))
    known = fresh()
    assert deployment.serve().server.post(known.encoded).status == 201
    accepted, day = 1, today()
    with ThreadPoolExecutor(8) as pool:
        while accepted + FREE + 80 < QUOTA:
            deployment.stop()
            server = deployment.serve().server
            bodies = [fresh().encoded for _ in range(FREE)]
            assert {one.status for one in pool.map(server.post, bodies)} == {201}
            accepted += FREE
    given, server = challenge(deployment), deployment.serve().server
    assert given.flags & 1 == 0, "text is open until the quota is reached"
    statuses = []
    for at in range(FREE, FREE + 2 * QUOTA):
        statuses.append(server.post(fresh().with_stamp(given, difficulty(at)).encoded).status)
        if statuses[-1] != 201:
            break
    assert set(statuses[:-1]) == {201} and statuses[-1] == 503
    if today() == day:
        assert accepted + len(statuses) - 1 == QUOTA
    closed = challenge(deployment)
    assert closed.flags == 3 and closed.difficulty >= 1
    before = store.digest(deployment.data)
    assert server.post(without_stamp(closed, fresh()).encoded).status == 428
    assert server.post(known.encoded).status == 201, "known is known, quota or not"
    assert server.post(replace(known, envelope=random_text()).encoded).status == 409
    assert server.post(fresh().encoded[:-1]).status == 413
    refused = server.post(fresh().with_stamp(closed, closed.difficulty).encoded)
    assert refused.status == 503
    assert refused.headers["content-type"] == "application/problem+json"
    assert store.digest(deployment.data) == before
    other = Submission("zz-other", os.urandom(16), random_text())
    assert server.post(other.encoded).status == 201, "one organisation's quota is its own"
    deployment.close()
    deployment.check()
    deployment.stop()
