"""An independent desk: reads what the real server exports, answers, and is understood."""

import os

from reporter.admission import admit
from reporter.codec import padded
from reporter.envelope import EnvelopeClass, open_envelope
from reporter.frame import REPORTER, Frame, Kind, ReplyKind
from reporter.in_bundle import InBundle
from reporter.keys import message_tag
from reporter.leaf import Leaf, LeafType
from reporter.note import Note
from reporter.out_bundle import Row, RowKind
from reporter.primitives import sha256, unseal
from reporter.visit import Reporter
from stage.deployment import Deployment
from stage.replies import out_bundle, reply_row

WORDS = "Geschreven in Python, gelezen in Python, gedragen door de server."


def exported(deployment: Deployment, first: int | None = None) -> InBundle:
    """The in-bundle of the Python desk, verified."""
    data = deployment.export("zz-python", first).read_bytes()
    return InBundle.verified(data, deployment.log)


def opened(deployment: Deployment, bundle: InBundle) -> dict[int, Frame]:
    """The frames of all own envelopes; every one of them must open and be admitted."""
    desk, found = deployment.python_desks["zz-python"], {}
    for at, data in bundle.objects.items():
        leaf = Leaf.read(bundle.leaves[at - bundle.first])
        if leaf.type == LeafType.TEXT:
            frame = Frame.read(open_envelope(data, EnvelopeClass.TEXT, [desk.seal]), REPORTER)
            admit(frame)
            found[at] = frame
    return found


def test_the_export_holds_the_report_and_real_fillers(deployment: Deployment) -> None:
    deployment.close()
    first = deployment.public().checkpoint.size
    server, public = deployment.serve().server, deployment.public()
    reporter = Reporter(deployment.name)
    submission = reporter.compose(public, "zz-python", WORDS, slot=2**31)
    reporter.send(server, public, submission)
    deployment.close()
    deployment.close()
    bundle = exported(deployment, first)
    assert bundle.size == deployment.public().checkpoint.size
    frames = opened(deployment, bundle)
    reports = [(at, one) for at, one in frames.items() if one.kind == Kind.REPORT]
    fillers = [one for one in frames.values() if one.kind == Kind.FILLER]
    assert len(reports) == 1 and fillers, "a day without reports must have a filler"
    assert all(one.fields == {1: b"zz-python"} for one in fillers)
    at, report = reports[0]
    assert report.fields[10].decode() == WORDS
    tag_key = unseal(report.fields[6], deployment.python_desks["zz-python"].seal)
    assert tag_key == reporter.keys("zz-python").tag_key
    leaf = Leaf.read(bundle.leaves[at - first])
    assert leaf.digest == sha256(bundle.objects[at])
    assert message_tag(tag_key, leaf.digest, 2**31) == leaf.tag


SEALED = (LeafType.TEXT, LeafType.OVERDUE, LeafType.TRANSFERRED)


def test_foreign_leaves_travel_without_their_objects(deployment: Deployment) -> None:
    bundle = exported(deployment, 0)
    leaves = [Leaf.read(leaf) for leaf in bundle.leaves]
    own = padded("zz-python")
    wanted = {
        at
        for at, leaf in enumerate(leaves)
        if leaf.type == LeafType.DIRECTORY
        or (leaf.type in SEALED and leaf.organisation == own)
    }
    assert set(bundle.objects) == wanted
    notes = [at for at in wanted if leaves[at].type == LeafType.DIRECTORY]
    assert notes and all(Note.read(bundle.objects[at]).digest == leaves[at].digest for at in notes)


def test_the_answer_of_a_python_desk_is_found(deployment: Deployment) -> None:
    server, public = deployment.serve().server, deployment.public()
    reporter, desk = Reporter(deployment.name), deployment.python_desks["zz-python"]
    submission = reporter.compose(public, "zz-python", "Een vraag.")
    reporter.send(server, public, submission)
    deployment.close()
    bundle = exported(deployment)
    keys = reporter.keys("zz-python")
    rows = [
        reply_row(desk, keys, at, f"Antwoord {at}", sha256(submission.envelope)) for at in (0, 1)
    ]
    path = deployment.path("python.out")
    path.write_bytes(out_bundle(desk, bundle.checkpoint, rows).written(desk.signer))
    deployment.take(path)
    deployment.close()
    public = deployment.public()
    replies = reporter.replies(server, public)
    assert [(one.number, one.kind, one.text) for one in replies] == [
        (0, ReplyKind.MESSAGE, "Antwoord 0"),
        (1, ReplyKind.MESSAGE, "Antwoord 1"),
    ]
    assert public.acknowledged("zz-python") == bundle.size
    cosigned = public.cosigned["zz-python"][0]
    leaf = Leaf.acknowledgement("zz-python", cosigned.size, cosigned.note.digest)
    assert public.log.index(leaf.encoded) is not None
    next_bundle = exported(deployment)
    assert next_bundle.first == bundle.size, "the next export starts where the desk stands"


def test_a_reply_under_a_known_tag_is_skipped_and_the_first_stays(deployment: Deployment) -> None:
    server = deployment.serve().server
    reporter, desk = Reporter(deployment.name), deployment.python_desks["zz-python"]
    keys = reporter.keys("zz-python")
    for text in ("De eerste.", "De tweede."):
        checkpoint = deployment.public().checkpoint
        rows = [reply_row(desk, keys, 0, text, os.urandom(32))]
        note = exported(deployment).checkpoint
        assert Note.read(note).text == checkpoint.note.text
        path = deployment.path("python.out")
        path.write_bytes(out_bundle(desk, note, rows).written(desk.signer))
        deployment.take(path)
        deployment.close()
    assert [one.text for one in reporter.replies(server, deployment.public())] == ["De eerste."]
    deployment.check()


def test_rows_about_what_is_not_there_do_no_harm(deployment: Deployment) -> None:
    """A piece nobody has and a reply nobody wrote: the reply beside them is taken."""
    server = deployment.serve().server
    reporter, desk = Reporter(deployment.name), deployment.python_desks["zz-python"]
    org16 = padded("zz-python")
    rows = [
        reply_row(desk, reporter.keys("zz-python"), 0, "Ernaast.", os.urandom(32)),
        Row(RowKind.PIECE_WANTED, 0, org16, bytes(16), os.urandom(32)),
        Row(RowKind.WITHDRAW, 0, org16, os.urandom(16), os.urandom(32)),
    ]
    note = exported(deployment).checkpoint
    path = deployment.path("python.out")
    path.write_bytes(out_bundle(desk, note, rows).written(desk.signer))
    deployment.take(path)
    deployment.close()
    assert [one.text for one in reporter.replies(server, deployment.public())] == ["Ernaast."]
    deployment.check()
