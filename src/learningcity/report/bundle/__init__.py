"""A document as tables that are given away: a workbook for people, a data package for programs."""
