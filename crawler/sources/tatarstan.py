"""Республика Татарстан: whole texts in a JSON listing, as on all hosts under tatarstan.ru. Unverified."""

from crawler.source import Expect, api

SOURCE = api(
    id="tatarstan",
    name="Официальный Татарстан",
    home="https://tatarstan.ru",
    url="/index.htm/news?format=json&limit={size}&page={n}",
    items="",
    address="url",
    published="date",
    body="text",
    size=15,
    full_text=True,
    article=r"^/(?:index\.htm|rus|tat)?/?news/\d+\.htm",
    expect=Expect(a_week=100, fresh_days=3),
)
