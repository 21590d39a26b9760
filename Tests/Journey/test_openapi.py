"""The list that the server gives of itself: it lists what exists, and nothing else."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from stage.deployment import Deployment

HOUSE = Path(__file__).parent.parent.parent
#: What a name in braces of docs/spec/http.md stands for.
NAMES = {
    "hex": r"[0-9a-f]{16}",
    "lang": "[a-z]{2,3}(-[A-Za-z0-9-]+)?",
    "name": "[a-z0-9-]+",
    "file": "[a-z0-9-]+\\.[a-z]+",
    "YYYY-MM": "\\{month\\}",
    "s": "\\{shard\\}",
}
TYPES = {
    "text": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "binary": "application/octet-stream",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}


#: Each of these may lie at most once at a place of the list.
METHODS = {"get", "head", "post"}


@pytest.fixture(scope="module")
def served(made: Callable[..., Deployment]) -> Deployment:
    """A deployment with its page, and all that comes with one."""
    found = made("openapi", desks=("nl-vi",), tree=HOUSE / "tree")
    schools = found.data / "scholen"
    schools.mkdir()
    (schools / "scholen.html").write_text("<style>p{}</style><p>Voor scholen.</p>")
    (schools / "poster.svg").write_text("<svg/>")
    found.serve(page=True, more=("--security-contact", "mailto:security@intake.test"))
    return found


def whole(deployment: Deployment) -> dict:
    """The list as it is served."""
    return json.loads(deployment.serve().server.get("/v1/openapi.json"))


def listed(deployment: Deployment) -> dict[str, dict]:
    """What is listed, by path."""
    return whole(deployment)["paths"]


def table() -> list[tuple[str, str, str]]:
    """Method, path and media type of each place in docs/spec/http.md."""
    text = (HOUSE / "docs" / "spec" / "http.md").read_text()
    found = []
    row = re.compile(r"^\| (`(?:GET|POST) .*?) \|.*?\| ([^|]*) \|[^|]*\|$", re.M)
    for places, media in row.findall(text):
        for method, path in re.findall(r"`(GET|POST) ([^`]+)`", places):
            types = [TYPES.get(one, one) for one in media.replace("`", "").strip().split(", ")]
            found.append((method.lower(), path, types))
    assert len(found) > 15, "the table is there"
    return found


def pattern(path: str) -> str:
    """A path of the table as a pattern of the list's paths."""
    parts = re.split(r"\{([^}]+)\}", path)
    return "".join(NAMES[part] if at % 2 else re.escape(part) for at, part in enumerate(parts))


def test_every_place_of_the_specification_is_listed(served: Deployment) -> None:
    paths = listed(served)
    for method, path, types in table():
        found = [one for one in paths if re.fullmatch(pattern(path), one)]
        assert found, f"{method} {path} is not in the list"
        for one in found:
            ok = next(code for code in paths[one][method]["responses"] if code in ("200", "201"))
            assert set(paths[one][method]["responses"][ok]["content"]) <= set(types)


def test_nothing_else_is_listed_and_all_of_it_is_there(served: Deployment) -> None:
    patterns = [pattern(path) for _, path, _ in table()]
    server = served.serve().server
    for path, methods in listed(served).items():
        assert any(re.fullmatch(one, path) for one in patterns), f"{path} is not specified"
        assert {name for name in methods if name != "parameters"} <= METHODS
        if "get" not in methods:
            continue
        answer = server.request("GET", path.replace("{month}", "2020-02").replace("{shard}", "000"))
        assert answer.status == 200, path
        assert [answer.headers["content-type"]] == [*methods["get"]["responses"]["200"]["content"]]


def test_a_bare_server_lists_no_page(deployment: Deployment) -> None:
    paths = listed(deployment)
    assert "/v1/tree" in paths and "/" not in paths
    assert not [path for path in paths if path.startswith(("/assets/", "/scholen", "/.well"))]


def schemathesis(deployment: Deployment, folder: Path, document: dict) -> tuple[int, str]:
    """Holds the server to a list of it; says how that ended and what was said."""
    (folder / "list.json").write_text(json.dumps(document))
    (folder / "schemathesis.toml").write_text(
        "[checks]\n"
        # What a submission is, no schema can say: nothing that it makes is one.
        "positive_data_acceptance.enabled = false\n"
        # A body of any other length is refused by that.
        'negative_data_rejection.expected-statuses = ["400", "404", "405", "413", "417", "422"]\n'
    )
    address = f"http://127.0.0.1:{deployment.serve().server.port}"
    words = ["run", "list.json", "--url", address, "--no-color", "--max-examples", "12"]
    program = Path(sys.executable).parent / "schemathesis"
    ran = subprocess.run(
        [program, *words, "--seed", "1", "--workers", "1"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


def test_schemathesis_finds_the_server_as_the_list_says(served: Deployment, tmp_path: Path) -> None:
    """Statuses, media types, problems, methods and headers, for whatever it thinks of."""
    code, said = schemathesis(served, tmp_path, whole(served))
    assert code == 0, said[-6000:]
    operations = sum(len(METHODS & set(methods)) for methods in listed(served).values())
    assert f"Tested: {operations}\n" in said and operations > 15, said[-3000:]


@pytest.mark.parametrize(
    ("path", "true", "false"),
    [
        ("/v1/challenge", "application/octet-stream", "text/plain"),
        ("/v1/log/{month}", '"404"', '"410"'),
        ("/v1/envelopes", '"413"', '"411"'),
        ("/v1/envelopes", '"required": ["type"', '"required": ["code"'),
    ],
)
def test_schemathesis_finds_a_list_that_lies(
    served: Deployment, tmp_path: Path, path: str, true: str, false: str
) -> None:
    described = json.loads(json.dumps(whole(served)).replace(true, false))
    described["paths"] = {path: described["paths"][path]}
    code, said = schemathesis(served, tmp_path, described)
    assert code == 1 and " failed" in said, said[-3000:]
