"""What a process holds in memory, and what files hold on disk."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_REGION = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) r(\S+) \S+ \S+ \S+\s*(.*)$")
_PART = 1 << 22
_OVERLAP = 256


def regions(pid: int) -> Iterator[bytes]:
    """The readable memory of a process in overlapping parts."""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            found = _REGION.match(line)
            if not found or found[4].startswith(("[vvar", "[vsyscall")):
                continue
            start, end = int(found[1], 16), int(found[2], 16)
            for at in range(start, end, _PART):
                try:
                    memory.seek(at)
                    yield memory.read(min(_PART + _OVERLAP, end - at))
                except (OSError, OverflowError, ValueError):
                    continue


def found_in_memory(pid: int, wanted: Iterable[bytes]) -> set[bytes]:
    """Which of these byte strings the process holds."""
    wanted, found = set(wanted), set[bytes]()
    for part in regions(pid):
        found |= {one for one in wanted - found if one in part}
    return found


def found_in_files(folder: Path, wanted: Iterable[bytes]) -> set[tuple[str, bytes]]:
    """Which of these byte strings lie in which files of a folder, names included."""
    wanted, found = set(wanted), set[tuple[str, bytes]]()
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes() + b"\0" + path.name.encode()
        found |= {(str(path.relative_to(folder)), one) for one in wanted if one in data}
    return found
