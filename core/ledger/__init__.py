"""The ledger: whether the history is what was written, and how anybody can tell."""
