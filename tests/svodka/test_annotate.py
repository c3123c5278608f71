"""`svodka annotate`: lines and files in, lines out, and what it says of what it cannot read."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from svodka.cli import cli

PAGES = Path(__file__).parent.parent / "pages"
LINE = json.dumps(
    {
        "id": "a",
        "published": "2024-04-17",
        "title": "Мэр встретилась с ректором",
        "text": "Мэр Перми Анна Ильина встретилась во вторник с ректором университета Петром Лосевым.",
    }
)


def annotate(*arguments: str, lines: str | bytes = "") -> Result:
    return CliRunner().invoke(cli, ["annotate", *arguments], input=lines)


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def copied_page() -> dict[str, Any]:
    result = annotate(str(PAGES / "old_site.txt"))
    assert result.exit_code == 0, result.stderr
    (row,) = rows(result)
    return row


def test_a_line_in_a_line_out() -> None:
    result = annotate(lines=LINE)
    (row,) = rows(result)
    assert result.exit_code == 0
    assert row["id"] == "a"
    assert {p["name"].replace("ё", "е") for p in row["people"]} == {"Анна Ильина", "Петр Лосев"}
    (meeting,) = row["meetings"]
    assert meeting["date"] == "2024-04-16"
    assert len(meeting["attendees"]) == 2


def test_offsets_give_the_words_back() -> None:
    (row,) = rows(annotate(lines=LINE))
    text = json.loads(LINE)["text"]
    (anna,) = [p for p in row["people"] if p["name"] == "Анна Ильина"]
    assert [text[m["start"] : m["stop"]] for m in anna["mentions"]] == ["Анна Ильина"]
    for position in row["positions"]:
        assert text[slice(*position["spans"]["person"])].startswith(("Анна", "Петром"))


def test_a_bad_line_is_told_by_number_and_the_rest_goes_on() -> None:
    result = annotate(lines=f"{LINE}\nвздор\n\n{LINE}\n".encode())
    assert result.exit_code == 1
    assert [row["id"] for row in rows(result)] == ["a", "a"]
    assert "строка 2: не JSON" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_nothing_in_nothing_out() -> None:
    result = annotate(lines="")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("text", ["", " ", "?", "…", "🙂" * 40, "Lorem ipsum dolor", "«", "a\n\n\n\nb", "\u00ad\u200b"])
def test_odd_texts_are_read_as_nothing(text: str) -> None:
    result = annotate(lines=json.dumps({"id": "x", "text": text}))
    (row,) = rows(result)
    assert result.exit_code == 0
    assert row["meetings"] == row["positions"] == []


def test_the_same_input_gives_the_same_bytes() -> None:
    assert annotate(lines=LINE).stdout_bytes == annotate(lines=LINE).stdout_bytes


def test_a_document_is_read_alike_alone_and_among_others() -> None:
    others = "\n".join(json.dumps({"id": str(n), "text": f"Форум номер {n} прошёл в Туле."}) for n in range(40))
    alone, among = rows(annotate(lines=LINE))[0], rows(annotate(lines=f"{others}\n{LINE}"))[-1]
    assert alone == among


def test_tokens_as_natasha_gives_them() -> None:
    (row,) = rows(annotate("--tokens", lines=LINE))
    text = json.loads(LINE)["text"]
    assert row["sentences"] == [[0, len(text)]]
    assert "".join(text[t["start"] : t["stop"]] for t in row["tokens"]) == text.replace(" ", "")
    assert {"start", "stop", "pos", "feats", "lemma", "head", "rel"} == set(row["tokens"][0])
    assert sum(t["head"] == -1 for t in row["tokens"]) >= 1
    assert {"start", "stop", "type"} == set(row["ner"][0])


def test_conllu() -> None:
    result = annotate("--format", "conllu", lines=LINE)
    body = [line for line in result.stdout.splitlines() if line and not line.startswith("#")]
    assert all(len(line.split("\t")) == 10 for line in body)
    assert body[0].split("\t")[1:4] == ["Мэр", "мэр", "NOUN"]


def test_explain_names_rules_and_colours_nothing_in_a_pipe() -> None:
    result = annotate("--explain", lines=LINE)
    assert result.exit_code == 0
    assert "Анна Ильина" in result.stdout and "Присутствие".lower() in result.stdout.lower()


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b""), ("blank.html", b"  \n\n "), ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)],
)
def test_a_file_that_is_no_text_is_named_and_the_rest_goes_on(tmp_path: Path, name: str, content: bytes) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    result = annotate(str(bad), str(PAGES / "old_site.txt"))
    assert result.exit_code == 1
    assert name in result.stderr and len(result.stderr.splitlines()) == 1
    assert [row["id"] for row in rows(result)] == ["old_site.txt"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = annotate(str(tmp_path / "nowhere.txt"))
    assert result.exit_code == 1
    assert "nowhere.txt" in result.stderr and len(result.stderr.splitlines()) == 1


def test_a_huge_text_is_refused_in_one_line(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    huge.write_text("Слово за словом. " * 1_250_000, encoding="utf-8")
    result = annotate(str(huge))
    assert result.exit_code == 1
    assert "huge.txt" in result.stderr and len(result.stderr.splitlines()) == 1


def test_five_people_present_online_are_read_from_the_copied_page(copied_page: dict[str, Any]) -> None:
    (meeting,) = [m for m in copied_page["meetings"] if m["attendees"]]
    assert {a["person"] for a in meeting["attendees"]} == {
        "Валентин Крутихин",
        "Валерия Ступина",
        "Александра Кирсанова",
        "Женя Оладьев",
        "Павел Рясной",
    }
    assert (meeting["format"], meeting["date"]) == ("online", None)


def test_positions_on_the_copied_page_are_in_the_nominative(copied_page: dict[str, Any]) -> None:
    held = {p["person"]: (p["position"], p["organisation"]) for p in copied_page["positions"]}
    assert held["Александра Кирсанова"] == ("исполнительный директор", "Ассоциация «Города Волги»")
    assert held["Женя Оладьев"] == ("начальник отдела туризма", "администрация города Костромы")
    assert held["Валерия Ступина"] == ("заместитель председателя", "Союз малых городов")


def test_the_agency_is_one_body_in_all_its_cases(copied_page: dict[str, Any]) -> None:
    (agency,) = [o for o in copied_page["organisations"] if "сотрудничество" in o["name"]]
    assert agency["name"] == "Россотрудничество"
    assert len(agency["mentions"]) == 5, "four by name, one as «в Агентстве»"


def test_nothing_is_read_out_of_the_chrome(copied_page: dict[str, Any]) -> None:
    everything = json.dumps(copied_page, ensure_ascii=False)
    for word in ("Посторонних", "2024-02-02", "2024-01-19", "Приморье", "Дороги Евразии", "canvas"):
        assert word not in everything
