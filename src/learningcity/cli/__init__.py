"""The command line: one lazy group; a command parses, calls the public face and prints."""

from learningcity.cli.root import main

__all__ = ["main"]
