"""WordPress: a feed with whole texts, /page/2/, sidebars, comments, short links that redirect."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

from svodka.demo.agencies import Release
from svodka.demo.site import Answer, Site, etag, number, redirect

IN_FEED = 10
ON_PAGE = 8

COMMENTS = (
    ("Олимпиада Юрьевна", "Спасибо, что пишете об этом! Передайте привет Прохору Лобзикову, он наш выпускник."),
    ("vitaly_72", "А запись будет? Не смог подключиться."),
    ("Читатель", "Вчера там был министр, почему о нём ни слова?"),
)


class WordPress(Site):
    routes = (
        (r"/", "front"),
        (r"/page/(\d+)/", "listing"),
        (r"/feed/", "feed"),
        (r"/(\d{4})/(\d{2})/([\w-]+)/", "release"),
        (r"/(?:tag|category|author)/[^/]+/", "archive"),
    )
    robots = "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\nDisallow: /?s=\n"

    def validators(self, body: bytes, modified: datetime | None) -> dict[str, str]:
        told = {} if modified is None else {"Last-Modified": format_datetime(modified.astimezone(UTC), usegmt=True)}
        return {"ETag": etag(body)} | told

    def front(self, query: Mapping[str, str]) -> Answer | None:
        """The first page of news; `?p=` is a release's short address."""
        if "p" in query:
            release = next((one for one in self.agency.releases if self.post_id(one) == number(query["p"], 0)), None)
            return None if release is None else redirect(self.base + self.path(release))
        return self.listing(query, "1")

    def listing(self, query: Mapping[str, str], page: str) -> Answer | None:
        last = -(-len(self.agency.releases) // ON_PAGE)
        current = number(page)
        if not 1 <= current <= last:
            return None
        shown = self.agency.releases[(current - 1) * ON_PAGE : current * ON_PAGE]
        return self.render("wordpress_list.html", shown=shown, current=current, last=last)

    def archive(self, query: Mapping[str, str]) -> Answer | None:
        return self.listing(query, "1")

    def feed(self, query: Mapping[str, str]) -> Answer | None:
        current = number(query.get("paged"))
        shown = self.agency.releases[(current - 1) * IN_FEED : current * IN_FEED]
        if not shown:
            return None
        answer = self.render("wordpress_feed.xml", shown=shown)
        return Answer(
            body=answer.body, headers={**answer.headers, "Content-Type": "application/rss+xml; charset=UTF-8"}
        )

    def release(self, query: Mapping[str, str], year: str, month: str, slug: str) -> Answer | None:
        release = self.by_address(slug)
        if release is None or f"{release.published:%Y/%m}" != f"{year}/{month}":
            return None
        comments = COMMENTS if self.post_id(release) % 3 == 0 else ()
        return self.render("wordpress_release.html", release=release, beside=self.beside(release), comments=comments)

    def render(self, template: str, release: Release | None = None, **values: object) -> Answer:
        modified = release.modified if release else max(one.modified for one in self.agency.releases)
        return self.page(template, modified, release=release, path=self.path, post_id=self.post_id, **values)

    def path(self, release: Release) -> str:
        return f"/{release.published:%Y/%m}/{release.address}/"

    def post_id(self, release: Release) -> int:
        return 3000 + 7 * (len(self.agency.releases) - self.agency.releases.index(release))
