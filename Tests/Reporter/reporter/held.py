"""How much an organisation is proved to hold, whatever the checkpoint list shows (section 8.5)."""

from collections.abc import Iterator, Mapping

from .codec import padded
from .frame import Field
from .keys import REPLIES, ThreadKeys
from .leaf import Leaf, LeafType
from .opening import open_reply
from .primitives import sha256
from .public import Public
from .refusal import Refused


def acknowledged_by_leaves(public: Public, organisation: str) -> int:
    """The largest size in that organisation's type 7 leaves in view."""
    org16 = padded(organisation)
    sizes = [
        int.from_bytes(leaf.tag[:8], "big")
        for leaf in public.leaves
        if leaf.type == LeafType.ACKNOWLEDGEMENT and leaf.organisation == org16
    ]
    return max(sizes, default=0)


def proved_size(public: Public, keys: ThreadKeys, drop: Mapping[bytes, bytes] | None) -> int:
    """The leaves before this index are at the organisation, by what is signed and in view.

    Without a drop only the log is asked.
    """
    sizes = [acknowledged_by_leaves(public, keys.organisation)]
    if drop is not None:
        sizes += _by_answers(public, keys, drop)
        sizes += _by_leaves_of_answers(public, keys, drop)
    return max(sizes)


def _by_answers(public: Public, keys: ThreadKeys, drop: Mapping[bytes, bytes]) -> Iterator[int]:
    """Who answers an envelope holds it, and everything before it."""
    org16, listed = padded(keys.organisation), public.directory.organisation(keys.organisation)
    places = {
        leaf.digest: at
        for at, leaf in enumerate(public.leaves, start=public.log.first)
        if leaf.type == LeafType.TEXT and leaf.organisation == org16
    }
    for number in range(REPLIES):
        envelope = drop.get(keys.tag_out(number))
        if envelope is None:
            continue
        try:
            answered = open_reply(listed, keys, number, envelope).fields[Field.ENVELOPE]
        except Refused:
            continue
        yield places.get(answered, 0) + 1


def _by_leaves_of_answers(
    public: Public, keys: ThreadKeys, drop: Mapping[bytes, bytes]
) -> Iterator[int]:
    """An answer in the log that the drop has not: withheld, it may answer anything before it."""
    org16 = padded(keys.organisation)
    tags = {keys.tag_out(number) for number in range(REPLIES)}
    withdrawn = {
        (leaf.tag, leaf.digest)
        for leaf in public.leaves
        if leaf.type == LeafType.WITHDRAWN and leaf.organisation == org16
    }
    for at, leaf in enumerate(public.leaves, start=public.log.first):
        if leaf.type != LeafType.REPLY or leaf.organisation != org16 or leaf.tag not in tags:
            continue
        if (leaf.tag, leaf.digest) in withdrawn:
            yield 1
        elif not _lies_in(drop, leaf):
            yield at


def _lies_in(drop: Mapping[bytes, bytes], leaf: Leaf) -> bool:
    return leaf.tag in drop and sha256(drop[leaf.tag]) == leaf.digest
