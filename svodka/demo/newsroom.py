"""A newsroom behind a JSON listing that holds whole texts; no more than twenty to a page, whatever is asked for."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from svodka.demo.agencies import Release
from svodka.demo.site import Answer, Site, etag, number, paragraphs

CAP = 20


class Newsroom(Site):
    routes = (
        (r"/", "home"),
        (r"/news/", "home"),
        (r"/api/newsfeed/v1/articles", "listing"),
        (r"/news/item/(\d+)/", "release"),
        (r"/m/news/item/(\d+)/", "release"),
    )

    def validators(self, body: bytes, modified: datetime | None) -> dict[str, str]:
        return {"ETag": etag(body)}

    def home(self, query: Mapping[str, str]) -> Answer:
        return self.page("newsroom_home.html")

    def listing(self, query: Mapping[str, str]) -> Answer:
        size = min(max(number(query.get("per-page"), CAP), 1), CAP)
        current = max(number(query.get("page")), 1)
        shown = self.agency.releases[(current - 1) * size : current * size]
        answer = {
            "items": [item for release in shown for item in self.items(release)],
            "_meta": {"totalCount": len(self.agency.releases), "currentPage": current, "perPage": size},
        }
        body = json.dumps(answer, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"} | self.validators(body, None)
        return Answer(body=body, headers=headers)

    def items(self, release: Release) -> list[dict[str, Any]]:
        """A release that stands in two rubrics comes twice, the second time with its mobile address."""
        item = {
            "id": int(release.address),
            "title": release.title,
            "label": release.tags[0] if release.tags else None,
            "date": f"{release.published:%Y-%m-%d %H:%M:%S}",
            "date_timestamp": int(release.published.timestamp()),
            "preview": release.paragraphs[0][:160],
            "full_text": str(paragraphs(release)),
            "tags": [{"title": tag} for tag in release.tags],
            "url": f"{self.base}/news/item/{release.address}/",
        }
        mobile = item | {"url": f"{self.base}/m/news/item/{release.address}/"}
        return [item, mobile] if release.twice else [item]

    def release(self, query: Mapping[str, str], address: str) -> Answer | None:
        release = self.by_address(address)
        if release is None:
            return None
        return self.page("newsroom_release.html", release=release, beside=self.beside(release))
