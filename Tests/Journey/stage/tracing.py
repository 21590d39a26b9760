"""What a command did to files, in order, as the kernel saw it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    "fsync,fdatasync,write,writev,pwrite64,pwritev,pwritev2,"
    "rename,renameat,renameat2,link,linkat,mkdir"
)
_PLACE = r"\d+<(?P<{}>[^>]*)>"
_WROTE = re.compile(r"p?write(?:64|v|v2)?\(" + _PLACE.format("file") + r".*= \d+$")
_SYNCED = re.compile(r"f(?:data)?sync\(" + _PLACE.format("file") + r"\) += 0$")
_NAMED = re.compile(
    r"(?:renameat2?|linkat)\("
    + _PLACE.format("there") + r', "(?P<old>[^"]*)", '
    + _PLACE.format("here") + r', "(?P<new>[^"]*)"(?:, \w+)?\) += 0$'
)
_MADE = re.compile(r'mkdir\("(?P<folder>/[^"]*)", \w+\) += 0$')
_OTHERS = re.compile(r"(?:rename|link)\(.*= 0$|(?:renameat2?|linkat)\(AT_FDCWD.*= 0$")
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>")


@dataclass(frozen=True)
class Event:
    """A file was written to or synced, or got a name, or a folder was made."""

    kind: str
    path: str
    #: What had been written, where something got a name.
    before: str = ""


def traced(trace: Path) -> tuple[str, ...]:
    """The words that write down what a command does."""
    words = ("strace", "-f", "--seccomp-bpf", "-y", "-s", "256", "-e", "signal=none")
    return (*words, "-e", f"trace={CALLS}", "-o", str(trace))


def events(trace: Path) -> list[Event]:
    """What was written down, in the order in which it was done."""
    found = []
    for call in _calls(trace.read_text("utf-8", "replace")):
        if one := _WROTE.match(call):
            found.append(Event("write", one["file"]))
        elif one := _SYNCED.match(call):
            found.append(Event("sync", one["file"]))
        elif one := _NAMED.match(call):
            new, old = f"{one['here']}/{one['new']}", f"{one['there']}/{one['old']}"
            found.append(Event("name", new, old))
        elif one := _MADE.match(call):
            found.append(Event("folder", one["folder"]))
        else:
            assert not _OTHERS.match(call), f"a name given by another call: {call}"
    return found


def _calls(text: str) -> Iterator[str]:
    begun: dict[str, str] = {}
    for line in text.splitlines():
        thread, call = line.split(maxsplit=1)
        if call.endswith("<unfinished ...>"):
            begun[thread] = call.removesuffix("<unfinished ...>").rstrip()
        elif _RESUMED.match(call):
            yield begun.pop(thread) + _RESUMED.sub("", call, count=1)
        else:
            yield call
