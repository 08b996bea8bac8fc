"""Background jobs: rows that keep their promise, around the engines that carry them."""
