"""Brings what the entity says now into a filled workbook of this gestión, and touches nothing that a person typed.

`plan` compares the old workbook with the entity, part by part (`stamps`, `seal`, `catalogue`, `lists`, `footers`), and
says which cells of ours get other values; `splice` puts these into the person's own package, in a worker (`tasks`), and
leaves all else byte for byte; `proof` reads the result and compares every cell. A workbook that cannot be changed in
places raises `NotSplicedError`, and is written anew as between two versions of the template.

What comes later, such as the programme of a modified plan, is one more part of the `Splice` that `plan` makes.
"""
