"""What a phone fetches before it shows something, and before it can send something."""

import gzip

from house import ASSETS
from paper_house import PaperHouse
from paper_site import document
from vectors_fixture import programs  # noqa: F401

#: Bytes, compressed.
FIRST_PAINT, ALL = 40_000, 130_000


def test_the_page_stays_small(programs):  # noqa: F811
    page = len(gzip.compress(document(PaperHouse().roots_file)[0], 9))
    program = (ASSETS / "intake.wasm.gz").stat().st_size
    assert page < FIRST_PAINT and page + program < ALL, (page, program)
