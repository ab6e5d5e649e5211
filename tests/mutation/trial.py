"""One wrong change against the tests of its line, in a forked process."""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from tests.mutation.mutants import Mutant

# A module loaded before the fork cannot be rewritten for better messages, and need not be.
UNREWRITTEN = "ignore::pytest.PytestAssertRewriteWarning"
QUIETLY = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", "-W", UNREWRITTEN)
ROOT = Path(__file__).resolve().parents[2]


class MutantLoader(importlib.machinery.SourceFileLoader):
    """Loads the changed tree in place of the file."""

    def __init__(self, name: str, mutant: Mutant) -> None:
        super().__init__(name, str(mutant.path))
        self.mutant = mutant

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed module; a lost square root still has its argument."""
        vars(module)["absolute_of_mutant"] = lambda x: x * x.value**0
        exec(compile(self.mutant.tree, str(self.mutant.path), "exec"), vars(module))


class MutantFinder(importlib.abc.MetaPathFinder):
    """Finds the changed module before anybody else does."""

    def __init__(self, mutant: Mutant) -> None:
        parts = mutant.path.relative_to(ROOT).with_suffix("").parts
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The changed module's spec, or nothing."""
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(
            fullname, self.mutant.path, loader=MutantLoader(fullname, self.mutant)
        )


def load_libraries() -> None:
    """Load what every test needs, once, in the process that forks; nothing of energycalc."""
    import hypothesis.strategies
    import numpy
    import pint
    import pytest
    import scipy.optimize
    import scipy.stats

    assert all((hypothesis, numpy, pint, pytest, scipy))


def survives(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether all tests pass although the change is wrong."""
    import pytest

    assert not any(name.startswith("energycalc") for name in sys.modules), "the changed module must be loaded here"
    sys.meta_path.insert(0, MutantFinder(mutant))
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        code = pytest.main([*QUIETLY, *tests])
    # a change that keeps a test file from being loaded ends the run early, or leaves its tests unknown: it is noticed
    if code in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise RuntimeError(f"the tests of {mutant.path.name}, line {mutant.line}, did not start: {code!r}")
    return code == pytest.ExitCode.OK
