"""A document on two pages: in English a memo, in Chinese an official document (GB/T 9704-2012)."""

from learningcity.report.brief.notes import brief_notes

__all__ = ["brief_notes"]
