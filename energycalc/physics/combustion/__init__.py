"""Burning: fuel gases, stoichiometry, flue gas, dew point, what stays in the furnace."""
