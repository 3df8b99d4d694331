"""Reports: a graph told in lines, as text, Markdown, HTML and JSON."""

from depgraph.report.lines import LAYERS, Line
from depgraph.report.report import SCHEMA, FunctionReport, Report, report

__all__ = ["LAYERS", "SCHEMA", "FunctionReport", "Line", "Report", "report"]
