"""An old NGO site: no publication date anywhere, an events widget with dates of its own, a tag cloud, two addresses."""

from collections.abc import Mapping
from itertools import count

from svodka.demo.agencies import Agency
from svodka.demo.site import Answer, Site, number

ON_PAGE = 15

EVENTS = (
    ("13 Апреля", "2024", "Секция «Народная дипломатия малых городов»"),
    ("28 Марта", "2024", "Научно-практическая конференция «Мосты и переправы: язык соседства»"),
    ("20 Октябрь", "2025", "Осенняя школа волонтёров"),
)


class OldSite(Site):
    """Sends no validators; a counter of visitors makes every answer differ from the one before."""

    routes = (
        (r"/(?:ru/)?", "home"),
        (r"/(?:ru/)?news/", "listing"),
        (r"/news/(\d+)/", "release"),
        (r"/ru/news/(\d+)/", "release"),
    )
    content_type = "text/html"

    def __init__(self, agency: Agency, base: str) -> None:
        super().__init__(agency, base)
        self.visitors = count(48211)

    def home(self, query: Mapping[str, str]) -> Answer:
        return self.render("oldsite_home.html")

    def listing(self, query: Mapping[str, str]) -> Answer:
        """Beyond the last page it shows the last one for ever."""
        last = -(-len(self.agency.releases) // ON_PAGE)
        current = min(max(number(query.get("page")), 1), last)
        shown = self.agency.releases[(current - 1) * ON_PAGE : current * ON_PAGE]
        return self.render("oldsite_list.html", shown=shown, current=current, last=last)

    def release(self, query: Mapping[str, str], address: str) -> Answer | None:
        release = self.by_address(address)
        if release is None:
            return None
        return self.render("oldsite_release.html", release=release, beside=self.beside(release))

    def render(self, template: str, **values: object) -> Answer:
        return self.page(template, None, events=EVENTS, cloud=self.cloud(), visitors=next(self.visitors), **values)

    def cloud(self) -> list[str]:
        return sorted({tag for release in self.agency.releases for tag in release.tags})
