"""The programming interface: everything that the site shows, for programs, read only."""
