"""What the commands refuse: 64 for wrong usage, 1 and one line for the rest."""

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from reporter.visit import Reporter
from stage.bending import assert_one_line
from stage.commands import Commands, program
from stage.deployment import Deployment
from stage.waiting import until


@pytest.fixture(scope="module")
def refusing(made: Callable[..., Deployment]) -> Deployment:
    """A server and a desk, at rest."""
    return made("commands", desks=("nl-vi",))


def test_wrong_usage_exits_64(refusing: Deployment) -> None:
    data, vault = refusing.data, refusing.desks["nl-vi"].vault
    server, admin = refusing.commands.server, refusing.commands.admin
    for result in (
        server("export", "--data", data, expect=None),
        server("serve", "--data", data, "--colour", "blue", expect=None),
        server("serve", "--data", data, "--port", "many", expect=None),
        server("nonsense", expect=None),
        server("close-day", expect=None),
        admin("import", "--vault", vault, expect=None),
        admin("nonsense", expect=None),
        admin("reply", "--vault", vault, "00000000", "--kind", "shout", expect=None),
        admin("root", "new", expect=None),
    ):
        assert result.status == 64, str(result)
        assert result.error.strip(), str(result)


def test_list_asked_wrongly_exits_64(refusing: Deployment) -> None:
    desk = refusing.desks["nl-vi"]
    for words in (
        ["--page", "0"], ["--page", "-1"], ["--page", "many"], ["--page", "9" * 30],
        ["--page", "1", "--all"], ["--since", "nonsense"], ["--since", "2026-02-30"],
        ["--since", "2026-2-3"], ["--since", ""], ["--since", "\x1b[2J"],
        ["--unreadable", "--page", "1"], ["--unreadable", "--all"], ["--unreadable", "--unanswered"],
        ["--unreadable", "--since", "2026-02-03"],
    ):
        for more in ([], ["--json"]):
            result = desk.run("list", *words, *more, expect=64)
            assert result.error.strip() and not result.out and "\x1b" not in result.error, str(result)


def test_a_page_that_is_not_there_is_refused_in_a_line(refusing: Deployment) -> None:
    desk = refusing.desks["nl-vi"]
    assert desk.run("list", "--page", "1", "--json").json == []
    for more in ([], ["--json"], ["--unanswered"], ["--since", "2026-02-03"]):
        assert "no threads yet" in desk.run("list", "--page", "1", *more).out or more == ["--json"]
        result = desk.run("list", "--page", "999", *more, expect=1)
        assert_one_line(result)
        assert "the list has no page 999, it must be 1, there are no more" in result.error


def test_commands_on_what_is_not_there_exit_1(refusing: Deployment, tmp_path: Path) -> None:
    desk, server = refusing.desks["nl-vi"], refusing.commands.server
    nowhere = tmp_path / "nowhere"
    export = ["--organisation", "elders", "--out", tmp_path / "a"]
    for result in (
        server("check", "--data", nowhere, expect=None),
        server("recover", "--data", refusing.data, nowhere, expect=None),
        server("recover", "--data", refusing.data, "--public", nowhere, expect=None),
        refusing.commands.admin("audit", nowhere, expect=None),
        server("serve", "--data", nowhere, "--no-page", "--port", "0", expect=None),
        server("import", "--data", refusing.data, nowhere, expect=None),
        server("directory", "--data", refusing.data, nowhere, expect=None),
        server("export", "--data", refusing.data, *export, expect=None),
        server("init", "--data", refusing.data, "--deployment", "intake.test", expect=None),
        desk.run("import", nowhere, expect=None),
        desk.run("show", "00000000", expect=None),
        desk.run("reply", "00000000", "--text", "hallo", expect=None),
        refusing.commands.admin(
            "root", "new", "--key", refusing.keys.files[0], "--name", "x", expect=None
        ),
        desk.commands.admin(
            *("init", "--vault", desk.vault, "--organisation", "nl-vi", "--deployment"),
            *("intake.test", "--roots", refusing.keys.roots, "--passphrase-file", desk.passphrase),
            expect=None,
        ),
    ):
        assert_one_line(result)


def test_wrong_passphrase_exits_1(refusing: Deployment) -> None:
    desk = refusing.desks["nl-vi"]
    other = refusing.path("passphrase")
    other.write_text("een andere zin\n")
    result = desk.commands.admin(
        "list", "--vault", desk.vault, "--passphrase-file", other, expect=None
    )
    assert_one_line(result)
    assert "een andere zin" not in result.error


def test_vault_that_was_touched_exits_1(refusing: Deployment) -> None:
    desk = refusing.desks["nl-vi"]
    copy = refusing.path("copy.vault")
    copy.write_bytes(os.urandom(4096) + desk.vault.read_bytes()[4096:])
    assert_one_line(replace(desk, vault=copy).run("list", expect=None))


