"""Findings: what is wrong in the workbooks of the units and of the entity, at which cell.

`entity_book.check_entity` reads and checks `entidad.xlsx`; `unit_books.check_units` does it for submissions and
gives the accepted rows.
"""
