"""What is said of the guides that ship with the package."""

UNKNOWN = "No hay una guía «{nombre}». Hay: {hay}."
NAME_OR_FOLDER = "Dé el NOMBRE de una guía para leerla, o -o para copiarlas todas; no los dos."
HOW_TO_READ = "Léala con: poa-xl guide NOMBRE. Para tenerlas todas como archivos: poa-xl guide -o CARPETA"
WRITTEN = "{n} en {carpeta}. Son textos: se abren con cualquier editor, como el Bloc de notas. Empiece por {primera}."
