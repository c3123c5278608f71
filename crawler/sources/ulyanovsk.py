"""Администрация города Ульяновска (Госвеб): no feed; microdata in local time, Moscow + 1. Unverified."""

from crawler.source import Expect, gosweb

SOURCE = gosweb(
    id="ulyanovsk",
    name="Администрация города Ульяновска",
    home="https://ulmeria.gosuslugi.ru",
    timezone="Europe/Ulyanovsk",
    expect=Expect(a_week=30, fresh_days=4),
)
