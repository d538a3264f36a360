"""What a scenario changes: a description and a plan make a case, and two cases have differences."""

from sim.changes.applying import apply
from sim.changes.differing import InputDifference, differences

__all__ = ["InputDifference", "apply", "differences"]
