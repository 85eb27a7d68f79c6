"""What is said of the data of a quarter in Parquet, in Spanish: tables, columns, and what went wrong."""

WITHOUT_LIBRARIES = 'Para escribir Parquet hace falta una parte más. Instálela con: pip install "poa-xl[parquet]"'
WRITTEN = "Datos: {carpeta} ({tablas} tablas, {filas} filas)"
NOT_OURS = "{ruta} no es un archivo de datos de poa-xl, y no se reemplaza: dé otra carpeta."

NODES, FORM = "nodos", "fichas"
OF_THE_BOOK = "{columna}_del_libro"  # what a workbook says of its entity, its year and its quarter
PARTITION = {
    "entidad": "La sigla de la entidad.",
    "gestion": "El año.",
    "trimestre": "El trimestre que se evaluó, de 1 a 4. Las cifras de antes son las de esa evaluación.",
}
TABLES = {
    "cifras": "Las cifras del trimestre, una por fila y sin redondear: las del libro maestro, y otras que no muestra.",
    NODES: "La entidad y lo que está debajo de ella: servicios, áreas, grupos, unidades, ACP y categorías.",
    FORM: "La hoja Unidad de cada libro aceptado: quién lo llenó y cuándo lo envió.",
    "entregas": "Los libros que se recibieron, y qué fue de cada uno.",
    "observaciones": "Lo que se observó, celda por celda.",
}
FIGURES = {
    "id": "El identificador de la cifra, como en la hoja Cifras del libro maestro: MRE.avance.t2.",
    "nodo": "De qué es: su código, con su nivel delante donde hace falta. Une con la tabla nodos.",
    "nivel": "El nivel del nodo: entidad, servicio, area, grupo, subgrupo, unidad, acp, parte, categoria, operacion…",
    "codigo": "El código del nodo; el de un grupo empieza con el de su área, el de una operación con el de su unidad.",
    "indicador": "Qué cifra: avance, eficacia, ejecucion, vigente, devengado…",
    "periodo": "De cuándo: ene a dic, t1 a t4, hasta_t1 a hasta_t4.",
    "valor": "El número; vacío si es n/a o una palabra. Los porcentajes van en puntos (92.78), los montos en Bs.",
    "palabra": "La palabra, si la cifra es una: la del semáforo, del criterio o del cuadre.",
    "unidad_de_medida": "En qué se mide: puntos, Bs, cantidad, indicador o palabra.",
}
NODE = {
    "nodo": "El nodo, como en la tabla cifras.",
    "nivel": "Su nivel.",
    "codigo": "Su código, como en la tabla cifras.",
    "nombre": "Su nombre.",
    "padre": "El nodo que está encima; vacío si no hay.",
}
ORIGIN = {
    "unidad": "El código de la unidad.",
    "archivo": "El libro de donde viene la fila.",
    "hoja": "La hoja de ese libro.",
    "fila": "La fila de Excel.",
}
SUBMISSIONS = {
    "archivo": "El libro.",
    "sha256": "La huella de sus bytes.",
    "unidad": "El código de la unidad; vacío si no se supo.",
    "filas": "Cuántas de sus filas se aceptaron.",
    "errores": "Cuántos errores tiene.",
    "avisos": "Cuántos avisos tiene.",
    "estado": "Aceptada, con avisos, en parte, rechazada o en espera.",
    "acuse": "El número del acuse de recibo, en una campaña.",
    "recibida": "Cuándo llegó, en una campaña.",
}
FINDINGS = {
    "archivo": "El libro.",
    "hoja": "La hoja.",
    "celda": "La celda.",
    "unidad": "El código de la unidad.",
    "codigo": "El código de la observación.",
    "severidad": "Error, aviso o excepción.",
    "hallado": "Lo que había.",
    "mensaje": "Qué pasa.",
    "accion": "Qué hacer.",
    "fila": "De qué fila es.",
    "respuesta": "Lo que contestó la unidad.",
}
METADATA = {"documento": "datos de poa-xl"}
