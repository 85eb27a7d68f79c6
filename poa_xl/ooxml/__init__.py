"""The package of a workbook as it is changed in places: its parts, their relations and types, their XML spliced."""
