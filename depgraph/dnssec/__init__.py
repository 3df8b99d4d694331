"""Does DNSSEC hold for a zone? A pure function of observations and a time (RFC 4033 to 4035).

`anchors` says which keys are trusted to begin with, `evidence` takes the records and their
signatures out of observations, `signatures` checks one record set, `denial` reads the proofs
that something does not exist (NSEC, NSEC3), and `chain` walks from the anchor to a zone. No
question is asked: what was not recorded is unknown. The signatures themselves are checked by
dnspython with `cryptography`; without that nothing is examined (:data:`AVAILABLE`).
"""

from depgraph.dnssec.anchors import Anchor, read_anchors, root_anchors
from depgraph.dnssec.chain import Validator, Verdict, worst
from depgraph.dnssec.signatures import AVAILABLE

__all__ = ["AVAILABLE", "Anchor", "Validator", "Verdict", "read_anchors", "root_anchors", "worst"]
