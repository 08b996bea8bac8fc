"""Figures about the work, derived from the rows at the time of asking."""
