"""Brings what the entity says now into a filled workbook of this gestión, and touches nothing that a person typed.

`plan` compares the old workbook with the entity, part by part (`stamps`, `seal`, `catalogue`, `lists`, `footers`), and
says which cells of ours get other values; `splice` puts these into the person's own package, in a worker (`tasks`), and
leaves all else byte for byte; `proof` reads the result and compares every cell. A workbook that cannot be changed in
places raises `NotSplicedError`, and is written anew as between two versions of the template.

With an approved plan, `programme` says which of its cells the workbook is to have, and `free_rows` where what it lacks
goes: as the plan is what the unit must say, these are the only cells of a person that change, and each is told.
"""
