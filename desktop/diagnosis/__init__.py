"""What a bug leaves: a log, a crash file, and a report of both, without a word of what was asked or said."""
