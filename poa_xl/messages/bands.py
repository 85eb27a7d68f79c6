"""Words of findings on the bands of the sheet Semaforo."""

COLOURS = "uno de estos: {nombres}; o su código, por ejemplo {codigo}"
LETTERS = "{n} letras"
