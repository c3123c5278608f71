"""26. Links to foreign hosts and PDF."""

from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Reply, Site


def test_neither_is_asked_for(crawl: Crawls) -> None:
    with Site() as other, Site({"/news/1/": release(1)}) as site:
        elsewhere = f'<a href="{other.base}/news/9/">Чужая</a>'
        files = '<a href="/news/doc.pdf">Приказ</a><a href="/news/scan.JPG">Фото</a>'
        site.pages["/news/"] = elsewhere + files + links([1])
        report = crawl(agency(site, article=r"^/news/."))
    assert other.asked == []
    assert report.tally.found == report.tally.new == 1


def test_a_redirect_to_a_foreign_host_is_refused(crawl: Crawls) -> None:
    with Site({"/news/1/": release(1)}) as other:
        away = Reply(status=302, headers={"Location": f"{other.base}/news/1/"})
        with Site({"/news/": links([1]), "/news/1/": away}) as site:
            report = crawl(agency(site))
    assert other.asked == []
    assert report.tally.failed == 1
    assert "чужой узел" in report.tally.notes[0]


def test_a_document_behind_an_address_of_a_page_is_no_page(crawl: Crawls) -> None:
    pdf = Reply(body=b"%PDF-1.4 ...", headers={"Content-Type": "text/html"})
    file = Reply(body=b"...", headers={"Content-Type": "application/msword"})
    with Site({"/news/": links([1, 2]), "/news/1/": pdf, "/news/2/": file}) as site:
        report = crawl(agency(site))
    assert (report.tally.new, report.tally.skipped, report.tally.failed) == (0, 2, 0)
