"""Composition: settings, addresses and the way to start. Nobody imports it."""
