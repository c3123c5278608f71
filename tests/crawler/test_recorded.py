"""Recorded pages still read as they were reviewed: tests/sources/<source>/<day>_<name>.{html,json}.

Those that ship are of our own making, in the manner of the sites whose source files read them.
"""

from pathlib import Path

import pytest

from crawler.page import read
from crawler.record import fields, load
from crawler.source import load as load_sources

SOURCES = load_sources()
RECORDED = sorted((Path(__file__).parents[1] / "sources").glob("*/*.json"))


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_recorded_page(path: Path) -> None:
    page, expected = load(path)
    assert fields(read(page, SOURCES[page.source])) == expected


def test_pages_are_recorded_for_several_sources() -> None:
    assert len({path.parent.name for path in RECORDED}) >= 8
