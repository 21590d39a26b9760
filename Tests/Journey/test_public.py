"""What everybody can fetch: the same bytes for all, and every promise of its form kept."""

import json
from collections.abc import Callable

import pytest
from reporter.drop import read_drop
from reporter.envelope import EnvelopeClass, check
from reporter.leaf import Leaf, LeafType
from reporter.month import MonthFile
from reporter.primitives import sha256
from stage.closing import check_close, closes
from stage.deployment import Deployment


def test_every_close_has_full_batches_in_order(deployment: Deployment) -> None:
    deployment.close()
    public = deployment.public()
    found = closes(public.leaves)
    assert found
    for leaves in found:
        check_close(leaves, public.directory)
    first = found[0][0]
    assert first == Leaf.directory(1, public.directory.digest)


def test_the_drop_is_alike_in_every_shard(deployment: Deployment) -> None:
    public = deployment.public()
    server = deployment.serve().server
    drops = [read_drop(server.get(f"/v1/drop/{at:03}")) for at in range(public.directory.shards)]
    assert len({len(drop) for drop in drops}) == 1
    for drop in drops:
        for envelope in drop.values():
            check(envelope, EnvelopeClass.REPLY)
    logged = [leaf for leaf in public.leaves if leaf.type == LeafType.REPLY]
    lying = {(tag, sha256(envelope)) for drop in drops for tag, envelope in drop.items()}
    assert all((leaf.tag, leaf.digest) in lying for leaf in logged)


@pytest.mark.parametrize(
    "name", ["/v1/directory", "/v1/tree", "/v1/challenge", "/v1/log/checkpoint"]
)
def test_answers_are_the_same_bytes_for_everyone(deployment: Deployment, name: str) -> None:
    server = deployment.serve().server
    plain = server.request("GET", name)
    other = server.request(
        "GET", name, User_Agent="ander", Cookie="a=b", Accept_Language="en", If_None_Match="*"
    )
    assert plain.status == other.status == 200
    if name != "/v1/challenge":
        assert plain.body == other.body
    assert plain.headers == other.headers
    assert plain.headers["cache-control"] == "no-store"
    assert not {"set-cookie", "server", "date", "last-modified"} & set(plain.headers)


def test_a_month_without_leaves_is_its_header(deployment: Deployment) -> None:
    month = MonthFile.read(deployment.serve().server.get("/v1/log/2020-02"))
    assert (month.first, month.subtrees, month.leaves) == (0, (), ())


def test_the_tree_is_the_one_the_directory_names(deployment: Deployment) -> None:
    tree = deployment.serve().server.get("/v1/tree")
    assert sha256(tree) == deployment.public().directory.tree


def test_the_list_of_endpoints_is_served(deployment: Deployment) -> None:
    described = json.loads(deployment.serve().server.get("/v1/openapi.json"))
    assert described["openapi"].startswith("3.1")
    wanted = {"/v1/directory", "/v1/tree", "/v1/challenge", "/v1/log/checkpoint", "/v1/envelopes"}
    assert wanted <= set(described["paths"])


def test_a_directory_needs_the_threshold_of_roots(
    made: Callable[..., Deployment],
) -> None:
    two = made("threshold", desks=("helpdesk",), roots=2, threshold=2)
    note = two.note.read_bytes()
    assert note.decode().count("\u2014 root-") == 2
    verified = two.commands.admin("root", "verify", "--roots", two.keys.roots, two.note)
    assert "root-1.test" in verified.out and "root-2.test" in verified.out
    later = two.directory.changed(serial=2).text
    one = two.keys.sign(later, two.path("directory"), signers=1)
    refused = two.commands.server("directory", "--data", two.data, one, expect=1)
    assert refused.error.strip()
    assert two.public().directory.serial == 1
    two.commands.server("directory", "--data", two.data, two.keys.sign(later, one, signers=2))
    assert two.public().directory.serial == 2
    two.stop()
