"""The figures that stand in a paragraph of Spanish prose, as a person of a Bolivian office writes them in Word.

In comes the text of a paragraph or of a cell of a table; out comes each figure with its place, its value, its unit and
what is to be said of its form. A figure has a decimal comma, points between its thousands, «%» or «Bs». What numbers
something (dates, laws, pages, headings, codes) and whole numbers without a unit are none.

`characters` gives a text one form, `numerals` reads digits and separators, `marks` what stands around them, `signs`
whether a number is negative, `references` what counts instead of measuring, `ranges` and `search` put them together,
and `agreement` compares with the value of a figure. The standard library alone; every look is bounded, so that the
work grows with the text and not with its square.
"""

from poa_xl.prose_numbers.agreement import agrees
from poa_xl.prose_numbers.number import Number, NumberForm, NumberUnit
from poa_xl.prose_numbers.search import find

__all__ = ["Number", "NumberForm", "NumberUnit", "agrees", "find"]
