"""«Регион и мир»: whole texts in a JSON listing, no more than 20 to a page; dates in Moscow time without a zone."""

from crawler.source import Expect, api

SOURCE = api(
    id="regionmir",
    name="Регион и мир",
    home="https://regionmir.example",
    url="/api/newsfeed/v1/articles?per-page={size}&page={n}",
    lead=None,
    body="full_text",
    size=50,
    full_text=True,
    article=r"^/(?:m/)?news/item/\d+/$",
    same=((r"^/m/", "/"),),
    expect=Expect(a_week=0, fresh_days=36500),
)
