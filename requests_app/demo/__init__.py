"""Believable people and requests for trying FlowTrack out."""
