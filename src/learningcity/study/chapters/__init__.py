"""The chapters of the study: each module builds one from the desk, with ``build(desk) -> Section``."""
