"""Reading files by what they truly are: text tables, workbooks old and new, html tables, parquet."""

from energycalc.metering.files.look import Look, look_at

__all__ = ["Look", "look_at"]
