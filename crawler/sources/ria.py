"""РИА Новости: one sitemap a day; robots.txt has wildcards; Moscow time is labelled as UTC. Unverified."""

from crawler.source import Expect, Selectors, Sitemap, Source

SOURCE = Source(
    id="ria",
    name="РИА Новости",
    home="https://ria.ru",
    discovery=(Sitemap(url="/sitemap_article.xml?date_start={day:%Y%m%d}&date_end={day:%Y%m%d}"),),
    article=r"^/\d{8}/[\w-]+-\d+\.html$",
    false_offsets=("Z", "+00:00"),
    selectors=Selectors(
        title=".article__title",
        lead=".article__second-title",
        body=".article__body",
        drop=(".article__article", ".banner"),
    ),
    expect=Expect(a_week=2500, fresh_days=0.5),
)
