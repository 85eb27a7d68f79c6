"""The styles of the template by which a report is formatted, by their ids: what people restyle in Word."""

from poa_xl.report.document import Style

HEADINGS = {1: "Heading1", 2: "Heading2", 3: "Heading3"}
PARAGRAPHS = {
    Style.BODY: "Normal",
    Style.NOTE: "Nota",
    Style.QUOTE: "TextoDeCuadro",
    Style.BULLET: "ListBullet",
    Style.WARNING: "Advertencia",
    Style.TITLE: "Title",
    Style.SUBTITLE: "Subtitle",
}
CAPTION, CELL, TITLE, TABLE = "Caption", "TextoDeCuadro", "TituloDeCuadro", "CuadroPOA"
CONTENTS = {1: "TOC1", 2: "TOC2", 3: "TOC3"}
CONTENTS_OF_CAPTIONS = "TableofFigures"
