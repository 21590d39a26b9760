"""Deployments made with the real commands, shared where tests do not disturb each other."""

import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reporter.visit import Reporter
from reporter.web import Server
from stage.canaries import CALLER, HEADERS, PASSPHRASE, Journey, walk
from stage.commands import program
from stage.deployment import Deployment
from stage.relay import Relay
from stage.rude import ORGANISATIONS
from stage.serving import ServerProcess


@pytest.fixture(scope="session", autouse=True)
def programs() -> None:
    """Both programs are there, or everything fails at once and says why."""
    for name in ("intake-server", "intake-admin"):
        try:
            program(name)
        except FileNotFoundError as error:
            pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Deployment]]:
    """Makes deployments; their servers are stopped at the end of the session."""
    all_made: list[Deployment] = []

    def make(name: str, **options: object) -> Deployment:
        folder: Path = tmp_path_factory.mktemp(name)
        all_made.append(Deployment.make(folder, **options))  # type: ignore[arg-type]
        return all_made[-1]

    yield make
    for one in all_made:
        one.stop()


@pytest.fixture(scope="session")
def deployment(made: Callable[..., Deployment]) -> Deployment:
    """The shared deployment, serving: tests use tokens of their own and count differences."""
    found = made("shared")
    found.serve()
    return found


@pytest.fixture(scope="session")
def journey(made: Callable[..., Deployment]) -> Iterator[Journey]:
    """Report, follow-up, answer, refusals and a cover, all from one caller."""
    started = time.time()
    deployment = made("leaks", desks=("nl-vi", "helpdesk"), passphrase=PASSPHRASE)
    path = deployment.commands.home / "intake.socket"
    process = deployment.serve(socket=path)
    relay = Relay(path)
    server = Server(port=relay.port, source=CALLER, headers=HEADERS)
    reporter = Reporter(deployment.name)
    found = Journey(deployment, process, relay, reporter, started)
    walk(found, server)
    yield found
    relay.close()
    deployment.stop()


@pytest.fixture(scope="session")
def process(made: Callable[..., Deployment]) -> Iterator[ServerProcess]:
    """A server of its own: its memory over all tests of this file is the measure."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65_536), most))
    deployment = made("rude", desks=(), python_desks=ORGANISATIONS)
    process = deployment.serve()
    yield process
    assert process.process.poll() is None, "the server must outlive them all"
    print(f"most memory ever: {process.memory('VmHWM') // 1024 // 1024} MB")
    deployment.check()
    deployment.stop()
