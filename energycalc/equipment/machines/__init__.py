"""Hydraulic drives, machine tools, welding sources, rectifiers."""
