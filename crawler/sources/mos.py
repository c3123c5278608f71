"""Мэр и Правительство Москвы: whole texts in a JSON listing, at most 50 to a page. Unverified."""

from crawler.source import Expect, api

SOURCE = api(
    id="mos",
    name="Официальный портал Мэра и Правительства Москвы",
    home="https://www.mos.ru",
    url=(
        "/api/newsfeed/v4/frontend/json/ru/articles"
        "?fields=id,title,date,preview_text,full_text&page={n}&per-page={size}&sort=-date"
    ),
    items="items",
    address="/news/item/{id}/",
    published="date",
    lead="preview_text",
    body="full_text",
    size=50,
    full_text=True,
    article=r"^/news/item/\d+/$",
    expect=Expect(a_week=150, fresh_days=2),
)
