"""Names of parts: those that the format fixes, and those under which programs write what a relation names."""

CONTENT_TYPES = "[Content_Types].xml"
PACKAGE_RELATIONS = "_rels/.rels"
RELATIONS_ENDING = ".rels"  # of parts that list relations
WORKBOOK, WORKBOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
CORE_PROPERTIES, CUSTOM_PROPERTIES = "docProps/core.xml", "docProps/custom.xml"
