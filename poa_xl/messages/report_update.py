"""What is said of a report that was written again with the figures of a newer master, in Spanish."""

FACTS: dict[str, str] = {"sigla": "la entidad", "gestion": "la gestión", "trimestre": "el trimestre"}
ANOTHER = (
    "{ruta} no se actualiza con ese libro maestro: {dato} del informe es «{antes}»; en el libro maestro es «{ahora}». "
    "Escriba el informe nuevo con report write."
)
ITSELF = "{ruta} es el informe que se actualiza, y no se cambia: dé otro nombre al nuevo."
WRITTEN = "Informe con las cifras nuevas: {ruta}. {ruta_vieja} queda como estaba."
FIGURES = "Cifras que cambiaron: {n}."
FIGURE = "  {cifra}: {antes} → {despues}"
EDITED = "Cifras que alguien había cambiado en el documento, y que vuelven a ser las del libro maestro: {n}."
EDITED_FIGURE = "  {cifra}: se escribió {escrita}, alguien puso {decia} → {despues}"
MORE = "  … y {n} más (--all las muestra todas)"
TEXTS = "Frases y filas que el programa diría ahora de otro modo, y que no se tocaron: {n}. Revíselas."
_TEXT = ("  {lugar}", "    dice: {dice}", "    diría: {diria}")
_NOT_THERE, _NOT_ANY_MORE = "(no está)", "(ya no estaría)"
LEFT = "Cifras que quedaron como estaban, porque el informe nuevo no tiene nada en su lugar: {cifras}."
NONE = "Ninguna cifra cambió."


def text(place: str, before: str, after: str) -> list[str]:
    """What stands at a place and what the program would say there, in lines; a blank one is not there."""
    said = {"lugar": place, "dice": before or _NOT_THERE, "diria": after or _NOT_ANY_MORE}
    return [line.format(**said) for line in _TEXT]
