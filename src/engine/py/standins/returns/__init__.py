"""Stand-in for the returns package: only `returns.curry.partial` is used."""
