"""Makes `workbooks/informe.docx`, the template of the written report: styles, numbering, page and running head.

Run once; from then on the template is what people restyle in Word. What the program needs of it are the styles by
their names (`poa_xl.report.word.styles`).
"""

import sys
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

FONT, DARK, GREY = "Arial", RGBColor(0x1F, 0x3A, 0x5F), RGBColor(0x59, 0x59, 0x59)
# The ids that Word gives to its own styles, and those of ours.
IDS = {"toc 1": "TOC1", "toc 2": "TOC2", "toc 3": "TOC3", "table of figures": "TableofFigures"}
OWN_IDS = {"Texto de cuadro": "TextoDeCuadro", "Título de cuadro": "TituloDeCuadro"}
NUMBERING = """<w:abstractNum {ns} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading2"/><w:lvlText w:val="%1.%2."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading3"/><w:lvlText w:val="%1.%2.%3."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="709" w:hanging="709"/></w:pPr></w:lvl>
</w:abstractNum>"""  # noqa: E501 - a level a line
TABLE_STYLE = """<w:style {ns} w:type="table" w:customStyle="1" w:styleId="CuadroPOA"><w:name w:val="Cuadro POA"/>
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="1F3A5F"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="1F3A5F"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/></w:tblBorders>
<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="1F3A5F"/><w:vAlign w:val="center"/></w:tcPr></w:tblStylePr>
</w:style>"""  # noqa: E501


def _style(document, name, base, size, *, bold=False, italic=False, color=None, before=0, after=6, kind="PARAGRAPH"):
    styles = document.styles
    known = name in [style.name for style in styles]
    style = styles[name] if known else styles.add_style(name, getattr(WD_STYLE_TYPE, kind), builtin=name in IDS)
    style.element.styleId = IDS.get(name, OWN_IDS.get(name, style.element.styleId))
    style.base_style = styles[base] if base else None
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    font.color.rgb = color or RGBColor(0, 0, 0)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.hidden = False
    style.quick_style = True
    return style


def make(path: Path) -> None:
    """Write the template."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)  # letter
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    _language(document)
    normal = _style(document, "Normal", None, 10.5)
    normal.paragraph_format.line_spacing = 1.15
    normal.paragraph_format.widow_control = True
    for level, (size, before) in enumerate(((15, 18), (12.5, 14), (11, 10)), start=1):
        heading = _style(document, f"Heading {level}", "Normal", size, bold=True, color=DARK, before=before, after=6)
        heading.paragraph_format.keep_with_next = True
        numbered = heading.element.get_or_add_pPr().get_or_add_numPr()
        numbered.get_or_add_ilvl().val, numbered.get_or_add_numId().val = level - 1, 77
        if level == 1:
            heading.paragraph_format.page_break_before = True
    title = _style(document, "Title", "Normal", 24, bold=True, color=DARK, before=120, after=24)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    border = title.element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        title.element.pPr.remove(border)
    _style(document, "Subtitle", "Normal", 13, color=GREY, after=12)
    caption = _style(document, "Caption", "Normal", 9.5, bold=True, color=DARK, before=12, after=4)
    caption.paragraph_format.keep_with_next = True
    _style(document, "Texto de cuadro", "Normal", 7.5, after=0).paragraph_format.line_spacing = 1.0
    white = RGBColor(0xFF, 0xFF, 0xFF)
    titles = _style(document, "Título de cuadro", "Texto de cuadro", 7.5, bold=True, color=white, after=0)
    titles.paragraph_format.keep_with_next = True
    _style(document, "Nota", "Normal", 8.5, italic=True, color=GREY, before=2, after=8)
    warning = _style(document, "Advertencia", "Normal", 10.5, bold=True, color=RGBColor(0x9C, 0x2A, 0x00), after=8)
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="FFF2CC"/>')
    warning.element.get_or_add_pPr().find(qn("w:spacing")).addprevious(shade)
    _style(document, "List Bullet", "Normal", 10.5, after=4)
    for level in (1, 2, 3):
        entry = _style(document, f"toc {level}", "Normal", 10, after=1)
        entry.paragraph_format.line_spacing = 1.0
        entry.paragraph_format.left_indent = Cm(0.6 * (level - 1))
        entry.paragraph_format.tab_stops.add_tab_stop(Cm(16.5), leader=1, alignment=2)
    figures = _style(document, "table of figures", "Normal", 9, after=1)
    figures.paragraph_format.line_spacing = 1.0
    figures.paragraph_format.tab_stops.add_tab_stop(Cm(16.5), leader=1, alignment=2)
    figures.paragraph_format.right_indent = Cm(1)
    _style(document, "Header", "Normal", 8.5, color=GREY, after=0)
    _style(document, "Footer", "Normal", 8.5, color=GREY, after=0)
    document.styles.element.append(parse_xml(TABLE_STYLE.format(ns=nsdecls("w"))))
    _numbering(document)
    _page_number(section)
    for owner, kind in ((document.part, "stylesWithEffects"), (document.part.package, "thumbnail")):
        for key in [key for key, rel in owner.rels.items() if rel.reltype.endswith(kind)]:
            del owner.rels[key]  # nothing that Word wants
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.save(path)


def _language(document) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    run.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="es-BO" w:eastAsia="es-BO" w:bidi="ar-SA"/>'))


def _numbering(document) -> None:
    numbering = document.part.numbering_part.element
    first = numbering.find(qn("w:num"))
    made = parse_xml(NUMBERING.format(ns=nsdecls("w")))
    first.addprevious(made)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def _page_number(section) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for code in ("PAGE", "NUMPAGES"):
        if code == "NUMPAGES":
            paragraph.add_run(" de ")
        else:
            paragraph.add_run("Página ")
        for kind in ("begin", code, "separate", "1", "end"):
            run = paragraph.add_run()
            if kind in ("begin", "separate", "end"):
                run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
            elif kind == code:
                run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {code} </w:instrText>'))
            else:
                run.text = kind
    section.header.paragraphs[0].text = ""


if __name__ == "__main__":
    make(Path(sys.argv[1] if len(sys.argv) > 1 else "workbooks/informe.docx"))
