"""Chillers, cooling towers, air conditioning, heat pumps."""
