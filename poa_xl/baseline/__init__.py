"""What submissions are compared with: the approved plan with its modifications, and what earlier quarters accepted.

In come accepted rows; out come documents (JSON with the hash of what they say) of which a campaign keeps a copy, so
that it stands alone. The comparison itself is a rule of `checking`.
"""

from poa_xl.baseline.modifications import Baseline
from poa_xl.baseline.plan import ApprovedPlan
from poa_xl.baseline.quarter import ReportedQuarter

__all__ = ["ApprovedPlan", "Baseline", "ReportedQuarter"]
