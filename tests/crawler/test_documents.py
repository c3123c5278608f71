"""Files beside a release: fetched with its page, once, and read with it."""

from io import BytesIO

from docx import Document

from pipelines.read import read
from store.dataset import Dataset
from store.frontier import Pages
from tests.crawler.conftest import Crawls, agency, links, release
from tests.crawler.server import Reply, Site


def docx(text: str) -> Reply:
    document, file = Document(), BytesIO()
    document.add_paragraph(text)
    document.save(file)
    return Reply(body=file.getvalue(), headers={"Content-Type": "application/octet-stream"})


def with_links(*hrefs: str) -> str:
    files = "".join(f'<p><a href="{href}">Приложение</a></p>' for href in hrefs)
    return release(1).replace("</div></body>", f"{files}</div></body>")


def test_a_document_is_kept_and_read_with_its_page(crawl: Crawls) -> None:
    with Site(
        {"/news/": links([1]), "/news/1/": with_links("/files/plan.docx"), "/files/plan.docx": docx("План")}
    ) as site:
        report = crawl(agency(site))
        source = agency(site)
    assert (report.tally.new, report.tally.failed) == (1, 0)
    with Dataset.open(crawl.folder) as dataset:
        (page,) = Pages(dataset.db).since()
        assert [url.removeprefix(site.base) for url in page.documents] == ["/files/plan.docx"]
        assert read(dataset, {source.id: source}).new == 1
        details = dataset.db.execute("SELECT details FROM version").fetchone()[0]
    assert '"text": "План"' in details


def test_it_is_asked_for_once_and_foreign_or_missing_ones_hurt_nothing(crawl: Crawls) -> None:
    with Site({"/theirs.pdf": "чужое"}) as other, Site({"/news/": links([1]), "/files/a.docx": docx("А")}) as site:
        site.pages["/news/1/"] = with_links("/files/a.docx", "/files/lost.pdf", f"{other.base}/theirs.pdf")
        crawl(agency(site))
        site.pages["/news/1/"] = with_links("/files/a.docx") + "<!-- правка -->"
        report = crawl(agency(site), recheck=True, full=False)
    assert report.tally.changed == 1
    assert site.count("/files/a.docx") == 1
    assert other.asked == []


def test_a_source_may_want_none(crawl: Crawls) -> None:
    with Site({"/news/": links([1]), "/news/1/": with_links("/files/a.docx"), "/files/a.docx": docx("А")}) as site:
        crawl(agency(site, documents=0))
    assert site.count("/files/a.docx") == 0


def test_no_more_than_it_wants(crawl: Crawls) -> None:
    files = {f"/files/{number}.docx": docx(str(number)) for number in range(9)}
    with Site({"/news/": links([1]), "/news/1/": with_links(*files), **files}) as site:
        crawl(agency(site, documents=2))
    assert sum(path.startswith("/files/") for path in site.paths()) == 2
