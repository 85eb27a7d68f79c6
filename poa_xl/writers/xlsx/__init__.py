"""What every workbook that is written from nothing shares: formats, parts of a page, what says that it is ours."""
