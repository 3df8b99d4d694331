"""Real servers on loopback: NSD, Unbound, RDAP, WHOIS and TLS, with faults, delay and a log.

``python -m tests.lab`` (or ``make lab``) starts it by hand. `world.py` says what a zone is,
`replica.py` and `services.py` what is served, `proxy.py` how each server address answers.
"""

from .lab import Lab
from .servers import LabError, missing
from .traffic import Asked, Fault, Traffic

__all__ = ["Asked", "Fault", "Lab", "LabError", "Traffic", "missing"]
