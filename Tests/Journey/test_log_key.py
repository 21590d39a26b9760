"""The log is signed on with a second key: made, listed, carried to the desk, used."""

import os
from collections.abc import Callable

from reporter.note import VerifierKey
from reporter.visit import Reporter
from stage.deployment import Deployment


def test_the_promise_key_lies_apart(made: Callable[..., Deployment]) -> None:
    """Another key in a file of its own, for nobody else to read; it signs no checkpoint."""
    deployment = made("promise-key", desks=(), python_desks=("zz-python",))
    for name in ("log.key", "promise.key"):
        assert (os.stat(deployment.data / name).st_mode & 0o777) == 0o600, name
    assert deployment.promise.public != deployment.log.public
    note = deployment.public().checkpoint.note
    assert note.signed_by(deployment.log) and not note.signed_by(deployment.promise)
    deployment.stop()


def said(deployment: Deployment, *more: str, expect: int | None = 0):  # noqa: ANN201
    """`log-key`."""
    return deployment.commands.server("log-key", "--data", deployment.data, *more, expect=expect)


def test_a_second_key_signs_on(made: Callable[..., Deployment]) -> None:
    deployment = made("log-key", desks=("nl-vi",))
    deployment.to_desk("nl-vi")
    refused = said(deployment, "--use", expect=1)
    assert "no new log key lies here" in refused.error
    line = said(deployment).out.strip()
    assert said(deployment).out.strip() == line, "the same key when asked again"
    assert (os.stat(deployment.data / "log.key.next").st_mode & 0o777) == 0o600
    assert "does not list the new log key" in said(deployment, "--use", expect=1).error

    deployment.directory = deployment.directory.changed(
        serial=2, logs=[line.removeprefix("log "), deployment.log.text]
    )
    deployment.note = deployment.keys.sign(deployment.directory.text, deployment.path("second"))
    deployment.commands.server("directory", "--data", deployment.data, deployment.note)
    deployment.to_desk("nl-vi")
    deployment.from_desk("nl-vi")
    assert said(deployment, "--use").out == f"signing with {line}\n"
    assert not (deployment.data / "log.key.next").exists()
    assert (os.stat(deployment.data / "log.key").st_mode & 0o777) == 0o600
    assert "no new log key lies here" in said(deployment, "--use", expect=1).error

    deployment.log = VerifierKey.read(line.removeprefix("log "))
    public = deployment.public()
    reporter = Reporter(deployment.name)
    report = reporter.compose(public, "nl-vi", "Na de wissel.", slot=3)
    assert reporter.send(deployment.serve().server, public, report)
    taken = deployment.to_desk("nl-vi")
    assert (taken["messages"], taken["alarms"]) == (1, [])
    deployment.from_desk("nl-vi")
    deployment.check()
