"""The vector files of one maker each."""

from collections.abc import Callable

from vector_directories import directories, promises
from vector_keys import keys
from vector_scene import Case, written
from vector_stamps import challenges, stamps, submissions

#: The files of one maker each, and what they are about.
PLAIN: dict[str, tuple[Callable[[], list[Case]], str]] = {
    "keys": (
        keys,
        "Keys derived from a token for one deployment and organisation. `in`: the tag of the "
        "envelope with the digest in the slot at the same place; `foreign`: tags that are not of "
        "the envelope with the digest at the same place.",
    ),
    "stamp": (
        stamps,
        "Work bound to organisation and ticket. `challenge` follows from `key` and `hour`; "
        "`parts`: the first eight bytes of each of the four hashes; `refused`: not worth `tries`.",
    ),
    "submission": (
        submissions,
        "Bodies of submissions; `body` has its trailing zeros left off, `size` restores them.",
    ),
    "challenge": (
        challenges,
        "Answers of the challenge. `refused_with_directory`: at the latest beside a directory with "
        "so many `organisations` and this `work`.",
    ),
    "promise": (promises, "Promises as notes; `promise_vkeys`: those the directory lists."),
    "directory": (directories, "Directories signed by one root; nothing looks at today."),
}


def plain_file(name: str) -> str:
    """One of the files above."""
    maker, about = PLAIN[name]
    return written(about, maker())
