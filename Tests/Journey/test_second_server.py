"""One server a folder and a socket; other commands go on beside it."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from stage.deployment import Deployment
from stage.serving import ServerProcess
from stage.stamping import junk


@pytest.fixture
def house(made: Callable[..., Deployment]) -> Deployment:
    """A server that runs."""
    house = made("second-server", desks=())
    house.serve()
    return house


def refused(house: Deployment, *where: object) -> str:
    """What a second `serve` says."""
    words = ["serve", "--data", house.data, "--no-page", *where]
    said = house.commands.server(*words, expect=1)
    assert said.out == "" and said.error.count("\n") == 1
    return said.error


def test_a_second_server_of_a_folder_is_refused(house: Deployment) -> None:
    assert "serves from" in refused(house, "--port", 0)
    assert house.serve().server.post(junk("zz-python").encoded).status == 201
    link = house.path("link")
    link.symlink_to(house.data)
    words = ["serve", "--data", link, "--no-page", "--port", "0"]
    assert "serves from" in house.commands.server(*words, expect=1).error
    house.stop()


def test_other_commands_go_on_beside_it(house: Deployment) -> None:
    assert house.serve().server.post(junk("zz-python").encoded).status == 201
    house.close()
    house.check()
    house.export("zz-python")
    house.stop()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_folder_is_free_when_a_server_ended_however(
    house: Deployment, how: signal.Signals
) -> None:
    for _ in range(2):
        process = house.serve()
        os.kill(process.pid, how)
        process.process.wait(30)
    house.serve()
    house.stop()


def test_a_second_server_at_a_socket_is_refused(
    made: Callable[..., Deployment], tmp_path: Path
) -> None:
    one, other = made("socket-one", desks=()), made("socket-other", desks=())
    path = tmp_path / "http.sock"
    process = ServerProcess(one.commands, one.data, socket=path)
    assert "somebody listens at" in refused(other, "--socket", path)
    assert process.server.post(junk("zz-python").encoded).status == 201
    process.stop()
