"""5. «сегодня, 14:05», «вчера» around Moscow midnight."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.page import read
from crawler.source import Source
from tests.crawler.pages import news, prose, raw


@pytest.mark.parametrize(
    ("now", "line", "moment"),
    [
        ("2024-03-28T20:59", "сегодня, 14:05", "2024-03-28T14:05+03:00"),  # 23:59 in Moscow
        ("2024-03-28T21:01", "Сегодня в 00:00", "2024-03-29T00:00+03:00"),  # 00:01 in Moscow
        ("2024-03-28T21:01", "вчера, 23:50", "2024-03-28T23:50+03:00"),
        ("2024-03-28T21:01", "вчера", "2024-03-28T00:00+03:00"),
        ("2024-03-01T00:30", "позавчера", "2024-02-28T00:00+03:00"),
        ("2024-03-28T21:01", "15 минут назад", "2024-03-28T23:46+03:00"),
    ],
)
def test_counted_on_the_agency_s_clock(now: str, line: str, moment: str) -> None:
    article = read(raw(news(prose(), date=line), now=datetime.fromisoformat(now).replace(tzinfo=UTC)))
    assert article.published_at == datetime.fromisoformat(moment)


def test_another_zone_has_another_midnight() -> None:
    kamchatka = Source(id="k", name="К", home="https://agency.example", timezone="Asia/Kamchatka")
    page = raw(news(prose(), date="сегодня, 09:00"), now=datetime(2024, 3, 28, 21, 1, tzinfo=UTC))
    assert read(page, kamchatka).published_at == datetime(2024, 3, 29, 9, tzinfo=ZoneInfo("Asia/Kamchatka"))
