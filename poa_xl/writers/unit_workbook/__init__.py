"""The workbook that a unit fills in: sheets of the schemas in, one `.xlsx` or `.xlsm` out, empty or with data."""
