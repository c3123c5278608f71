"""10. RSS in cp1251 with `&laquo;`."""

from crawler.source import Feed
from tests.crawler.conftest import Crawls, agency, release
from tests.crawler.server import Site, xml

RSS = """<?xml version="1.0" encoding="windows-1251"?>
<rss version="2.0"><channel><title>Пресс-центр</title>
<item><title>Премия &laquo;Слово&raquo; вручена &mdash; впервые</title><link>/news/7/</link>
<pubDate>Fri, 20 Nov 2026 15:30:00 +0300</pubDate>
<description>Итоги &amp; планы &lt;b&gt;центра&lt;/b&gt;</description></item>
</channel></rss>"""


def test_entities_of_html_and_the_encoding_are_read(crawl: Crawls) -> None:
    with Site({"/rss": xml(RSS.encode("cp1251")), "/news/7/": release(7)}) as site:
        crawl(agency(site, discovery=(Feed(url="/rss"),)))
    hints = crawl.pages()[0].hints
    assert hints["title"] == "Премия «Слово» вручена — впервые"
    assert hints["lead"] == "Итоги & планы центра"
    assert hints["published"] == "Fri, 20 Nov 2026 15:30:00 +0300"
