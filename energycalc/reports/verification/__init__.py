"""The pages of a verification: figures, and a workbook whose regression is live."""

from energycalc.reports.verification.figures import write_verification_figures
from energycalc.reports.verification.workbook import write_verification_workbook

__all__ = ["write_verification_figures", "write_verification_workbook"]
