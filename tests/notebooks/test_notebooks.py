"""The notebooks run from a clean kernel, in a copy, and leave what they promise."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def executed(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The notebook after a run in a folder of its own; raises the first error of a cell."""
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(folder / name))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.read(path, as_version=4)
    work = folder / "work"
    work.mkdir()
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(work)}}).execute()
    return notebook


@pytest.mark.filterwarnings("default")  # of the kernel's libraries, not ours
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_a_clean_kernel(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = executed(path, tmp_path, monkeypatch)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"] == []
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    # the form itself, and what a reopened notebook still shows
    assert {"application/vnd.jupyter.widget-view+json", "text/html", "image/png"} <= kinds
    leaves = {"01_proposal": _a_proposal, "02_verification": _a_verification, "03_review": _a_review}
    leaves["04_plantwide"] = _derived_effects
    leaves[path.stem](tmp_path / "work")


def _a_proposal(work: Path) -> None:
    results = json.loads((work / "out" / "proposal" / "results.json").read_text(encoding="utf-8"))
    assert results
    for name in ("case.yaml", "workbook.xlsx", "figures/before_after.png", "figures/tornado.svg"):
        assert (work / "out" / "proposal" / name).stat().st_size > 0
    kept, shipped = (work / "out" / "my_case" / "case.yaml"), ROOT / "examples" / "steel_plant" / "case.yaml"
    assert kept.read_bytes() == shipped.read_bytes()


def _a_verification(work: Path) -> None:
    folder = work / "out" / "verification"
    results = json.loads((folder / "verification.json").read_text(encoding="utf-8"))
    assert results["verdict"]["word"] == "verified"
    for name in ("verification.xlsx", "figures/energy_over_time.png", "figures/model.svg", "figures/residuals.png"):
        assert (folder / name).stat().st_size > 0


def _derived_effects(work: Path) -> None:
    folder = work / "out" / "plantwide"
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    assert results["derived_effects"]["carbon_fee"]["liable"] is False
    for name in ("case.yaml", "workbook.xlsx", "figures/derived_path.png", "figures/derived_rollout.svg"):
        assert (folder / name).stat().st_size > 0


def _a_review(work: Path) -> None:
    folder = work / "out" / "review"
    assert "saving_rate: 44.2 %" in (folder / "claim.yaml").read_text(encoding="utf-8")
    assert "TN02" in (folder / "review.html").read_text(encoding="utf-8")
    assert (folder / "review.xlsx").stat().st_size > 0


def test_there_is_a_notebook() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["01_proposal", "02_verification", "03_review", "04_plantwide"]
