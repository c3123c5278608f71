"""`svodka demo`: the whole way in one command, and what can go wrong outside of it."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result

from svodka.cli import cli
from svodka.commands import demo
from svodka.demo.agencies import agencies
from svodka.demo.server import Agencies

TABLES = ("release", "version", "address", "mention", "position", "meeting", "attendance", "event", "entity", "topic")
TIMES = {"first_seen", "fetched_at", "seen_at", "at"}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["demo", *arguments])


def started(*arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "svodka", "demo", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def contents(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of what people see, times of day of the run left out."""
    with closing(sqlite3.connect(folder / "svodka.sqlite")) as db:
        found = {}
        for table in TABLES:
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] not in TIMES]
            found[table] = sorted(db.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall(), key=repr)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, kw_only=True)
class Filled:
    folder: Path
    printed: str


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    folder = tmp_path_factory.mktemp("demo") / "made"
    out, err = (first := started("--no-serve", "--dir", str(folder))).communicate()
    assert (first.returncode, "Traceback" in err) == (0, False), err
    return Filled(folder=folder, printed=out)


@pytest.mark.slow
def test_the_demo_fills_a_dataset_and_prints_its_summary(filled: Filled) -> None:
    stored = contents(filled.folder)
    assert len(stored["release"]) == sum(len(agency.releases) for agency in agencies())
    assert stored["attendance"]
    assert "Присутствий" in filled.printed
    assert "Чаще всего на встречах" in filled.printed


@pytest.mark.slow
def test_meetings_told_of_by_several_agencies_are_one_and_no_others(filled: Filled) -> None:
    stories = {
        (agency.id, " ".join(release.title.split())): release.story
        for agency in agencies()
        for release in agency.releases
    }
    with closing(sqlite3.connect(filled.folder / "svodka.sqlite")) as db:
        told = db.execute(
            "SELECT m.event, r.source, v.title FROM meeting m JOIN release r ON r.n = m.release"
            " JOIN version v ON v.n = r.version"
        ).fetchall()
    tellers = defaultdict(set)
    told_of = defaultdict(set)
    for event, source, title in told:
        tellers[event].add(source)
        told_of[event].add(stories[source, " ".join(title.split())])
    shared = [event for event in tellers if len(tellers[event]) > 1]
    assert len(shared) >= 15
    assert [told_of[event] for event in shared if len(told_of[event]) > 1] == []


@pytest.mark.slow
def test_a_second_run_changes_nothing_and_serves_the_page(filled: Filled) -> None:
    before = contents(filled.folder)
    port = free_port()
    second = started("--dir", str(filled.folder), "--port", str(port))
    assert second.stderr is not None
    said = next(line for line in second.stderr if line.startswith("Сводка открыта"))
    assert f"http://127.0.0.1:{port}/" in said
    with urlopen(f"http://127.0.0.1:{port}/") as answer:
        assert answer.status == 200
    os.kill(second.pid, signal.SIGINT)
    second.communicate()
    assert second.returncode == 0
    assert contents(filled.folder) == before


def test_a_taken_port_is_told_before_the_work(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("--dir", str(tmp_path / "demo"), "--port", str(port))
    assert result.exit_code == 1
    assert result.stderr == f"svodka: порт {port} занят: задайте другой или любой свободный, --port 0\n"
    assert not (tmp_path / "demo").exists()


def test_an_agency_s_remembered_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with Agencies() as other:
        port = other.ports["mosty"]
        (tmp_path / "demo.json").write_text(json.dumps({"ports": {"ural": port}, "crawled": True}))
        result = run("--no-serve", "--dir", str(tmp_path))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"svodka: порт {port} занят")
    assert result.stderr.count("\n") == 1


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("")
    result = run("--no-serve", "--dir", str(tmp_path / "demo"))
    assert result.exit_code == 1
    assert result.stderr == f"svodka: {tmp_path / 'demo'}/demo.json: Not a directory\n"


def test_a_damaged_memory_of_the_demo_is_named(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text("{]")
    result = run("--no-serve", "--dir", str(tmp_path))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"svodka: {tmp_path / 'demo.json'}: повреждён")


def test_a_damaged_dataset_is_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "svodka.sqlite").write_bytes(b"x" * 5000)
    result = run("--no-serve", "--dir", str(tmp_path))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith(f"svodka: {tmp_path / 'svodka.sqlite'}: повреждён")
    assert (tmp_path / "svodka.sqlite").read_bytes() == b"x" * 5000


def test_a_full_disk_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "NEEDED", 10**18)
    result = run("--no-serve", "--dir", str(tmp_path / "demo"))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"svodka: {tmp_path / 'demo'}: на диске свободно")
