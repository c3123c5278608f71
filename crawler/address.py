"""Addresses: what a page is asked for by, and what makes two addresses the same page."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

from w3lib.url import safe_url_string

from crawler.source import Source

# Parameters that change nothing of a release: advertising marks, sessions, print and mobile copies, caches.
NOISE = re.compile(
    r"(?i)^(?:utm_\w+|yclid|gclid|fbclid|ysclid|_openstat|from|ref|PHPSESSID|sid|jsessionid|aspsessionid\w*|print|"
    r"printable|version_print|amp|outputType|clear_cache|back_url\w*|bxajaxid|set_filter|special_version|bxrand|"
    r"_ga|_gl|share|mobile|theme)(?:=|$)"
)
SESSION = re.compile(r"(?i);jsessionid=[^/?#]*")
COPY = re.compile(r"(?<=[^/])/(?:amp|print)/?$")
MEDIA = re.compile(
    r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|rtf|od[tsp]|zip|rar|7z|gz|jpe?g|png|gif|webp|svg|ico|bmp|tiff?|mp[34]|avi|mov|webm|"
    r"wav|ogg|css|js|json|xml|rss|ics|exe|apk|woff2?)$"
)
PLAIN = re.compile(r"https?://[a-z0-9.:-]+/[\w./?&=%+,;:@~-]*", re.ASCII)
"""Needs no encoding: nine addresses in ten."""
GROWING = re.compile(r"/([^/]+)(?:/\1){2,}(?:/|$)|((?:/[^/]+){2,4})\2{2,}(?:/|$)")


def absolute(base: str, href: str, encoding: str = "utf-8") -> str | None:
    """A link's target as a browser would ask for it, noise removed; None when it is no http address.

    The path is percent-encoded in UTF-8 and the query in the page's own encoding, as browsers do; what is already
    percent-encoded stays byte for byte (sites in windows-1251 expect windows-1251 back).
    """
    try:
        parts = urlsplit(urljoin(base, href.strip()))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        url = clean(parts)
        return url if PLAIN.fullmatch(url) else safe_url_string(url, encoding=encoding)
    except (ValueError, LookupError, UnicodeError):
        return None


def clean(parts: SplitResult) -> str:
    path = COPY.sub("/", SESSION.sub("", parts.path)) or "/"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not NOISE.match(pair))
    return parts._replace(path=path, query=query, fragment="").geturl()


def locator(url: str) -> str:
    """Path and query: what `Source.article` and `Source.exclude` are searched in."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


def key(url: str, source: Source) -> str:
    """Equal for addresses of one page: without scheme, «www.», noise, final slash, and by the source's own `same`."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    rest = locator(clean(parts))
    for pattern, replacement in source.same:
        rest = compiled(pattern).sub(replacement, rest)
    path, mark, query = rest.partition("?")
    path = re.sub(r"/{2,}", "/", path).rstrip("/") or "/"
    return f"{host}{port}{upper_hex(path)}{mark}{upper_hex(query)}"


def upper_hex(text: str) -> str:
    return re.sub(r"%[0-9a-f]{2}", lambda match: match[0].upper(), text, flags=re.IGNORECASE)


def is_own(url: str, source: Source) -> bool:
    parts = urlsplit(url)
    return parts.hostname in source.hosts or parts.netloc in source.hosts


def is_article(url: str, source: Source) -> bool:
    """Whether a release may stand at this address: own host, the article pattern, no file, no loop of folders."""
    if not is_own(url, source):
        return False
    where = locator(url)
    path = where.partition("?")[0]
    return (
        compiled(source.article).search(where) is not None
        and compiled(source.exclude).search(where) is None
        and not MEDIA.search(path)
        and not GROWING.search(path)
    )


def same_release(url: str, other: str) -> bool:
    """Whether a page's `rel=canonical` may be believed: sites also point all their pages at one."""
    return slug(url) == slug(other) != ""


def slug(url: str) -> str:
    parts = urlsplit(COPY.sub("/", url))
    number = re.search(r"(?i)(?:^|&)(?:ELEMENT_ID|id|news_id|p)=(\d+)", parts.query)
    if number:
        return number[1]
    last = parts.path.rstrip("/").rpartition("/")[2]
    return re.sub(r"\.(?:html?|php|aspx?)$", "", last)


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
