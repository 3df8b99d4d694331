"""Reports: who is behind a service, function by function, with the evidence of each role."""

from depgraph.reporting.report import FunctionReport, Report, report

__all__ = ["FunctionReport", "Report", "report"]
