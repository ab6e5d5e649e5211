"""``energycalc new``: a commented starter case that runs as it is."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from energycalc.errors import InputError


def write_starter(folder: Path) -> Path:
    """Write ``case.yaml`` into a new or empty folder.

    Args:
        folder: where to write it; made when it does not exist.

    Returns:
        The file written.

    Raises:
        InputError: the folder is not empty or is a file; nothing is overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            "is not a new or empty folder", subject=str(folder), next_step="Name another one; nothing is overwritten"
        )
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "case.yaml"
    file.write_text(resources.files("energycalc.apps").joinpath("starter_case.yaml").read_text("utf-8"), "utf-8")
    return file
