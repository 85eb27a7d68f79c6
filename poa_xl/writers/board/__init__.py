"""The board of a campaign as a workbook and as a page. Whoever calls puts the file in place."""
