"""All state that a pane shows, all verbs that it offers; QtCore only."""
