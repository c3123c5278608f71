"""32. An edited release is a new version; a changed sidebar only is none.

The crawler keeps every version of a page whose bytes changed; whether the release changed is told by what is read.
"""

from datetime import timedelta

from crawler.page import fingerprint, read
from tests.crawler.conftest import TEXT, Crawls, agency, links, release
from tests.crawler.server import Site

LATER = timedelta(days=2)


def test_both_versions_of_an_edited_page_are_kept(crawl: Crawls) -> None:
    with Site({"/news/": links([1]), "/news/1/": release(1)}) as site:
        crawl(agency(site))
        site.pages["/news/1/"] = release(1, text=TEXT.replace("послом", "министром"))
        crawl.let_pass(LATER)
        report = crawl(agency(site), full=False)
        source = agency(site)
    assert (report.tally.new, report.tally.changed) == (0, 1)
    before, after = crawl.pages()
    assert before.url == after.url
    assert fingerprint(read(before, source)) != fingerprint(read(after, source))


def test_a_changed_sidebar_leaves_the_release_as_it_was(crawl: Crawls) -> None:
    sidebar = "<aside><a href='/news/9/'>Погода {}</a></aside><footer>Просмотров: {}</footer></body>"
    with Site({"/news/": links([1]), "/news/1/": release(1).replace("</body>", sidebar.format("+1", 10))}) as site:
        crawl(agency(site))
        site.pages["/news/1/"] = release(1).replace("</body>", sidebar.format("-7", 11))
        crawl.let_pass(LATER)
        crawl(agency(site), full=False)
        source = agency(site)
    before, after = crawl.pages()
    assert before.body != after.body
    assert fingerprint(read(before, source)) == fingerprint(read(after, source))
