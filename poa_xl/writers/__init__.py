"""What is written out: templates, the master workbook, the report."""
