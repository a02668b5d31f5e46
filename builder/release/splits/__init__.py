"""Train, validation and test: which units are in which, and what would reach across them."""

from builder.core.split_rule import SplitRule
from builder.release.splits.leaks import Leak, leaks
from builder.release.splits.splitting import split

__all__ = ["Leak", "SplitRule", "leaks", "split"]
