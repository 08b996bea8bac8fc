"""Service levels: business calendars, policies, and the clock that measures against them."""
