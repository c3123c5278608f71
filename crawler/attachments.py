"""Files beside a release: found among its links, read when somebody has fetched them."""

import io
import logging
import re
from urllib.parse import unquote, urlsplit
from zipfile import BadZipFile

from crawler.address import absolute
from crawler.document import Element, NotAPage, TooLarge, words
from crawler.items import Attachment

log = logging.getLogger(__name__)

DOCUMENTS = re.compile(r"(?i)\.(pdf|docx?|rtf|odt|xlsx?|pptx?|zip|7z|rar)$")
SIZE = re.compile(
    r"(?i)\s*[(\[]?\s*(?:pdf|docx?|rtf|odt|xlsx?|pptx?|zip)?[,\s]*\d+(?:[.,]\d+)?\s*(?:кб|мб|kb|mb|байт)\s*[)\]]?\s*$"
)
MAX_BYTES = 30_000_000
MAX_PAGES = 300
MAX_UNPACKED = 200_000_000
"""A DOCX is a zip: what it unpacks to, before anything of it is read."""


def linked(scope: Element | None, url: str) -> tuple[Attachment, ...]:
    """Documents that the release's own part of the page links to, each once, in the page's order."""
    found: dict[str, Attachment] = {}
    for link in scope.iter("a") if scope is not None else ():
        address = absolute(url, link.get("href", "")) if url else link.get("href", "")
        if address and DOCUMENTS.search(urlsplit(address).path):
            title = SIZE.sub("", words(link)) or link.get("title", "") or file_name(address)
            found.setdefault(address, Attachment(url=address, title=title))
    return tuple(found.values())


def file_name(address: str) -> str:
    return unquote(urlsplit(address).path.rpartition("/")[2])


def is_document(body: bytes) -> bool:
    """PDF, or a zip that holds a Word document."""
    return body.startswith(b"%PDF-") or (body.startswith(b"PK\x03\x04") and b"word/" in body)


def text(body: bytes, url: str = "") -> str:
    """The text of a PDF or DOCX file. Raises NotAPage for other and broken files, TooLarge for oversized ones."""
    if len(body) > MAX_BYTES:
        raise TooLarge(url, f"вложение больше {MAX_BYTES // 1_000_000} МБ")
    if body.lstrip()[:5] == b"%PDF-":
        return pdf(body, url)
    if body.startswith(b"PK\x03\x04"):
        return docx(body, url)
    raise NotAPage(url, "вложение не PDF и не DOCX")


def pdf(body: bytes, url: str = "") -> str:
    """Pages divided by a blank line; words that the layout broke at a hyphen are joined."""
    from pypdf import PdfReader  # a tenth of a second to import, and few pages have attachments
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotAPage(url, "PDF закрыт паролем")
        pages = [page.extract_text() for page in reader.pages[:MAX_PAGES]]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        # pypdf meets broken files in all these ways.
        if isinstance(error, NotAPage):
            raise
        raise NotAPage(url, f"испорченный PDF ({type(error).__name__})") from None
    return "\n\n".join(filter(None, (unwrapped(page) for page in pages)))


def unwrapped(page: str) -> str:
    """Lines that the page's width broke become paragraphs again: a line goes on unless it ends a sentence."""
    page = re.sub(r"(?<=[а-яёa-z])[-\u00ad]\n(?=[а-яёa-z])", "", page)
    page = re.sub(r"(?<![.!?:;»\n])[ \t]*\n[ \t]*(?=[а-яёa-z«(\d–—-])", " ", page)
    return "\n".join(" ".join(line.split()) for line in page.split("\n") if line.strip())


def docx(body: bytes, url: str = "") -> str:
    """Paragraphs and tables in the order of the document."""
    import zipfile

    from docx import Document
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise TooLarge(url, "вложение распаковывается больше допустимого")
        parts = list(Document(io.BytesIO(body)).iter_inner_content())
    except (BadZipFile, OpcError, KeyError, ValueError, SyntaxError, OSError) as error:
        if isinstance(error, TooLarge):
            raise
        raise NotAPage(url, f"испорченный DOCX ({type(error).__name__})") from None
    lines = []
    for part in parts:
        lines.extend(rows(part) if isinstance(part, Table) else [" ".join(part.text.split())])
    return "\n\n".join(line for line in lines if line)


def rows(table: object) -> list[str]:
    found = []
    for row in table.rows:  # type: ignore[attr-defined]
        cells = list(dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells))
        found.append(" | ".join(cell for cell in cells if cell))
    return ["\n".join(filter(None, found))]
