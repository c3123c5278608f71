"""1С-Битрикс: windows-1251, pages of a listing by PAGEN_1, print versions, a second address by ELEMENT_ID."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import ClassVar

from svodka.demo.agencies import Release
from svodka.demo.site import Answer, Site, number

ON_PAGE = 10


class Bitrix(Site):
    routes: ClassVar[Sequence[tuple[str, str]]] = (
        (r"/", "home"),
        (r"/press/news/", "listing"),
        (r"/press/news/rss/", "feed"),
        (r"/press/news/index\.php", "by_element"),
        (r"/press/news/(\d+)/", "release"),
        (r"/about/", "about"),
    )
    charset = "cp1251"
    content_type = "text/html; charset=windows-1251"
    robots = (
        "User-agent: *\nDisallow: /bitrix/\nDisallow: /auth/\nDisallow: /*?print=\nDisallow: /*&print=\n"
        "Disallow: /*set_filter=\nDisallow: /*bxajaxid=\nAllow: /press/news/\nHost: {base}\n"
    )

    def validators(self, body: bytes, modified: datetime | None) -> dict[str, str]:
        return {} if modified is None else {"Last-Modified": format_datetime(modified.astimezone(UTC), usegmt=True)}

    def home(self, query: Mapping[str, str]) -> Answer:
        return self.page("bitrix_home.html")

    def about(self, query: Mapping[str, str]) -> Answer:
        return self.page("bitrix_about.html")

    def listing(self, query: Mapping[str, str]) -> Answer:
        """Beyond the last page Bitrix shows the last page again."""
        last = -(-len(self.agency.releases) // ON_PAGE)
        current = min(max(number(query.get("PAGEN_1")), 1), last)
        shown = self.agency.releases[(current - 1) * ON_PAGE : current * ON_PAGE]
        return self.page("bitrix_list.html", self.changed(), shown=shown, current=current, last=last)

    def feed(self, query: Mapping[str, str]) -> Answer:
        answer = self.page("bitrix_rss.xml", self.changed(), shown=self.agency.releases[:15])
        return Answer(body=answer.body, headers={**answer.headers, "Content-Type": "text/xml; charset=windows-1251"})

    def by_element(self, query: Mapping[str, str]) -> Answer | None:
        if "ELEMENT_ID" not in query:
            return self.listing(query)
        return self.release(query, query["ELEMENT_ID"])

    def release(self, query: Mapping[str, str], address: str) -> Answer | None:
        release = self.by_address(address)
        if release is None:
            return None
        template = "bitrix_print.html" if query.get("print") == "Y" else "bitrix_release.html"
        return self.page(template, release.modified, release=release, beside=self.beside(release), loose=loose(release))

    def changed(self) -> datetime:
        return max(release.modified for release in self.agency.releases)


def loose(release: Release) -> bool:
    """Every third release was pasted into the editor: line breaks instead of paragraphs."""
    return int(release.address) % 3 == 0


class Redesigned(Bitrix):
    """The same agency after a redesign nobody announced: other addresses, other markup, the listing still answers."""

    routes = (
        (r"/", "home"),
        (r"/press/news/", "listing"),
        (r"/media/material/([\w-]+)", "card"),
        (r"/about/", "about"),
    )

    def home(self, query: Mapping[str, str]) -> Answer:
        return self.listing(query)

    def listing(self, query: Mapping[str, str]) -> Answer:
        return self.page("bitrix_redesigned_list.html", shown=self.agency.releases[:ON_PAGE])

    def card(self, query: Mapping[str, str], address: str) -> Answer | None:
        release = self.by_address(address.removeprefix("m"))
        return None if release is None else self.page("bitrix_redesigned_release.html", release=release)
