"""Stand-in for urllib3."""
