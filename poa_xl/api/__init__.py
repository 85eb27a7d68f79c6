"""The front door: everything that poa-xl does, as calls that a notebook, the command line and the add-ins make alike.

In go paths, an entity's workbook that was opened and plain values; out come frozen dataclasses, frames and the paths of
what was written. Nothing here prints, asks or ends the program. What cannot be done raises `PoaError` (wrong use:
`WrongUseError`), with a text in Spanish that says what to do. `poa_xl` itself offers the names of the door.
"""
