"""The scripts of packaging/, which is no package: its modules import each other as neighbours."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

CHECKOUT = Path(__file__).parents[2]
PACKAGING = CHECKOUT / "packaging"


def load_script(name: str) -> ModuleType:
    """Import `packaging/NAME.py`; the folder is on `sys.path` for no longer than that."""
    sys.path.insert(0, str(PACKAGING))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(PACKAGING))
