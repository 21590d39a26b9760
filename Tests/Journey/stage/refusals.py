"""What every refusal over HTTP must look like."""

import json

from reporter.submission import Submission
from reporter.web import Answer

from .stamping import junk


def base(organisation: str = "nl-vi") -> Submission:
    """A submission that would be accepted where one try is asked."""
    return junk(organisation)


def assert_problem(answer: Answer, status: int) -> None:
    """A refusal as RFC 9457 has it, that says nothing about the caller or the code."""
    assert answer.status == status, answer.body[:300]
    assert answer.headers["content-type"].split(";")[0] == "application/problem+json"
    problem = json.loads(answer.body)
    assert problem["status"] == status and problem["title"]
    assert answer.headers["cache-control"] == "no-store"
    for word in (b"127.0.0.1", b"Swift", b".swift", b"Error("):
        assert word not in answer.body
