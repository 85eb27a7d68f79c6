"""Moves what a person typed into an old workbook to the template of now.

The old workbook is read with the titles of its version (`versions`, `source`, `gathering`), its rows go step by step
to the version of now (`stepping`), of another gestión only the plan goes on (`planning`), and a new workbook is written
and read back (`placing`, `writing`). What is not carried, or needs a look, is a line of the `report`. `preparing` puts
it together.
"""
