"""What every workbook that is written from nothing shares: colours, formats, cells, tables, pages, and its provenance.

Values and an XlsxWriter worksheet come in; cells by their type, tables, a page that prints and a sealed file go out.
"""
