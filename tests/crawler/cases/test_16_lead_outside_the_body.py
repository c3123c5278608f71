# ruff: noqa: E501 markup in lines as long as sites write them
"""16. Lead outside the body."""

import pytest

from crawler.page import read
from tests.crawler.pages import PROSE, prose, raw

LEAD = "Министр культуры провёл в Гаване два дня и договорился о неделе кино."

PAGES = {
    "named": f"<h1>Министр прибыл на Кубу</h1><div class=article__lead>{LEAD}</div><div class=text>{prose()}</div>",
    "named, apart from the headline": f"<div><h1>Министр прибыл на Кубу</h1></div><div><p class=announce>{LEAD}</p></div><div class=text>{prose()}</div>",
    "not named": f"<div class=a><h1>Министр прибыл на Кубу</h1><p>{LEAD}</p><div class=text>{prose()}{prose()}</div></div>",
    "microdata": f"<h1>Министр прибыл на Кубу</h1><div itemprop=description>{LEAD}</div><div itemprop=articleBody>{prose()}</div>",
}


@pytest.mark.parametrize("markup", PAGES.values(), ids=PAGES)
def test_the_lead_is_found_and_the_body_begins_with_it(markup: str) -> None:
    article = read(raw(f"<html><body>{markup}</body></html>"))
    assert article.lead == LEAD
    assert article.body.split("\n\n")[:2] == [LEAD, PROSE[0]]


def test_a_lead_that_repeats_the_first_paragraph_is_none() -> None:
    page = f"<html><body><h1>Министр прибыл на Кубу</h1><div class=lead>{PROSE[0]}</div><div class=text>{prose()}</div></body></html>"
    article = read(raw(page))
    assert article.body == "\n\n".join(PROSE)
    assert article.lead is None
