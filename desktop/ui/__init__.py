"""QtWidgets only: leaves, panes, one small window."""
