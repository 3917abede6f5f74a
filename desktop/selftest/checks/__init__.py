"""One thing each that the app needs of its installation and of the machine: a module, one `check`."""
