"""12. A body of `<br>` only."""

import pytest

from crawler.page import read
from tests.crawler.pages import PROSE, news, raw

JOINS = {
    "two": "<br><br>",
    "two with spaces": "<br />\n&nbsp;<br />\n",
    "one": "<br>",
    "three": "<br/><br/><br/>",
}


@pytest.mark.parametrize("join", JOINS.values(), ids=JOINS)
def test_paragraphs(join: str) -> None:
    assert read(raw(news(join.join(PROSE)))).body == "\n\n".join(PROSE)


def test_in_a_bare_body_element() -> None:
    page = f"<html><body><h1>Министр прибыл на Кубу</h1>{'<br><br>'.join(PROSE)}</body></html>"
    assert read(raw(page)).body == "\n\n".join(PROSE)


def test_a_line_broken_in_mid_sentence_stays_one_paragraph() -> None:
    first, *rest = PROSE
    broken = first.replace(" встретился", "<br>встретился") + "<br><br>" + "<br><br>".join(rest)
    assert read(raw(news(broken))).body.split("\n\n")[0] == first.replace(" встретился", "\nвстретился")
