"""Where things lie: what is read in the checkout, and the bundle in every package."""

from __future__ import annotations

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

LINUX = CHECKOUT / "packaging" / "linux"
"""What desktops and packers are told, most of it as templates."""

BUNDLE = Path("usr", "lib", "viewfinder")
