"""18. Sidebar news taken for the listing or the body: here the body."""

import pytest

from crawler.page import read
from tests.crawler.layouts import announcements, labelled, links
from tests.crawler.pages import PROSE, prose, raw

OTHERS = [labelled(name) for name in ("a-003", "b-005", "c-007", "d-009", "e-011")]
SIDES = {
    "announcements": announcements([*OTHERS, *OTHERS], "zz"),
    "under a heading": f"<h3>Последние новости</h3>{announcements(OTHERS, 'zz')}",
    "paragraphs": "".join(f"<p><b>{o.day}</b> <a href=/n>{o.title}</a><br>{o.paragraphs[0]}</p>" for o in OTHERS),
    "rows": f"<table>{''.join(f'<tr><td>{o.day}</td><td><a href=/n>{o.title}</a></td></tr>' for o in OTHERS)}</table>",
    "links": f"<ul>{links(OTHERS)}</ul>",
}


@pytest.mark.parametrize("side", SIDES.values(), ids=SIDES)
@pytest.mark.parametrize("first", [True, False], ids=["before the text", "after the text"])
def test_the_body_is_free_of_it(side: str, first: bool) -> None:
    main = f"<div class=m><h1>Министр прибыл на Кубу</h1>{prose()}</div>"
    column = f"<div class=s>{side}</div>"
    page = f"<html><body><div class=w>{column + main if first else main + column}</div></body></html>"
    article = read(raw(page))
    assert article.title == "Министр прибыл на Кубу"
    assert article.body == "\n\n".join(PROSE)
