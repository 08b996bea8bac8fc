"""Who: people, departments, teams, and the ways in."""
