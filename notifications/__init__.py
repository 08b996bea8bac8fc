"""Who hears of it: in FlowTrack, by e-mail, and by webhooks."""
