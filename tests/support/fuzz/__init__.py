"""A seeded fuzzer for everything that strangers have a hand in: `python -m tests.support.fuzz --help`."""
