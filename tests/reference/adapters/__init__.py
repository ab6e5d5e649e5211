"""Adapters: each turns the inputs of one of MEASUR's calculators (US units) into our quantities and our results back.

Every module here has ``ADAPTERS`` (calculator to function) and may have ``REFUSALS`` and ``DEVIATIONS``.
"""

import importlib
import pkgutil

from tests.reference.equipment_reading import Adapter, Deviation, Refusal

_MODULES = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
NAMES: tuple[str, ...] = tuple(name for module in _MODULES for name in module.ADAPTERS)
"""Every calculator as often as a module claims it."""

ADAPTERS: dict[str, Adapter] = {name: adapter for module in _MODULES for name, adapter in module.ADAPTERS.items()}
REFUSALS: tuple[Refusal, ...] = tuple(item for module in _MODULES for item in getattr(module, "REFUSALS", ()))
DEVIATIONS: tuple[Deviation, ...] = tuple(item for module in _MODULES for item in getattr(module, "DEVIATIONS", ()))
