"""The commands over a dataset: what they print, in which form, and how they fail."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipelines.resolve import resolve
from store.dataset import Dataset
from svodka.cli import cli
from tests.store import labelled
from tests.store.filled import fill


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder: Path = tmp_path_factory.mktemp("commands") / "data"
    with Dataset.open(folder, create=True) as dataset:
        fill(dataset, labelled.ids()[:25])
        resolve(dataset)
    yield folder


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args])


def lines(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_search(folder: Path) -> None:
    result = run("search", "--dir", folder, "выставками")
    assert result.exit_code == 0
    assert "В Белграде показали Волгу без открыток" in result.stdout
    assert lines(run("search", "--dir", folder, "выставками", "--json"))[0]["snippets"]


def test_search_goes_on(folder: Path) -> None:
    first = run("search", "--dir", folder, "--limit", 2, "--csv")
    after = first.stderr.rpartition("--after ")[2].strip()
    second = run("search", "--dir", folder, "--limit", 2, "--csv", "--after", after)
    assert first.stdout.splitlines()[1:] != second.stdout.splitlines()[1:]


def test_a_bad_query_is_one_line_and_exit_code_two(folder: Path) -> None:
    result = run("search", "--dir", folder, "цвет:синий")
    assert result.exit_code == 2
    assert (
        result.stderr == "svodka: запрос, знак 1: нет поля «цвет»; есть person, org, place, topic, source, date, kind\n"
    )


def test_who(folder: Path) -> None:
    result = run("who", "Марины Лебедь", "--dir", folder)
    assert result.exit_code == 0
    assert "открытие выставки «Волга. Берег и люди»" in result.stdout
    assert "Русский дом в Белграде" in result.stdout


def test_who_as_csv_carries_the_evidence(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("who", "Марина Лебедь", "--dir", folder, "--csv").stdout)))
    assert rows[0]["роль"] == "вёл(а)"
    assert rows[0]["должность"] == "директор"
    assert rows[0]["основание"]


def test_several_candidates_are_listed(folder: Path) -> None:
    result = run("who", "Сергей", "--dir", folder, "--json")
    found = lines(result)
    assert len(found) > 1
    assert f"подходят {len(found)}" in result.stderr


def test_nobody(folder: Path) -> None:
    result = run("who", "Никакая", "--dir", folder)
    assert (result.exit_code, result.stderr) == (1, "svodka: никто не найден: Никакая\n")


def test_meetings(folder: Path) -> None:
    found = lines(run("meetings", "--dir", folder, "--person", "Лебедь", "--kind", "выставка", "--json"))
    assert [meeting["name"] for meeting in found] == ["открытие выставки «Волга. Берег и люди»"]
    assert lines(run("meetings", "--dir", folder, "--person", "Лебедь", "--since", "2025-01-01", "--json")) == []
    assert "Белград" in run("meetings", "--dir", folder, "--place", "Белграде").stdout


@pytest.mark.parametrize(
    ("option", "value"),
    [("--org", "Русский дом в Белграде"), ("--topic", "culture"), ("--format", "in-person"), ("--status", "held")],
)
def test_meetings_by(folder: Path, option: str, value: str) -> None:
    names = [m["name"] for m in lines(run("meetings", "--dir", folder, option, value, "--json", "--limit", 1000))]
    assert "открытие выставки «Волга. Берег и люди»" in names


def test_resolve_explains(folder: Path) -> None:
    person = lines(run("who", "Лебедь", "--dir", folder, "--json"))
    with Dataset.open(folder) as dataset:
        id_ = dataset.people("Лебедь").rows[0].id
    result = run("resolve", "--explain", id_, "--dir", folder)
    assert person
    assert result.stdout.startswith(f"{id_}  ")
    assert "полное имя" in result.stdout
    assert run("resolve", "--explain", "p0", "--dir", folder).stderr == "svodka: нет такого идентификатора: p0\n"


@pytest.mark.parametrize("table", ["attendance", "meetings", "people", "positions", "releases"])
def test_export_csv(folder: Path, table: str) -> None:
    rows = list(csv.reader(io.StringIO(run("export", "--dir", folder, "--format", "csv", "--table", table).stdout)))
    assert len(rows) > 10
    assert {len(row) for row in rows} == {len(rows[0])}


def test_export_everything(folder: Path, tmp_path: Path) -> None:
    kinds = {line["type"] for line in lines(run("export", "--dir", folder))}
    assert kinds == {"release", "person", "organisation", "place", "meeting"}
    ftm = lines(run("export", "--dir", folder, "--format", "ftm"))
    assert {"Person", "Organization", "Event", "Membership"} <= {line["schema"] for line in ftm}
    assert "<edge id=" in run("export", "--dir", folder, "--format", "gexf").stdout
    assert run("export", "--dir", folder, "--format", "xlsx", "-o", tmp_path / "all.xlsx").exit_code == 0
    assert (tmp_path / "all.xlsx").read_bytes()[:2] == b"PK"
    assert run("export", "--dir", folder, "--format", "xlsx").exit_code == 2


def test_corrections(folder: Path) -> None:
    with Dataset.open(folder) as dataset:
        id_ = dataset.people("Марина Лебедь").rows[0].id
    assert (
        run("corrections", "rename", id_, "Марина Лебедь-Белая", "--reason", "паспорт", "--dir", folder).exit_code == 0
    )
    assert "Лебедь-Белая" in run("who", id_, "--dir", folder).stdout
    listed = lines(run("corrections", "list", "--dir", folder))
    assert (listed[0]["action"], listed[0]["reason"]) == ("rename", "паспорт")
    assert lines(run("corrections", "--dir", folder)) == listed
    assert run("corrections", "undo", "1", "--reason", "ошибка", "--dir", folder).exit_code == 0
    assert run("corrections", "undo", "1", "--reason", "ошибка", "--dir", folder).exit_code == 1
    assert lines(run("corrections", "list", "--dir", folder)) == []


@pytest.mark.parametrize(
    "command", [["search"], ["who", "Кто"], ["meetings"], ["resolve"], ["export"], ["corrections", "list"]]
)
def test_no_dataset_is_one_line(tmp_path: Path, command: list[str]) -> None:
    result = run(*command, "--dir", tmp_path / "нет")
    assert result.exit_code == 1
    assert result.stderr == f"svodka: {tmp_path / 'нет' / 'svodka.sqlite'}: набора данных нет; создать: svodka init\n"


def test_init_twice(tmp_path: Path) -> None:
    assert "создан" in run("init", "--dir", tmp_path / "data").stderr
    assert "уже есть" in run("init", "--dir", tmp_path / "data").stderr


def test_import_tells_of_each_file(tmp_path: Path) -> None:
    good, bad = tmp_path / "релиз.txt", tmp_path / "пусто.txt"
    good.write_text("О встрече\n\nПослы встретились в Москве и обсудили выставку.\n", encoding="utf-8")
    bad.write_bytes(b"")
    result = run("import", good, bad, tmp_path / "нет.txt", "--dir", tmp_path / "data")
    assert result.exit_code == 1
    assert [json.loads(line)["change"] for line in result.stdout.splitlines()] == ["new"]
    errors = result.stderr.splitlines()
    assert len(errors) == 2
    assert "пусто.txt" in errors[0]
    assert "нет.txt" in errors[1]
