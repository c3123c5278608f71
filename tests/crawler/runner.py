"""One process, one reactor, all the crawls of a test run: a process of its own for each would cost a second and more.

Jobs come pickled on standard input; what `pipelines.fetch` says goes to standard output, `{"done": …}` ends a job.
"""

import asyncio
import logging
import pickle
import sys

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.reactor import install_reactor

install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")

from scrapy.resolver import dnscache  # noqa: E402
from twisted.internet import reactor  # noqa: E402 the reactor is chosen first

from crawler.guard import PublicResolver  # noqa: E402
from crawler.settings import settings  # noqa: E402
from crawler.spider import AgencySpider  # noqa: E402
from pipelines.fetch import Job, arguments, look_for_fault, opened, say  # noqa: E402


async def run(job: Job) -> None:
    dnscache.clear()
    with opened(job) as (frontier, archive):
        runner = AsyncCrawlerRunner(settings(job.sources, agent=job.agent))
        one = runner.create_crawler(AgencySpider)
        PublicResolver.from_crawler(one, reactor).install_on_reactor()
        await runner.crawl(one, **arguments(job, frontier, archive))
        look_for_fault(one)


async def serve() -> None:
    loop = asyncio.get_running_loop()
    while True:
        try:
            job = await loop.run_in_executor(None, pickle.load, sys.stdin.buffer)
        except EOFError:
            break
        try:
            await run(job)
        except Exception as error:  # told to the test, which fails with it
            say({"fault": f"{type(error).__name__}: {error}"})
        say({"done": True})
    reactor.stop()


def main() -> None:
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    reactor.callWhenRunning(lambda: asyncio.ensure_future(serve()))
    reactor.run()


if __name__ == "__main__":
    main()
