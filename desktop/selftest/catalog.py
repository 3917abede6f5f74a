"""The checks, in the order in which they are made."""

from typing import NamedTuple


class Check(NamedTuple):
    """`name` is what is printed, `module` that of `checks`; after `seconds` it has failed."""

    name: str
    module: str
    seconds: float


CHECKS = (
    Check("window", "window", 15),
    Check("plugins", "plugins", 10),
    Check("input methods", "input_methods", 10),
    Check("translations", "translations", 10),
    Check("fonts", "fonts", 10),
    Check("images", "images", 15),
    Check("confinement", "confinement", 10),
    Check("history", "history", 10),
    Check("keyring", "keyring", 10),
    Check("TLS", "tls", 10),
    Check("reader", "reader", 30),
)
"""On two busy cores each takes a second at most, the reader five."""
