"""Believable people for trying FlowTrack out, and how their days go by."""
