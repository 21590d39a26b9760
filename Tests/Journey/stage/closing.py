"""What must be true of every closed day (section 8)."""

from collections.abc import Sequence
from itertools import groupby

from reporter.codec import unpadded
from reporter.directory import Directory
from reporter.leaf import Leaf, LeafType
from reporter.merkle import EMPTY_ROOT

#: The order of the groups within one close.
ORDER = [3, 7, 1, 2, 8, 4, 5, 6]


def closes(leaves: Sequence[Leaf]) -> list[list[Leaf]]:
    """The leaves of each close, its day's end last."""
    found: list[list[Leaf]] = [[]]
    for leaf in leaves:
        found[-1].append(leaf)
        if leaf.type == LeafType.DAY_END:
            found.append([])
    assert not found[-1], "log must end with the end of a day"
    return found[:-1]


def check_close(leaves: Sequence[Leaf], directory: Directory) -> None:
    """Groups in order, each sorted; every organisation has a full batch; one end, of a day."""
    groups = [(kind, list(group)) for kind, group in groupby(leaves, key=lambda leaf: leaf.type)]
    kinds = [ORDER.index(kind) for kind, _ in groups]
    assert kinds == sorted(set(kinds)), f"groups in the order {[kind for kind, _ in groups]}"
    for _, group in groups:
        keys = [(leaf.organisation, leaf.tag) for leaf in group]
        assert keys == sorted(keys), "group must be sorted by organisation and tag"
    texts = [unpadded(leaf.organisation) for leaf in leaves if leaf.type == LeafType.TEXT]
    for organisation in directory.organisations:
        count = texts.count(organisation.id)
        assert count >= organisation.batch and count % organisation.batch == 0, (
            f"{count} texts of {organisation.id}, must be full batches of {organisation.batch}"
        )
    ends = [leaf for leaf in leaves if leaf.type == LeafType.DAY_END]
    assert len(ends) == 1
    assert ends[0].organisation == bytes(16) and ends[0].tag[4:] == bytes(12)
    assert ends[0].digest == EMPTY_ROOT
