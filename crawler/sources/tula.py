"""Администрация города Тулы (Госвеб): no feed; schema.org microdata in local time. Unverified."""

from crawler.source import Expect, gosweb

SOURCE = gosweb(
    id="tula",
    name="Администрация города Тулы",
    home="https://tulacity.gosuslugi.ru",
    timezone="Europe/Moscow",
    expect=Expect(a_week=30, fresh_days=4),
)
