"""3. Nominative month; day and year split by a newline."""

import pytest

from crawler.page import read
from tests.crawler.pages import news, prose, raw


@pytest.mark.parametrize(
    "line",
    [
        "20 Октябрь 2025",
        "20 Октябрь<br>2025",
        "<span>20</span> <span>Октябрь</span> <span>2025</span>",
        "<div>20 Октябрь</div><div>2025</div>",
        "20 октября 2025 г.",
        "понедельник, 20 октября 2025 года",
        "20&nbsp;окт.&nbsp;2025",
    ],
)
def test_the_day(line: str) -> None:
    article = read(raw(news(prose(), date=line)))
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2025-10-20"


def test_a_month_alone_is_no_day() -> None:
    assert read(raw(news(prose(), date="Октябрь 2025"))).published_at is None
