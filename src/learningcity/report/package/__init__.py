"""What the atlas gives away: tables as CSV, JSON and workbooks, and the whole as a data package."""

from learningcity.report.package.atlas_book import atlas_workbook
from learningcity.report.package.dictionary import (
    CODE_HEADS,
    DICTIONARY_HEADS,
    code_list,
    code_words,
    data_dictionary,
)
from learningcity.report.package.formats import sheet_csv, sheets_json
from learningcity.report.package.licences import data_licences
from learningcity.report.package.notices import CITATION_YEAR, provenance, source_links
from learningcity.report.package.package import data_package
from learningcity.report.package.sheet import Column, Sheet, schema_columns, table_schemas
from learningcity.report.package.workbook import sheets_xlsx

__all__ = [
    "CITATION_YEAR",
    "CODE_HEADS",
    "DICTIONARY_HEADS",
    "Column",
    "Sheet",
    "atlas_workbook",
    "code_list",
    "code_words",
    "data_dictionary",
    "data_licences",
    "data_package",
    "provenance",
    "schema_columns",
    "sheet_csv",
    "sheets_json",
    "sheets_xlsx",
    "source_links",
    "table_schemas",
]
