"""A copy of a person's own workbook with what was observed in it: bytes and observations in, spliced bytes out."""
