"""The child process in which untrusted pixels are decoded and text is read, and the pipe to it."""
