"""The command line: thin verbs over the library.

Exit codes: 0 done; 1 the answer is "no" (faults found); 2 what was asked cannot be done, said
in one line on standard error, and nothing was written; 130 interrupted.
"""

from depgraph.cli.group import OURS, main

__all__ = ["OURS", "main"]
