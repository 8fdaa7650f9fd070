"""What the data is: tables declared once, and the check of a file against them."""

from wtnet.tables.check import check
from wtnet.tables.model import CheckResult, Problem, Raw, RawTable, Tables

__all__ = ["CheckResult", "Problem", "Raw", "RawTable", "Tables", "check"]
