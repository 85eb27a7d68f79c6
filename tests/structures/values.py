"""Types of cells, forms of numbers and booleans, formulas and what is cached of them."""

import random
import re

from tests.structures.book import Book, UnsuitedError, one, put, text_of, with_attribute
from tests.structures.kinds import clean, kind

NUMBERS = (
    "+5", "-5", "1e3", "1E3", "1E+03", "1e-3", "1E400", "-1E400", "1e-400", "0x1F", "1_000", "١٢٣", "１２", " 12", "12 ", "\t12\n", "1 2",
    "12abc", "abc", "1,5", "1.234,5", "1,234.5", "inf", "INF", "-inf", "Infinity", "nan", "NaN", "-0", "0", "00012", ".5", "5.", "-.5", ".", "-",
    "1.50000000000000000000001", "0.1000000000000000055511151231257827", "123456789012345678901234567890", "9007199254740993", "1e", "1e+",
    "1d5", "1f", "12%", "$12", "12-", "--12", "+-12", "(12)", "1/2", "TRUE", "true", "#N/A", "2024-05-06", "0b11", "1e3.5", "1.2.3", "",
    "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
    "5e-324", "2.2250738585072011e-308", "1.7976931348623157E308", "45000.5", "0.30000000000000004", "4.35", "1.0049999999999999", "&#49;2",
)  # fmt: skip
TYPES = (
    "n", "s", "str", "b", "e", "d", "inlineStr", "N", "S", "STR", "B", "INLINESTR", "", "x", "number", " n", "n ", "z", "t", "error",
)  # fmt: skip
_BOOLEANS = (
    "1",
    "0",
    "true",
    "false",
    "TRUE",
    "FALSE",
    "2",
    "-1",
    "",
    " 1",
    "1 ",
    "yes",
    "on",
    "t",
    "1.0",
    "01",
    "VERDADERO",
    "0.5",
    "10",
)
_ERRORS = (
    "#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!", "#n/a", "#OTRO", "7", "", "texto",
    " #N/A", "#BUSY!", "#FIELD!",
)  # fmt: skip
_DATES = (
    "2024-05-06", "2024-05-06T07:08:09", "2024-05-06T07:08:09Z", "2024-05-06T07:08:09.123", "07:08:09", "2024-02-30", "45418", "1900-01-01",
    "1899-12-30", "9999-12-31", "10000-01-01", "06/05/2024", "", "texto", "2024-05-06 07:08:09", "2024-05-06T07:08", "20240506",
    "2024-05-06T07:08:09+04:00", "1904-01-01", "1900-02-29", "1600-01-01",
)  # fmt: skip
SERIALS = ("0", "1", "59", "60", "61", "45418", "45418.5", "0.5", "1.5", "2958465", "2958466", "-1", "1e9", "45418.99999999", "0.99999999", "-0.5",
           "45418.000011574", "1e-9", "44000.999995", "3", "1462", "36525.25")  # fmt: skip
_NUMBER = re.compile(r'<c r="[A-Z]+\d+"(?: s="\d+")?(?: t="n")?>(?P<f><f[^>]*>[^<]*</f>)?<v>(?P<v>[^<]*)</v></c>')
_ANY = re.compile(r'<c r="[A-Z]+\d+"[^>]*?(?:/>|[^/]>.*?</c>)', re.DOTALL)


def _made(book: Book, chance: random.Random, form: str) -> str:
    """One cell with a number made into another; `form` is what follows its address.

    None on which formulas of the book rest: LibreOffice calculates these anew where the cell's formula is volatile.
    """
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), re.compile(_NUMBER.pattern.replace("[A-Z]+", "[BD-Z]", 1)))
    start = re.match(r'<c r="[A-Z]+\d+"', match[0])[0]  # type: ignore[index]
    style = re.search(r' s="\d+"', match[0])
    new = start + (style[0] if style else "") + form
    book.parts[part] = put(book.parts[part], match, new)
    return f"{new} in {part}"


