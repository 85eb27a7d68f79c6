"""What is said of where workbooks are read: this computer, or the workers of a Dask scheduler, in Spanish."""

WITHOUT_LIBRARIES = 'Para leer en varios equipos hace falta una parte más. Instálela con: pip install "poa-xl[cluster]"'
UNKNOWN = (
    "No hay motor «{dado}». Con --engine se da: local, dask://EQUIPO:PUERTO, o dask+tls://EQUIPO:PUERTO con "
    "certificados."
)
NO_SCHEDULER = (
    "En {motor} no responde un planificador de Dask ({porque}). Revise el nombre, el puerto y que esté encendido; con "
    "«local» los libros se leen en este equipo."
)
NO_CERTIFICATES = (
    "Para {motor} faltan los certificados: dé los archivos en {faltan}, como dice la guía (poa-xl guide cluster)."
)
BAD_CERTIFICATES = "Los certificados para {motor} no se pueden usar ({porque}): revise los archivos que nombra Dask."
NO_WORKERS = (
    "El planificador de {motor} no tiene trabajadores desde hace {segundos} segundos. Inicie alguno con «dask worker» "
    "y repita la orden."
)
SILENT = (
    "En {motor} ningún trabajador respondió en {minutos} minutos. Revise qué hacen, que puede ser otra cosa, "
    "y repita la orden."
)
CUT = "el planificador terminó, o la red se cortó"
LOST = "Se perdió la conexión con {motor} ({porque}). Lo que se estaba leyendo no se terminó; repita la orden."
OTHER_VERSION = (
    "En un trabajador de {motor} hay poa-xl {suya}, y aquí {propia}: las cifras podrían diferir. Instale la misma "
    "versión en todos los equipos."
)
NOT_LOADED = (
    "Los trabajadores de {motor} no pudieron leer los libros ({porque}). Revise que donde están ellos y el "
    "planificador esté instalada la misma versión de poa-xl, con su parte «cluster»."
)
NOT_UNDERSTOOD = (
    "Un trabajador de {motor} respondió algo que no es de poa-xl {propia}. Instale la misma versión en todos."
)
ON_A_WORKER = "En un trabajador de {motor}: {porque}"
