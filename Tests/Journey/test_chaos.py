"""A month in which everything goes wrong that can: whatever was answered 201 is at its desk once,
or was named as lost by somebody's signed decision.

INTAKE_SEED repeats a month, INTAKE_DAYS makes it longer.
"""

import datetime
import os
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from reporter.states import MessageState, promised
from stage.chaos import ORGANISATION, Chaos
from stage.clock import Clock
from stage.deployment import Deployment
from stage.faults import Faults
from stage.threads import texts

SEED = int(os.environ.get("INTAKE_SEED", str(random.SystemRandom().randrange(2**32))))
DAYS = int(os.environ.get("INTAKE_DAYS", "30"))
START = datetime.date(2027, 3, 12)


def test_a_month_of_chaos_loses_nothing_unsaid(
    made: Callable[..., Deployment], tmp_path: Path
) -> None:
    print(f"INTAKE_SEED={SEED}")
    house = made("chaos", desks=(ORGANISATION, "helpdesk"), clock=Clock(START))
    faults = Faults.built(tmp_path / "faults", house.commands)
    chaos = Chaos(house, faults, random.Random(SEED))
    chaos.close()
    chaos.carry()
    chaos.keep()
    for _ in range(DAYS):
        chaos.write()
        chaos.strike()
        chaos.close()
        chaos.carry()
        house.stick_in("helpdesk")
        house.stick_out("helpdesk")
    print(*chaos.done, sep="\n")
    settle(chaos)
    check_store(chaos)
    assert house.desks[ORGANISATION].run("check").status == 0
    check_messages(chaos)
    check_replies(chaos)


def settle(chaos: Chaos) -> None:
    """Quiet days, in which the courier comes and losses are named."""
    for _ in range(3):
        chaos.close()
        chaos.carry()
        chaos.accept_losses()
    chaos.close()


def check_store(chaos: Chaos) -> None:
    """The store holds, but for bits that were turned over in it and mended on their way out."""
    said = chaos.house.check(expect=None)
    turned = {row for file, row in chaos.flipped if file.endswith(".sqlite")}
    named = re.findall(r"(?m)^intake-server: the envelope of leaf (\d+) is not the one", said.error)
    assert said.error.count("\n") == len(named), str(said)
    assert {int(one) for one in named} <= turned


def check_messages(chaos: Chaos) -> None:
    """Each once at the desk, or named: by the desk as lost, or by the promise as broken."""
    desk, public = chaos.house.desks[ORGANISATION], chaos.house.public()
    held = Counter(
        message["text"]
        for one in desk.list()
        for message in desk.contents(one["thread"])["messages"]
    )
    broken = 0
    for one in chaos.sent:
        if held[one.words] == 1:
            continue
        assert held[one.words] == 0, f"{one.words} is there {held[one.words]} times"
        assert one.is_at_risk, f"{one.words} was never in danger"
        named = one.promise.leaf[33:].hex() in chaos.lost
        assert named or promised(public, one.promise) == MessageState.LOST, one.words
        broken += 1
    print(f"{len(chaos.sent)} answered 201, {broken} of them named as lost")
    assert broken < len(chaos.sent)


def check_replies(chaos: Chaos) -> None:
    """Each reply is found once."""
    missing = 0
    for one in chaos.said:
        found = [text for _, text in texts(chaos.house, one.reporter)].count(one.words)
        assert found == 1 or (found == 0 and one.is_at_risk), f"{one.words}: {found}"
        missing += not found
    print(f"{len(chaos.said)} replies, {missing} lost with a vault")