@kind
def number_in_another_form(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match, new = one(chance, text_of(book, part), _NUMBER), chance.choice(NUMBERS)
    book.parts[part] = put(book.parts[part], match, new, match.re.groupindex["v"])
    return f"{new!r} for {match[0]} in {part}"


@kind
def number_as_text(book: Book, chance: random.Random) -> str:
    return _made(book, chance, f' t="str"><v>{chance.choice(NUMBERS)}</v></c>')


@kind
def another_type(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match, new = one(chance, text_of(book, part), _ANY), chance.choice(TYPES)
    cell = re.sub(r' t="[^"]*"', "", match[0], count=1)
    start = cell.index(">")
    place = start - 1 if cell[start - 1] == "/" else start
    book.parts[part] = put(book.parts[part], match, f'{cell[:place]} t="{new}"{cell[place:]}')
    return f"{new!r} for {match[0]} in {part}"


@kind
def type_twice_in_namespaces(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), _NUMBER)
    new = with_attribute(match[0], f'xmlns:q="urn:ajeno" q:t="{chance.choice(TYPES[:7])}"')
    book.parts[part] = put(book.parts[part], match, new)
    return new


@kind
def boolean(book: Book, chance: random.Random) -> str:
    return _made(book, chance, f' t="b"><v>{chance.choice(_BOOLEANS)}</v></c>')


@kind
def boolean_of_a_formula(book: Book, chance: random.Random) -> str:
    return _made(book, chance, f' t="b"><f>1=1</f><v>{chance.choice(_BOOLEANS)}</v></c>')


@kind
def error(book: Book, chance: random.Random) -> str:
    formula = chance.choice(("", "<f>1/0</f>", "<f>1+1</f>"))
    return _made(book, chance, f' t="e">{formula}<v>{chance.choice(_ERRORS)}</v></c>')


@kind
def date_by_type(book: Book, chance: random.Random) -> str:
    formula = chance.choice(("", "", "<f>TODAY()</f>", "<f>1+1</f>"))
    return _made(book, chance, f' t="d">{formula}<v>{chance.choice(_DATES)}</v></c>')


@kind
def date_by_serial(book: Book, chance: random.Random) -> str:
    """A number in a cell with a date's format."""
    part = book.sheet(chance)
    found = re.findall(r'<c r="F\d+"( s="\d+")', text_of(book, part))
    if not found:
        raise UnsuitedError
    match, new = one(chance, text_of(book, part), _NUMBER), chance.choice(SERIALS)
    start = re.match(r'<c r="[A-Z]+\d+"', match[0])[0]  # type: ignore[index]
    cell = f"{start}{chance.choice(found)}><v>{new}</v></c>"
    book.parts[part] = put(book.parts[part], match, cell)
    return f"{cell} in {part}"


@kind
def formula_with_a_cached_value(book: Book, chance: random.Random) -> str:
    formula = chance.choice(
        (
            "1+1",
            "NADA(1)",
            "",
            "C2*2",
            "1/0",
            "NOW()",
            "RAND()",
            "[1]Hoja!A1",
            '"x"',
            "A1:A9",
            "SUM(",
            "=1+1",
            " ",
            "INDIRECT(&quot;C2&quot;)",
        )
    )
    form = chance.choice(("", ' t="n"', ' t="str"', ' t="b"', ' t="e"', ' t="s"', ' t="d"', ' t="inlineStr"'))
    value = chance.choice(
        (
            "<v>9.5</v>",
            "<v>1</v>",
            "<v>texto</v>",
            "<v></v>",
            "<v/>",
            "",
            "<v> </v>",
            "<v>12abc</v>",
            "<v>inf</v>",
            "<v>+5</v>",
        )
    )
    return _made(book, chance, f"{form}><f>{formula}</f>{value}</c>")


@kind
def formula_of_a_kind(book: Book, chance: random.Random) -> str:
    """LibreOffice computes shared formulas and those of arrays: the cached value of these is the true one."""
    new = chance.choice(
        (
            '<f t="shared" ref="C2:C4" si="0">1+1</f><v>2</v>', '<f t="shared" si="0"/><v>9.5</v>', '<f t="shared" si="7"/><v>9.5</v>',
            '<f t="array" ref="C2:C3">1+1</f><v>2</v>', '<f t="array" ref="C2">1+1</f><v>2</v>', '<f t="dataTable" ref="C2:D3" r1="A1"/><v>9.5</v>',
            '<f ca="1">1+1</f><v>9.5</v>', '<f t="otro">1+1</f><v>9.5</v>', "<f/><v>9.5</v>", "<f></f><v>9.5</v>", "<f/><v></v>",
            '<f t="array" ref="A1:Z99">1+1</f><v>2</v>', '<f t="array">1+1</f><v>9.5</v>', '<f t="normal">1+1</f><v>9.5</v>', '<f t="shared" ref="C2:C4" si="0"/><v>9.5</v>',
        )
    )  # fmt: skip
    return _made(book, chance, f">{new}</c>")


@kind
def several_values(book: Book, chance: random.Random) -> str:
    """Two values, two formulas, a value before the formula, an inline text beside a value."""
    form = chance.choice(
        (
            "><v>7</v><v>8</v></c>", "><f>1+1</f><f>2+2</f><v>7</v></c>", "><v>7</v><f>1+1</f></c>", "><v>7</v><is><t>texto</t></is></c>",
            ' t="inlineStr"><is><t>texto</t></is><v>7</v></c>', ' t="inlineStr"><v>7</v></c>', ' t="inlineStr"><v>7</v><is><t>texto</t></is></c>',
            ' t="inlineStr"><is><t>a</t></is><is><t>b</t></is></c>', ' t="inlineStr"><f>1+1</f><is><t>a</t></is></c>', "><is><t>texto</t></is></c>",
            ' t="str"><is><t>texto</t></is></c>', ' t="s"><is><t>texto</t></is></c>', ' t="s"><v>0</v><v>1</v></c>', ' t="str"><v>a</v><v>b</v></c>',
            ' t="inlineStr"><is>a</is></c>', ' t="inlineStr"><t>a</t></c>', "><v><v>7</v></v></c>", "><f>1<v>8</v></f><v>7</v></c>", ">7</c>", "><v/><v>7</v></c>",
            "><v>7</v><v/></c>", ' t="b"><v>0</v><v>1</v></c>', ' t="n"><f>1+1</f></c>', ' t="str"><f>1+1</f></c>', ' t="inlineStr"><f>1+1</f><v>7</v></c>',
        )
    )  # fmt: skip
    return _made(book, chance, form)


@clean
def attributes_of_metadata(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), _NUMBER)
    tag = with_attribute(match[0], chance.choice(('cm="0"', 'vm="0"', 'ph="1"', 'ph="0"')), last=True)
    book.parts[part] = put(book.parts[part], match, tag)
    return tag


@clean
def number_in_full(book: Book, chance: random.Random) -> str:
    """As programs write numbers: with 17 digits, with an exponent."""
    new = chance.choice(
        (
            "0.10000000000000001",
            "1.0E-2",
            "1e-05",
            "-12.5",
            "1234567.8899999999",
            "5E+20",
            "100",
            "3.3333333333333335E-2",
        )
    )
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), _NUMBER)
    book.parts[part] = put(book.parts[part], match, new, match.re.groupindex["v"])
    return f"{new} in {part}"
