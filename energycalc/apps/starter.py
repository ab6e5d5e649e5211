"""``energycalc new``: a commented starter case that runs as it is."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from energycalc.apps.starter_technology import technology_case
from energycalc.errors import InputError
from energycalc.reports.words import words


def write_starter(folder: Path, technology: str | None = None, language: str = "zh-TW") -> Path:
    """Write ``case.yaml`` into a new or empty folder.

    Args:
        folder: where to write it; made when it does not exist.
        technology: key of the one technology to show; without it a motor, a furnace and a compressor.
        language: of the remarks beside the parameters of that one technology.

    Returns:
        The file written.

    Raises:
        InputError: the folder is not empty or is a file; nothing is overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            "is not a new or empty folder", subject=str(folder), next_step="Name another one; nothing is overwritten"
        )
    if technology is None:
        text = resources.files("energycalc.apps").joinpath("starter_case.yaml").read_text("utf-8")
    else:
        text = technology_case(technology, language)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "case.yaml"
    file.write_text(text, "utf-8")
    return file


def next_steps(file: Path, language: str) -> str:
    """What to do with the starter now: which file to edit, which command to run.

    Args:
        file: the case file just written.
        language: ``zh-TW`` or ``en``.
    """
    text, folder = words("terminal", language), _quoted(file.parent)
    out = _quoted(file.parent / "out")
    lines = (text["new_written"], text["new_edit"], text["new_run"], text["new_help"])
    return "\n".join(line.format(file=file, folder=folder, out=out) for line in lines)


def _quoted(path: Path) -> str:
    """A path as it is typed; with blanks, in the quotation marks that every shell knows."""
    return f'"{path}"' if " " in str(path) else str(path)
