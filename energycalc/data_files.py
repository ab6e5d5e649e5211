"""Where the published tables and the examples lie: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

from energycalc.errors import InputError

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent


def data_folder() -> Path:
    """Return the folder of the published tables (emission factors, documents, equipment tables, tariffs).

    Returns:
        The repository's `data` when the package runs from a checkout, else the copy in the installed package.

    Raises:
        InputError: neither is there, so the installation is incomplete.
    """
    return _folder("data", copy="_data")


def examples_folder() -> Path:
    """Return the folder of the example cases.

    Returns:
        The repository's `examples` when the package runs from a checkout, else the copy in the package.

    Raises:
        InputError: neither is there, so the installation is incomplete.
    """
    return _folder("examples", copy="_examples")


def _folder(name: str, copy: str) -> Path:
    in_checkout = CHECKOUT / name
    in_package = PACKAGE / copy
    if (CHECKOUT / "pyproject.toml").is_file() and in_checkout.is_dir():
        return in_checkout
    if in_package.is_dir():
        return in_package
    raise InputError(
        f"the folder is neither in a checkout ({in_checkout}) nor in the installed package ({in_package})",
        subject=f"energycalc's own {name}",
        next_step="install energycalc again from a complete checkout or wheel",
    )
