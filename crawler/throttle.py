"""AutoThrottle that never goes below what a source's file or robots.txt asks for, host by host."""

from typing import Any

from scrapy.extensions.throttle import AutoThrottle

from crawler.settings import FLOORS


class Throttle(AutoThrottle):
    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self.floors: dict[str, float] = crawler.settings.getdict(FLOORS)

    def _response_downloaded(self, response: Any, request: Any, spider: Any) -> None:
        """A site of one's own (no delay asked for) is not slowed down."""
        slot_name, slot = self._get_slot(request, spider)
        floor = self.floors.get(slot_name or "", 0.0)
        if slot is None or floor == 0.0:
            return
        super()._response_downloaded(response, request, spider)
        slot.delay = max(slot.delay, floor)
