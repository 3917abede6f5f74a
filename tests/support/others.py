"""Another user of this computer."""

import os

import pytest

NOBODY = 65534
"""The user, and the group, that own nothing."""

needs_root = pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can be somebody else")
