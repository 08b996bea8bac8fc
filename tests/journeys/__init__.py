"""Whole ways through FlowTrack, over HTTP, as front ends go them."""
