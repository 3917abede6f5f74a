"""What `prove_packages.py` proves of the packages, part by part."""
