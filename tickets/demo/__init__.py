"""Believable tickets and work orders for trying FlowTrack out."""
