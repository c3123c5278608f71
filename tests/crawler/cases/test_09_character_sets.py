"""9. cp1251 by meta, by header only, by neither, with a lying header, with a stale meta over UTF-8."""

import pytest

from crawler.page import read
from tests.crawler.pages import PROSE, news, prose, raw

PAGE = news(prose())


def with_meta(label: str) -> str:
    return PAGE.replace("<head>", f'<head><meta http-equiv="Content-Type" content="text/html; charset={label}">')


CASES = {
    "by meta": (with_meta("windows-1251").encode("cp1251"), "text/html"),
    "by header only": (PAGE.encode("cp1251"), "text/html; charset=windows-1251"),
    "by neither": (PAGE.encode("cp1251"), "text/html"),
    "a lying header": (with_meta("windows-1251").encode("cp1251"), "text/html; charset=utf-8"),
    "a lying header, no meta": (PAGE.encode("cp1251"), "text/html; charset=UTF-8"),
    "a stale meta over UTF-8": (with_meta("windows-1251").encode(), "text/html"),
    "all labels wrong over UTF-8": (with_meta("koi8-r").encode(), "text/html; charset=windows-1251"),
    "koi8-r by neither": (PAGE.replace("—", "-").encode("koi8-r", "xmlcharrefreplace"), "text/html"),
    "a mark": (b"\xef\xbb\xbf" + PAGE.encode(), "text/html; charset=windows-1251"),
    "utf-16": (PAGE.encode("utf-16"), "text/html"),
    "utf-16 without a mark": (PAGE.encode("utf-16-le"), "text/html"),
    "an unknown label": (PAGE.encode("cp1251"), "text/html; charset=cyrillic-best"),
    "utf-8 cut off in a letter": (PAGE.encode() + "а".encode()[:1], "text/html"),
}


@pytest.mark.parametrize(("body", "content_type"), CASES.values(), ids=CASES)
def test_the_words_come_out(body: bytes, content_type: str) -> None:
    article = read(raw(body, content_type=content_type))
    assert article.title == "Министр прибыл на Кубу"
    assert article.body.replace("—", "-") == "\n\n".join(PROSE).replace("—", "-").replace("«", "«")
