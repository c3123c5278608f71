"""Files beside a release: found among its links; the text of PDF and DOCX."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from crawler import attachments
from crawler.document import NotAPage, TooLarge
from crawler.page import read, read_file
from tests.crawler.pages import news, prose, raw


def pdf(lines: list[str]) -> bytes:
    """One page; letters beyond Latin need a font of their own, which a test need not carry."""
    content = "BT /F1 12 Tf 50 700 Td 16 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{text}endobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


def docx() -> bytes:
    document = Document()
    document.add_heading("План недели кино", level=1)
    document.add_paragraph("Открытие недели   в Гаване.")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("День", "Событие"), ("27 марта", "Прибытие"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph("Подписи сторон.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_docx_in_the_order_of_its_parts() -> None:
    text = attachments.text(docx())
    assert (
        text
        == "План недели кино\n\nОткрытие недели в Гаване.\n\nДень | Событие\n27 марта | Прибытие\n\nПодписи сторон."
    )


def test_a_pdf_whose_lines_were_broken() -> None:
    text = attachments.text(pdf(["The minister met", "the head of the institute.", "They signed a plan."]))
    assert text == "The minister met the head of the institute.\nThey signed a plan."


def test_a_release_that_came_as_a_document(tmp_path: Path) -> None:
    path = tmp_path / "release.docx"
    path.write_bytes(docx())
    article = read_file(path)
    assert article.title == "План недели кино"
    assert article.body.startswith("Открытие недели в Гаване.")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "не PDF и не DOCX"),
        (b"<html>", "не PDF и не DOCX"),
        (b"%PDF-1.4 and nothing more", "PDF"),
        (pdf(["x"])[:200], "PDF"),
        (b"PK\x03\x04 and nothing more", "DOCX"),
    ],
)
def test_broken_files(body: bytes, why: str) -> None:
    with pytest.raises(NotAPage, match=why) as caught:
        attachments.text(body, "https://agency.example/plan.pdf")
    assert str(caught.value).startswith("https://agency.example/plan.pdf: ")


def test_sizes_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 3_000_000)
    monkeypatch.setattr(attachments, "MAX_UNPACKED", 2_000_000)
    with pytest.raises(TooLarge):
        attachments.text(bomb.getvalue())
    monkeypatch.setattr(attachments, "MAX_BYTES", 1_000)
    with pytest.raises(TooLarge):
        attachments.text(docx())


def test_links_to_files_of_the_release_and_not_of_the_site() -> None:
    links = (
        '<p><a href="/f/plan.docx">План (DOCX, 120 КБ)</a> <a href="/f/%D0%BF%D0%BB%D0%B0%D0%BD.pdf"></a></p>'
        '<p><a href="/f/plan.docx">ещё раз</a></p><p><a href="/page/">Страница</a></p>'
    )
    foot = '<footer><a href="/politika.pdf">Политика обработки данных</a></footer>'
    found = read(raw(news(prose() + links, more=foot))).attachments
    assert [(one.url.rpartition("/")[2], one.title) for one in found] == [
        ("plan.docx", "План"),
        ("%D0%BF%D0%BB%D0%B0%D0%BD.pdf", "план.pdf"),
    ]
