"""What a journey asks again and again of a thread."""

from reporter.codec import padded
from reporter.leaf import Leaf, LeafType
from reporter.primitives import sha256
from reporter.public import Public
from reporter.submission import Submission
from reporter.visit import Reporter

from .deployment import Deployment


def thread_id(reporter: Reporter, organisation: str) -> str:
    """The first 8 hex digits of SHA-256 of the thread's public key."""
    return sha256(reporter.keys(organisation).thread[0]).hex()[:8]


def threads(deployment: Deployment, organisation: str) -> set[str]:
    """The ids a desk lists."""
    return {one["thread"] for one in deployment.desks[organisation].list()}


def send(deployment: Deployment, reporter: Reporter, one: Submission) -> None:
    """Sends a submission; its promise must hold."""
    reporter.send(deployment.serve().server, deployment.public(), one)


def report(
    deployment: Deployment,
    reporter: Reporter,
    organisation: str,
    words: str,
    slot: int | None = None,
) -> Submission:
    """A report, sent."""
    one = reporter.compose(deployment.public(), organisation, words, slot=slot)
    send(deployment, reporter, one)
    return one


def texts(deployment: Deployment, reporter: Reporter) -> list[tuple[str, str]]:
    """The answers a reporter finds, by whom."""
    found = reporter.replies(deployment.serve().server, deployment.public())
    return [(one.organisation, one.text) for one in found]


def leaves_for(public: Public, kind: LeafType, organisation: str) -> list[Leaf]:
    """The leaves of a type under an organisation's name."""
    org16 = padded(organisation)
    return [one for one in public.leaves if one.type == kind and one.organisation == org16]
