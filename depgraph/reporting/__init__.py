"""Reports: a graph told in lines, as text, Markdown, HTML and JSON."""

from depgraph.reporting.lines import LAYERS, Line
from depgraph.reporting.report import SCHEMA, FunctionReport, Report, report

__all__ = ["LAYERS", "SCHEMA", "FunctionReport", "Line", "Report", "report"]
