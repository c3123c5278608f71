"""The gate: no figure of extraction falls below its floor, and the gate itself can fail."""

import json
from pathlib import Path

from click.testing import CliRunner

from pipelines.gold import labels_folder
from svodka.cli import cli


def test_no_figure_falls_below_its_floor() -> None:
    result = CliRunner().invoke(cli, ["evaluate"])
    assert result.exit_code == 0, result.output


def test_every_floor_is_for_a_figure_that_is_measured(tmp_path: Path) -> None:
    labels = small_labels(tmp_path, {})
    result = CliRunner().invoke(cli, ["evaluate", "--labels", str(labels), "--json"])
    floors = json.loads((labels_folder() / "floors.json").read_text(encoding="utf-8"))
    assert set(floors) <= set(json.loads(result.stdout))
    assert len(floors) >= 15


def test_a_floor_that_is_not_reached_fails_and_is_named(tmp_path: Path) -> None:
    labels = small_labels(tmp_path, {"attendance": 1.01})
    result = CliRunner().invoke(cli, ["evaluate", "--labels", str(labels)])
    assert result.exit_code == 1
    assert "ниже порога: attendance" in result.stderr


def small_labels(folder: Path, floors: dict[str, float]) -> Path:
    (folder / "releases").mkdir()
    name = sorted((labels_folder() / "releases").glob("a-*.json"))[1]
    (folder / "releases" / name.name).write_bytes(name.read_bytes())
    (folder / "gate.txt").write_text(name.stem, encoding="utf-8")
    (folder / "floors.json").write_text(json.dumps(floors), encoding="utf-8")
    return folder
