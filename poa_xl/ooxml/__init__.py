"""The package of a workbook as the format has it, and as it is changed in places: what all others ask here.

In come attributes and bytes of parts; out go names of parts, name spaces, relations, types, properties, and parts whose
XML was spliced. Nothing is judged or refused here: `guards` do that to files of strangers, with what is known here.
"""
