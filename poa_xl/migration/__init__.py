"""Moves what a person typed into an old workbook to the template of now.

The old workbook is read with the titles of its version (`versions`, `source`, `extract`), its rows go step by step
to the version of now (`upgrade`), of another gestión only the plan goes on (`carry_over`), and a new workbook is
written and read back (`layout`, `new_workbook`). What is not carried, or needs a look, is a line of the `report`.
`pipeline` puts it together; `entity_workbook` does the same for the workbook of an entity, which has no versions.
"""
