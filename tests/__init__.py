"""What no single app owns: settings, layers, conformance, journeys."""
