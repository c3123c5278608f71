"""`svodka crawl` as a script sees it: exit codes, JSON on standard output, one line for every mistake."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawler.conftest import links, release
from tests.crawler.server import Reply, Site

SOURCE = """
from crawler.source import listing
SOURCE = listing(id="own", name="Своё ведомство", home="{base}", url="/news/", article=r"^/news/\\d+/$",
                 private=True, delay=0.0)
"""


def svodka(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "svodka", "crawl", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def folder_with(tmp_path: Path, base: str) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir(exist_ok=True)
    (folder / "own.py").write_text(SOURCE.format(base=base), encoding="utf-8")
    return folder


def test_a_crawl_its_report_and_a_source_that_falls_silent(tmp_path: Path) -> None:
    pages = {"/news/": links([1, 2]), "/news/1/": release(1), "/news/2/": release(2)}
    with Site(pages) as site:
        told = ("--dir", tmp_path / "data", "--sources", folder_with(tmp_path, site.base), "--json")
        good = svodka(*told)
        site.pages["/news/"] = Reply(status=403)
        silent = svodka(*told)
    assert (good.returncode, silent.returncode) == (0, 3)
    (report,) = map(json.loads, good.stdout.splitlines())
    assert (report["source"], report["tally"]["new"], report["alarms"]) == ("own", 2, [])
    (report,) = map(json.loads, silent.stdout.splitlines())
    assert [alarm["rule"] for alarm in report["alarms"]] == ["blocked"]
    assert "не пускает" in silent.stderr
    assert "Traceback" not in good.stderr + silent.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("нет-такого",), 1, "нет источника нет-такого"),
        ((), 1, "проверенного вживую"),
        (("--sources", "/нет/такой/папки"), 2, "/нет/такой/папки"),
        (("kremlin", "--since", "вчера"), 2, "--since"),
        (("kremlin", "--limit", "0"), 2, "--limit"),
    ],
)
def test_mistakes_are_told_in_a_line(tmp_path: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    done = svodka("--dir", tmp_path / "data", *arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_dataset_that_is_none_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "svodka.sqlite").write_text("это не набор данных")
    done = svodka("--dir", tmp_path / "data", "--sources", folder_with(tmp_path, "http://127.0.0.1:9"))
    assert done.returncode == 1
    assert "svodka.sqlite" in done.stderr
    assert (tmp_path / "data" / "svodka.sqlite").read_text() == "это не набор данных"


def test_from_an_archive(tmp_path: Path) -> None:
    with Site({"/news/": links([1]), "/news/1/": release(1)}) as site:
        folder = folder_with(tmp_path, site.base)
        svodka("--dir", tmp_path / "data", "--sources", folder)
        site.asked.clear()
        done = svodka(
            "own", "--dir", tmp_path / "again", "--sources", folder, "--from-warc", tmp_path / "data" / "warc", "--json"
        )
    assert done.returncode == 0
    assert json.loads(done.stdout)["tally"]["new"] == 1
    assert site.asked == []
