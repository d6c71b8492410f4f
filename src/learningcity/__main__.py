"""Run the command line with ``python -m learningcity``."""

from learningcity.cli import main

if __name__ == "__main__":
    main(prog_name="learningcity")