@pytest.fixture(scope="module")
def answered(made: Callable[..., Deployment]) -> tuple[Deployment, Reporter, str]:
    """A deployment with one thread at nl-vi: its reporter and its id."""
    deployment = made("answered", desks=("nl-vi",))
    public, reporter = deployment.public(), Reporter(deployment.name)
    report = reporter.compose(public, "nl-vi", "Hallo.")
    reporter.send(deployment.serve().server, public, report)
    deployment.to_desk("nl-vi")
    return deployment, reporter, deployment.desks["nl-vi"].list()[0]["thread"]


@pytest.mark.parametrize("text", ["a" * 3001, "\u00e9" * 1501], ids=["3,001 B", "3,002 B"])
def test_reply_that_is_too_long_exits_1(
    answered: tuple[Deployment, Reporter, str], text: str
) -> None:
    deployment, _, thread = answered
    desk = deployment.desks["nl-vi"]
    before = desk.show(thread)
    words = ["--text", text, "--kind", "message"]
    assert_one_line(desk.run("reply", thread, *words, expect=None))
    assert desk.show(thread) == before


def test_reply_with_control_characters_reaches_its_reporter_without_them(
    answered: tuple[Deployment, Reporter, str],
) -> None:
    """A reporter admits no control character but LF, so the desk must not send one."""
    deployment, reporter, thread = answered
    deployment.desks["nl-vi"].reply(thread, "een\x1b[2J twee\r\ndrie\u0085vier")
    deployment.from_desk("nl-vi")
    replies = reporter.replies(deployment.serve().server, deployment.public())
    assert len(replies) == 1
    for word in ("een", "twee", "drie", "vier"):
        assert word in replies[0].text
    deployment.stop()


def unheard(commands: Commands, name: str, *words: object) -> subprocess.CompletedProcess[bytes]:
    """A command whose standard output is a disk without room."""
    with open("/dev/full", "wb") as full:
        return subprocess.run(
            [program(name), *map(str, words)], env=commands.environment, stdin=subprocess.DEVNULL,
            stdout=full, stderr=subprocess.PIPE, check=False,
        )


def test_what_was_done_and_cannot_be_said_exits_74(made: Callable[..., Deployment], tmp_path: Path) -> None:
    house = made("unheard", desks=("nl-vi",))
    desk = house.desks["nl-vi"]
    (tmp_path / "passphrase").write_text("een lange zin van vier woorden\n")
    plain = ["--passphrase-file", tmp_path / "passphrase"]
    for name, words in (
        ("intake-server", ["close-day", "--data", house.data, "--now"]),
        ("intake-server", ["check", "--data", house.data]),
        ("intake-admin", ["list", "--vault", desk.vault, "--passphrase-file", desk.passphrase]),
        ("intake-admin", ["root", "new", "--name", "een", "--key", tmp_path / "een.key", *plain]),
    ):
        result = unheard(house.commands, name, *words)
        assert result.returncode == 74, (words, result.stderr)
        [line] = result.stderr.decode().splitlines()
        assert line == f"{name}: done, but what it says cannot be written: No space left on device"
    assert (tmp_path / "een.key").exists()


def test_a_server_goes_on_where_nobody_hears_its_lines_and_keeps_its_place(
    made: Callable[..., Deployment],
) -> None:
    house = made("mute", desks=("nl-vi",))
    place = house.data / "mute.sock"
    words = ["serve", "--data", house.data, "--no-page", "--socket", place]
    with open("/dev/full", "wb") as full:
        server = subprocess.Popen(
            [program("intake-server"), *map(str, words)], env=house.commands.environment,
            stdin=subprocess.DEVNULL, stdout=full, stderr=full,
        )
    try:
        until(lambda: place.exists() or server.poll() is not None, "it listens or ends", 60)
        assert server.poll() is None
        second = house.commands.server(*words, expect=1)
        assert_one_line(second)
        assert f'somebody listens at "{place}", that server must be stopped first' in second.error
        # Nor is one waited for that lets nobody in any more.
        server.send_signal(signal.SIGSTOP)
        waiting = []
        with contextlib.suppress(BlockingIOError):
            while True:
                waiting.append(socket.socket(socket.AF_UNIX))
                waiting[-1].setblocking(False)
                waiting[-1].connect(str(place))
        third = house.commands.server(*words, expect=1)
        assert "somebody listens" in third.error
        for one in waiting:
            one.close()
        server.send_signal(signal.SIGCONT)
    finally:
        server.send_signal(signal.SIGCONT)
        server.terminate()
        assert server.wait(60) == 0
