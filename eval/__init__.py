"""How good is it: measurements and benchmarks. May import every room; no room imports it."""
