"""The cases of `contradiction.json`."""

from dataclasses import replace

from reporter.contradiction import Contradiction
from reporter.merkle import leaf_hash, subtree_root
from reporter.note import Checkpoint, Signer
from vector_scene import DEPLOYMENT, Case, Draw


def contradictions() -> list[Case]:
    """Two trees of one log, and proofs that they cannot both be: good, and not."""
    draw = Draw("contradiction.json")
    log = Signer.make(DEPLOYMENT, draw.bytes())
    stranger = Signer.make(DEPLOYMENT, draw.bytes())
    shared = [draw.bytes() + draw.bytes() + b"\1" for _ in range(4)]
    one = [leaf_hash(leaf) for leaf in shared + [draw.bytes() * 2 + b"\2" for _ in range(3)]]
    other = [leaf_hash(leaf) for leaf in shared + [draw.bytes() * 2 + b"\3" for _ in range(7)]]

    def point(hashes: list[bytes], size: int, by: Signer = log) -> bytes:
        return by.note(Checkpoint.text(DEPLOYMENT, size, subtree_root(hashes[:size])))

    good = Contradiction.of(point(one, 7), point(other, 11), other)
    same = Contradiction.of(point(one, 7), point(other, 7), other[:7])
    edge = Contradiction.of(point(one, 5), point(other, 8), other[:8])
    elsewhere = log.note(Checkpoint.text("elders.example", 7, subtree_root(one)))
    empty = log.note(Checkpoint.text(DEPLOYMENT, 0, b"\1" * 32))
    honest = Contradiction.of(point(one, 4), point(one, 7), one)
    wrong = {
        "the newer extends the older": honest,
        "one and the same checkpoint": replace(same, newer=same.older),
        "the newer first": replace(good, older=good.newer, newer=good.older),
        "older signed by another": replace(good, older=point(one, 7, stranger)),
        "newer signed by another": replace(good, newer=point(other, 11, stranger)),
        "older of another log": replace(good, older=elsewhere),
        "older of size 0": replace(good, older=empty),
        "proof without its last hash": replace(good, consistency=good.consistency[:-1]),
        "proof with a hash too many": replace(good, consistency=(*good.consistency, b"\1" * 32)),
        "proof that was bent": replace(good, consistency=(b"\1" * 32, *good.consistency[1:])),
        "another root": replace(good, other_root=b"\1" * 32),
        "proof where sizes are equal": replace(same, consistency=(b"\1" * 32,)),
    }
    named = {"sizes 7 and 11": good, "one size": same, "at a full subtree": edge}
    base = {"origin": DEPLOYMENT, "log_vkey": log.key.text}
    cases: list[Case] = [
        {
            "comment": name,
            **base,
            "older": Checkpoint.read(proof.older).size,
            "newer": Checkpoint.read(proof.newer).size,
            "file": proof.encoded.hex(),
        }
        for name, proof in named.items()
    ]
    files = {name: proof.encoded for name, proof in wrong.items()}
    files |= {
        "another magic": b"SIP2" + good.encoded[4:],
        "cut by a byte": good.encoded[:-1],
        "a byte behind the end": good.encoded + b"\0",
    }
    return cases + [
        {"comment": name, "refused": name, **base, "file": data.hex()}
        for name, data in files.items()
    ]
