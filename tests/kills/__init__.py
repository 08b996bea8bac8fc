"""Workers that are killed while they work."""
