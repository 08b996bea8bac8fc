"""Believable projects for trying FlowTrack out."""
