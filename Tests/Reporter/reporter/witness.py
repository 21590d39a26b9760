"""Checkpoints that other organisations cosigned, as an in-bundle carries them (section 11)."""

from dataclasses import dataclass

from .codec import padded
from .directory import Directory
from .in_bundle import InBundle
from .leaf import Leaf, LeafType
from .merkle import MerkleTree
from .note import Checkpoint, VerifierKey
from .refusal import Refused


@dataclass(frozen=True)
class Witness:
    """An organisation and the size it cosigned."""

    organisation: str
    checkpoint: Checkpoint


def witnesses(bundle: InBundle, directory: Directory, log: VerifierKey) -> list[Witness]:
    """Every witness line verified: a known cosigner, not beyond the end, of this very tree.

    One organisation has one line, in the directory's order; the desk itself too.
    """
    found = []
    for data in bundle.witnesses:
        point = Checkpoint.verified(data, log)
        organisation = _cosigner(point, directory)
        if point.size > bundle.size:
            raise Refused(f"witness of size {point.size}, must be at most {bundle.size}")
        if point.size >= bundle.first and _root(bundle, point.size) != point.root:
            raise Refused(f"{organisation!r} cosigned another tree of size {point.size}")
        found.append(Witness(organisation, point))
    order = [one.id for one in directory.organisations]
    places = [order.index(one.organisation) for one in found]
    if places != sorted(set(places)):
        raise Refused("witnesses are not in the directory's order, each once")
    return found


def missing(bundle: InBundle, found: list[Witness]) -> list[str]:
    """Organisations whose newest type 7 leaf in the bundle is newer than their witness line."""
    newest: dict[bytes, int] = {}
    for one in bundle.leaves:
        leaf = Leaf.read(one)
        if leaf.type == LeafType.ACKNOWLEDGEMENT:
            newest[leaf.organisation] = int.from_bytes(leaf.tag[:8], "big")
    newest.pop(padded(bundle.organisation), None)
    held = {padded(one.organisation): one.checkpoint.size for one in found}
    behind = [org16 for org16, size in newest.items() if held.get(org16, -1) < size]
    return sorted(org16.rstrip(b"\0").decode() for org16 in behind)


def _cosigner(point: Checkpoint, directory: Directory) -> str:
    for organisation in directory.organisations:
        if any(point.note.cosigned_by(desk) is not None for desk in organisation.desks):
            return organisation.id
    raise Refused("witness is not cosigned by an organisation of the directory")


def _root(bundle: InBundle, size: int) -> bytes:
    tree = MerkleTree(bundle.first, bundle.subtrees)
    for leaf in bundle.leaves[: size - bundle.first]:
        tree.append(leaf)
    return tree.root
