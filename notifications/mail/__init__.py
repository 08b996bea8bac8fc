"""Notifications by e-mail, out and in."""
