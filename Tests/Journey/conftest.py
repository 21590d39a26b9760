"""Deployments made with the real commands, shared where tests do not disturb each other."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stage.commands import program
from stage.deployment import Deployment


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
