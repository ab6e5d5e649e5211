"""Cooling: chillers, towers, heat pumps, moist air."""
