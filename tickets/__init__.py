"""Tickets and work orders: what is broken, and who sees to it."""
