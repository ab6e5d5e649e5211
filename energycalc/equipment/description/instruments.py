"""Limits of error of common instruments, taken for a measured reading whose ± nobody states."""

from __future__ import annotations

from energycalc.equipment.description.parameters import DefaultUncertainty
from energycalc.quantity import Source, cite

UNTIL = "default limit of error of the instrument's class, until a certificate is given"
_CLAMP = Source(
    "default-instruments",
    f"clamp-on power logger, current and power: 1.5 to 3 % of reading, the larger taken; {UNTIL}",
    confidence="convention of this project",
)

POWER_LOGGER = DefaultUncertainty("kW", 0.03, 0, _CLAMP)
CURRENT_CLAMP = DefaultUncertainty("A", 0.03, 0, _CLAMP)
ENERGY_METER = DefaultUncertainty("kWh", 0.01, 0, cite("iec-62053", f"class 1, about 1 % of reading; {UNTIL}"))
FLUE_GAS_ANALYSER = DefaultUncertainty(
    "%", 0, 0.2, cite("default-instruments", f"flue-gas analyser, O2: 0.2 % absolute; {UNTIL}")
)
THERMOCOUPLE = DefaultUncertainty(
    "degC", 0.004, 1.5, cite("iec-60584-2", f"type K class 1, to 1000 °C: 1.5 °C or 0.4 %; {UNTIL}"), up_to=1000
)
INFRARED_CAMERA = DefaultUncertainty(
    "degC", 0.02, 2.0, cite("flir-accuracy", "2 °C or 2 % of the reading, whichever is larger; default of the class")
)
