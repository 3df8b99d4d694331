"""Reports: who is behind a service, function by function, with the evidence of each role."""

from depgraph.reporting.brief import Brief, brief
from depgraph.reporting.report import FunctionReport, Report, report

__all__ = ["Brief", "FunctionReport", "Report", "brief", "report"]
