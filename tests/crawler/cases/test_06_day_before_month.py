"""6. 05.04.2024 is 5 April."""

import pytest

from crawler.page import read
from tests.crawler.pages import news, prose, raw


@pytest.mark.parametrize("line", ["05.04.2024", "5.04.2024", "05/04/2024", "05-04-2024", "05.04.24", "2024-04-05"])
def test_the_fifth_of_april(line: str) -> None:
    article = read(raw(news(prose(), date=line)))
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2024-04-05"


@pytest.mark.parametrize("line", ["05.14.2024", "32.04.2024", "31.04.2024", "05.04", "192.168.0.1", "5.04.2024.11"])
def test_no_day(line: str) -> None:
    assert read(raw(news(prose(), date=line))).published_at is None
