"""What every viewset, lifecycle and admin page keeps to, whoever wrote it: found, not listed."""
