"""What builds the packages that are handed to users."""
