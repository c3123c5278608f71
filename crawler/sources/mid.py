"""МИД России: a JavaScript challenge («Data processing…») before the pages; one request in ten seconds. Unverified."""

from crawler.source import Expect, Listing, Selectors, Source

SOURCE = Source(
    id="mid",
    name="МИД России",
    home="https://mid.ru",
    discovery=(Listing(url="/ru/foreign_policy/news/", pages="/ru/foreign_policy/news/?PAGEN_1={n}"),),
    article=r"^/ru/(?:foreign_policy|press_service|maps|detail-material-page)/(?:[\w-]+/)*\d{5,}/$",
    same=((r"^/(?:ru|en)/.*/(\d{6,})/$", r"/ru/\1/"),),
    selectors=Selectors(
        title=".photo-content__title, h1",
        body=".text.article-content",
        published=".photo-content__date",
        drop=(".article-toc", ".photo-content__socials"),
    ),
    delay=10.0,
    expect=Expect(a_week=80, fresh_days=4),
)
