"""Госвеб (NetCat): schema.org NewsArticle, dates in local time without a zone, pages by cur_cc and curPos."""

from collections.abc import Mapping
from datetime import datetime

from svodka.demo.site import Answer, Site, etag, number

SECTION = "/dlya-zhiteley/novosti-i-reportazhi/"
ON_PAGE = 12


class GosWeb(Site):
    routes = (
        (r"/", "home"),
        (SECTION, "listing"),
        (SECTION + r"(novosti_\d+\.html)", "release"),
        (r"/glavnye-novosti/(novosti_\d+\.html)", "release"),
    )
    robots = "User-agent: *\nDisallow: /netcat/\nDisallow: /*?isNaked=\nCrawl-delay: 0\n"

    def validators(self, body: bytes, modified: datetime | None) -> dict[str, str]:
        return {"ETag": f"W/{etag(body)}"}

    def home(self, query: Mapping[str, str]) -> Answer:
        return self.page("gosweb_home.html", section=SECTION)

    def listing(self, query: Mapping[str, str]) -> Answer:
        start = number(query.get("curPos"), 0)
        shown = self.agency.releases[start : start + ON_PAGE]
        starts = range(0, len(self.agency.releases), ON_PAGE)
        return self.page("gosweb_list.html", section=SECTION, shown=shown, starts=starts, start=start)

    def release(self, query: Mapping[str, str], address: str) -> Answer | None:
        release = self.by_address(address)
        if release is None:
            return None
        return self.page("gosweb_release.html", section=SECTION, release=release, beside=self.beside(release))
