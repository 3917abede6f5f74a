"""What is kept: settings in a file, keys in the system's keyring, conversations in SQLite."""
