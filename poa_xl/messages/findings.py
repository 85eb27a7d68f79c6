"""The message of each finding: code -> severity, what is wrong, what to do (Spanish), and what else the code means.

Texts may name `{hallado}` (the value as the person sees it) and the details that the rule gives, such as
`{columna}`. A code never changes its meaning; a code that is no longer used is not given again.
`docs/errores.md` is generated from this table. What a code means for the program stands here too, as its traits, and
nowhere else; what all codes of a section have stands with the section.
"""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict

from poa_xl.messages.kinds import Message, Section, Trait, aviso as _aviso, error as _error, section as _section


def _refused(what: str, action: str, *traits: Trait) -> Message:
    """A message of something that keeps a whole file out."""
    return _error(what, action, Trait.REFUSES_FILE, *traits)


def _unreadable(what: str, action: str, *traits: Trait) -> Message:
    """A message of a file that is no workbook, or none that can be read."""
    return _refused(what, action, Trait.UNREADABLE, Trait.FROM_OUTSIDE, *traits)


def _awaits(what: str, action: str, *traits: Trait) -> Message:
    """A message of a difference with what was approved or reported: the file waits until it is accepted."""
    return _error(what, action, Trait.AWAITS_DECISION, Trait.WAIVABLE, *traits)


_REQUIRED = "Falta el dato «{columna}»."
_FILL = "Escriba el dato en la celda; si la fila sobra, borre lo escrito en ella."
_FILL_LEVEL = f"{_FILL}{{pista}}"  # of a sheet that names a level which an entity may do without
_FILL_EACH = "Escriba el dato en cada fila, sin combinar celdas; si la fila sobra, borre lo escrito en ella."
_REPEATED = "El valor «{hallado}» de «{columna}» está repetido."
_TOGETHER = "La fila repite la combinación {columna}: «{hallado}»."
_NEGATIVE = "«{columna}» no puede ser negativo: «{hallado}»."
_NO_TOTALS = "Borre la fila: los totales se calculan solos."
_LOOKS_LIKE_TOTAL = "La fila parece un total: «{hallado}». No se lee."
_DECIMALS = "«{columna}» tiene más de dos decimales: «{hallado}»{otras}."
_IN_CENTS = (
    "Copie el monto del reporte del SIGEP, en centavos. Revise que un punto de miles no se haya leído como decimal."
)
_WEIGHT, _WEIGHT_FROM_0 = "El peso «{hallado}» no está entre 0 y 100.", "Escriba un número de 0 a 100, en puntos."
_LIST = "«{columna}» dice «{hallado}», que no está en su lista."
_ELSEWISE_THE_OPERATION = "{lista}. En blanco, la tarea sigue a su operación."
_NUMBERS, _KINDS, _SENSES = (
    "entero, decimal o porcentaje",
    "suma, acumulada, nivel o último valor",
    "aumentar o disminuir",
)
_NO_SUCH_GOAL = "Una meta de tipo «{tipo}» no puede {motivo}."
_OTHER_GOAL = (
    "Para algo que debe bajar, o que se mide en porcentaje, elija nivel (se mantiene cada mes) o último valor (se "
    "llega a él)."
)
_SOME_WEIGHTS = "Tienen peso solo algunas de {cosas} ({hallado}): no se usa ninguno."
_SUM_OF_WEIGHTS = "Los pesos de {cosas} suman {hallado}, no 100: cada uno cuenta en proporción."
_TO_NOTE_IT = "pida a la oficina de planificación que la anote en la hoja Modificaciones."
_QUARTER = "El trimestre «{hallado}» no existe."

SECTIONS: Dict[str, Section] = {
    "LIB": _section("Archivo", Trait.OF_A_UNIT),
    "HOJ": _section("Hojas del libro", Trait.OF_A_UNIT),
    "COL": _section("Columnas", Trait.OF_A_UNIT),
    "CEL": _section("Celdas", Trait.OF_A_UNIT, Trait.OF_A_CELL),
    "UNI": _section("Hoja Unidad", Trait.OF_A_UNIT),
    "OPE": _section("Hoja Operaciones", Trait.OF_A_UNIT),
    "TAR": _section("Hoja Tareas", Trait.OF_A_UNIT),
    "PRE": _section("Hoja Presupuesto", Trait.OF_A_UNIT),
    "RES": _section("Hoja Resultados", Trait.OF_A_UNIT),
    "EXI": _section("Unidades que empiezan, terminan o cambian de nombre", Trait.OF_A_UNIT),
    "ENT": _section("Entregas", Trait.FROM_OUTSIDE, Trait.OWN_LINE),
    "CUA": _section("Cuadre con el SIGEP", Trait.OWN_LINE),
    "PAR": _section("Libro de la entidad: Parametros"),
    "SEM": _section("Libro de la entidad: Semaforo"),
    "ARE": _section("Libro de la entidad: Areas"),
    "ACP": _section("Libro de la entidad: ACP"),
    "PES": _section("Libro de la entidad: pesos"),
    "UND": _section("Libro de la entidad: Unidades"),
    "CAT": _section("Libro de la entidad: Categorias"),
    "SIG": _section("Libro de la entidad: Presupuesto_SIGEP"),
    "FUE": _section("Libro de la entidad: Fuentes"),
    "MET": _section("Libro de la entidad: Metas_SIGEP"),
    "HIS": _section("Libro de la entidad: Historico"),
    "INF": _section("Libro de la entidad: Marco_legal y Textos_informe"),
    "MOD": _section("Libro de la entidad: Modificaciones"),
    "PLA": _section("Plan aprobado y trimestres anteriores", Trait.OF_A_UNIT, Trait.FROM_OUTSIDE),
}

MESSAGES: Dict[str, Message] = {
    # --- the file -------------------------------------------------------------------------------------------
    "LIB-001": _unreadable(
        "El archivo no se puede leer como libro de Excel: {motivo}.",
        "Ábralo en Excel o LibreOffice, guárdelo otra vez como .xlsx y envíelo de nuevo.",
    ),
    "LIB-002": _unreadable(
        "El archivo no es un libro .xlsx ni .xlsm: {motivo}.",
        "Guárdelo con «Guardar como» en formato Libro de Excel (.xlsx) y envíelo de nuevo.",
    ),
    "LIB-003": _unreadable(
        "El libro está protegido con contraseña para abrirlo.",
        "Quite la contraseña de apertura, guárdelo y envíelo de nuevo.",
    ),
    "LIB-004": _aviso(
        "Se dejó de lado: es un archivo temporal u oculto.",
        "Nada, si el libro de la unidad está entre los demás. Si no está, ciérrelo en Excel y envíelo de nuevo.",
        Trait.FROM_OUTSIDE,
        Trait.SET_ASIDE,
    ),
    "LIB-005": _aviso(
        "Se dejó de lado: es un libro maestro, no el libro de una unidad.",
        "Guarde los libros maestros en otra carpeta.",
        Trait.FROM_OUTSIDE,
        Trait.SET_ASIDE,
        Trait.NOT_OF_A_UNIT,
    ),
    "LIB-006": _unreadable(
        "El archivo no es un libro de Excel: {motivo}.",
        "Envíe el libro mismo (.xlsx), no una copia en otro formato; si no lo tiene, pase los datos a la plantilla.",
    ),
    "LIB-007": _unreadable(
        "El archivo no es un libro: {motivo}.",
        "Extraiga el libro (.xlsx) y envíelo solo, sin comprimir.",
    ),
    "LIB-008": _unreadable(
        "El archivo está vacío: tiene 0 bytes.",
        "La copia o el envío se cortó. Envíe el libro de nuevo.",
    ),
    "LIB-009": _unreadable(
        "El archivo no se puede abrir: {motivo}.",
        "Copie a la carpeta el libro mismo, con permiso de lectura y un nombre corto, y ciérrelo en Excel.",
    ),
    "LIB-010": _unreadable(
        "El libro pasa de un límite: {motivo} es {hallado} y el máximo es {esperado}.",
        "Copie los datos a una plantilla nueva, sin imágenes ni filas de sobra. Si el libro debe ser así, "
        "Planificación puede subir el límite «{columna}» con --limits.",
    ),
    "LIB-011": _unreadable(
        "El archivo no está hecho como lo hacen Excel o LibreOffice: {motivo}.",
        "Copie los datos a una plantilla nueva. Si no sabe de dónde salió el archivo, avise a informática.",
    ),
    "LIB-012": _unreadable(
        "El libro no tiene ninguna hoja con datos.",
        "Revise que sea el archivo que llenó y envíelo de nuevo.",
    ),
    "LIB-013": _aviso(
        "El libro tiene macros que no son de la plantilla: {hallado}.",
        "No se ejecutan, y las copias que devuelve Planificación no las llevan. Antes de abrir el libro en Excel, "
        "pregunte a la unidad para qué son.",
        Trait.FROM_OUTSIDE,
        Trait.NOT_CARRIED,
    ),
    "LIB-014": _aviso(
        "El libro tiene vínculos a otros archivos: {hallado}.",
        "No se siguen: vale lo que quedó guardado en cada celda. Si puede, reemplácelos por sus valores.",
        Trait.FROM_OUTSIDE,
    ),
    "LIB-015": _unreadable(
        "El archivo está hecho de un modo que cada programa puede leer distinto: {motivo}.",
        "Ábralo en Excel o LibreOffice, revise que muestre lo que escribió, guárdelo con otro nombre como .xlsx y "
        "envíe ese. Si no sabe de dónde salió el archivo, avise a informática.",
    ),
    "LIB-016": _unreadable(
        "No se pudo terminar de leer o revisar el archivo: {motivo}.",
        "Copie los datos a una plantilla nueva y envíela. Avise a informática: poa-xl debió decir qué está mal y no "
        "pudo.",
        Trait.OF_NO_FILE,
    ),
    "LIB-017": _aviso(
        "Se dejó de lado: no es un libro de hojas de cálculo, pues {motivo}.",
        "Nada, si el libro de la unidad está entre los demás. Si lo es, guárdelo como Libro de Excel (.xlsx).",
        Trait.FROM_OUTSIDE,
        Trait.SET_ASIDE,
    ),
    "LIB-018": _unreadable(
        "El libro tiene una etiqueta de confidencialidad que lo cifra: solo lo abren las cuentas de quien lo envió.",
        "En Excel, cambie la etiqueta por una que no cifre (Inicio, Confidencialidad) o quite la restricción (Archivo, "
        "Información, Proteger libro), guárdelo y envíelo de nuevo. No es una contraseña.",
    ),
    "LIB-020": _aviso(
        "El libro tiene contenido que actúa por sí mismo o trae datos de fuera: {hallado}.",
        "No se sigue ni se ejecuta, y las copias que devuelve Planificación no lo llevan. Antes de abrir el libro en "
        "Excel, pregunte a la unidad para qué es.",
        Trait.FROM_OUTSIDE,
        Trait.NOT_CARRIED,
    ),
    "LIB-021": _aviso(
        "El libro lleva documentos incrustados: {hallado}.",
        "No se abren ni se leen, y quedan en el libro. Si tienen datos del POA, páselos a las hojas de la plantilla.",
        Trait.FROM_OUTSIDE,
    ),
    "LIB-022": _aviso(
        "El libro no calcula solo (cálculo manual) y hay fórmulas en celdas que se llenan, como {hallado}: sus valores "
        "pueden ser viejos.",
        "Ponga el cálculo en automático (en Excel, Fórmulas → Opciones para el cálculo), revise esos valores y guarde "
        "el libro.",
    ),
    # --- sheets ---------------------------------------------------------------------------------------------
    "HOJ-001": _refused(
        "Falta la hoja «{columna}».",
        "Use la plantilla original: copie allí sus datos sin borrar ni unir hojas.",
        Trait.SHEET_MISSING,
    ),
    "HOJ-002": _aviso(
        "La hoja «{hallado}» se leyó como «{columna}».",
        "Devuélvale su nombre: {columna}.",
    ),
    "HOJ-003": _aviso(
        "Las hojas no están en el orden de la plantilla.",
        "No impide leer el libro. Si puede, vuelva al orden: {columna}.",
    ),
    "HOJ-004": _refused(
        "Hay más de una hoja para «{columna}»: {hallado}.",
        "Deje una sola, con todos los datos y con ese nombre, y borre las otras. Mientras tanto no se toma ninguna. "
        "La que no vea está oculta: clic derecho en una pestaña, Mostrar.",
        Trait.SHEET_UNREAD,
    ),
    "HOJ-005": _aviso(
        "La hoja «{hallado}» no es de la plantilla y no se lee.",
        "Si tiene datos del POA, páselos a las hojas de la plantilla.",
    ),
    "HOJ-006": _refused(
        "No se encontró la fila de encabezados de la hoja «{columna}».",
        "Copie la fila de encabezados de la plantilla encima de sus datos.",
        Trait.SHEET_UNREAD,
    ),
    "HOJ-007": _refused(
        "Hay algo escrito muy lejos de la tabla: la celda {hallado}.",
        "Vaya a esa celda (Ctrl+Fin), borre lo que tenga, aunque sea un espacio, y guarde el libro.",
    ),
    "HOJ-008": _aviso(
        "La hoja «{columna}» no tiene ninguna fila.",
        "Llénela; sin filas la unidad no tiene cifras de esta hoja.",
    ),
    "HOJ-009": _refused(
        "No es un libro de la plantilla: le faltan las hojas {columna}.",
        "Revise que sea el archivo que llenó. Si lo es, copie sus datos a la plantilla, sin borrar ni unir hojas.",
        Trait.SHEET_MISSING,
    ),
    "HOJ-010": _aviso(
        "La hoja «{hallado}» tiene los títulos de «{columna}» y ninguna fila llenada: se leyó «{columna}».",
        "Borre la hoja que sobra, para que nadie la llene por error. Si no la ve, está oculta: clic derecho en una "
        "pestaña, Mostrar.",
    ),
    "HOJ-011": _aviso(
        "Los títulos de la hoja están otra vez entre los datos: {hallado}.",
        "No impide leer la hoja: esas filas no se toman. Si puede, elimínelas.",
    ),
    # --- columns --------------------------------------------------------------------------------------------
    "COL-001": _refused(
        "Falta la columna o el campo «{columna}».",
        "Agréguelo con ese título, como en la plantilla.",
    ),
    "COL-002": _aviso(
        "El título «{hallado}» se leyó como «{columna}».",
        "Escriba el título como en la plantilla: {columna}.",
    ),
    "COL-003": _aviso(
        "Las columnas no están en el orden de la plantilla: «{columna}» está fuera de su lugar.",
        "No impide leer la hoja: cada columna se reconoce por su título.",
    ),
    "COL-004": _refused(
        "El título «{columna}» está repetido.",
        "Deje una sola columna con ese título.",
    ),
    "COL-005": _aviso(
        "La columna «{hallado}» no es de la plantilla y no se lee.",
        "Si tiene datos del POA, páselos a las columnas de la plantilla.",
    ),
    "COL-006": _aviso(
        "Falta la columna «{columna}»; se toma como vacía.",
        "Agréguela con ese título, como en la plantilla.",
    ),
    "COL-007": _aviso(
        "Hay columnas de la versión {esperado} de la plantilla y el libro es de la {hallado}: no se leen {columna}.",
        "Si las necesita, pase el libro a la versión {esperado} con poa-xl migrate y complételas allí.",
    ),
    # --- cells ----------------------------------------------------------------------------------------------
    "CEL-001": _aviso(
        "El número está escrito como texto: «{hallado}» se leyó como {leido}.",
        "Escríbalo como número, sin puntos de miles, símbolos ni espacios.",
    ),
    "CEL-002": _error(
        "«{columna}» espera un número y la celda dice «{hallado}».",
        "Escriba solo el número; los comentarios van en otra columna.",
        Trait.NOT_A_NUMBER,
    ),
    "CEL-003": _error(
        "No se sabe qué número es «{hallado}»: puede ser {leido}.",
        "Bórrelo y escríbalo como número, sin punto de miles.",
        Trait.NOT_A_NUMBER,
    ),
    "CEL-004": _error(
        "«{columna}» espera un número y la celda tiene una fecha o una hora: {hallado}.",
        "Escriba el número otra vez y dé a la celda formato de número.",
        Trait.NOT_A_NUMBER,
    ),
    "CEL-005": _error(
        "«{columna}» espera {leido} y la celda tiene {hallado}.",
        "Escriba el dato en lugar de VERDADERO o FALSO.",
        Trait.NOT_A_NUMBER,
        Trait.NOT_A_TEXT,
    ),
    "CEL-006": _error(
        "La celda tiene un error de cálculo: {hallado}.",
        "Corrija la fórmula o escriba el valor.",
    ),
    "CEL-007": _error(
        "La celda tiene una fórmula sin resultado guardado.",
        "Abra el libro en Excel o LibreOffice, espere a que calcule y guárdelo.",
    ),
    "CEL-008": _error(
        "«{columna}» es una cantidad entera y la celda dice {hallado}.",
        "Escriba un número entero. Si la meta va con decimales o en porcentaje, dígalo en «Número» (plantilla 3).",
        Trait.NOT_A_NUMBER,
    ),
    "CEL-009": _error(
        "«{columna}» espera un texto y la celda tiene una fecha o una hora: {hallado}.",
        "Escriba el dato otra vez, con un apóstrofo delante si el programa lo cambia a fecha.",
        Trait.NOT_A_TEXT,
    ),
    "CEL-010": _aviso(
        "«{columna}» espera una fecha y la celda dice «{hallado}».",
        "Escriba la fecha como día/mes/año, por ejemplo 05/07/2024.",
    ),
    "CEL-011": _error(
        "El número de «{columna}» es demasiado grande: {hallado}.",
        "Revise cuántas cifras tiene y escríbalo de nuevo.",
        Trait.NOT_A_NUMBER,
    ),
    "CEL-012": _aviso(
        "«{columna}» espera un número y la celda dice «{hallado}»: se toma como vacía.",
        "Escriba solo el número, o deje la celda en blanco hasta saberlo.",
    ),
    "CEL-013": _error(
        "«{columna}» espera una cantidad o un monto y la celda tiene un porcentaje: «{hallado}».",
        "Escriba la cantidad o el monto, no su porcentaje. Si el número está bien y solo sobra el %, dé a la celda "
        "formato de número y escríbalo otra vez.",
    ),
    "CEL-014": _aviso(
        "«{columna}» tiene un porcentaje: «{hallado}» se leyó como {leido}, en puntos.",
        "Escriba el número en puntos, sin el signo %, y diga en «Número» que es un porcentaje.",
    ),
    "CEL-015": _error(
        "«{columna}» va en bolivianos y la celda dice «{hallado}».",
        "Escriba el monto en bolivianos, como número y sin símbolos; si está en otra moneda, conviértalo.",
    ),
    "CEL-016": _error(
        "«{columna}» es una cantidad y la celda tiene una moneda: «{hallado}».",
        "Escriba solo la cantidad; los montos van en la hoja Presupuesto.",
    ),
    "CEL-017": _aviso(
        "El formato de la celda muestra otra moneda: «{hallado}» se leyó como {leido}.",
        "Si está en otra moneda, escriba el monto en bolivianos. Si ya lo está, dé a la celda formato de número.",
    ),
    "CEL-020": _error(
        "Las celdas combinadas {esperado} tapan datos que nadie ve: {hallado}.",
        "Separe las celdas combinadas y deje en cada fila el dato que vale. Lo que está tapado no se toma.",
    ),
    "CEL-021": _aviso(
        "«{columna}» espera un texto y la celda tiene una fecha, una hora, VERDADERO o FALSO: se tomó como "
        "«{hallado}».",
        "Si no es lo que quiso escribir (Excel vuelve fecha «3/5»), escríbalo otra vez, con un apóstrofo delante.",
    ),
    # --- Unidad ---------------------------------------------------------------------------------------------
    "UNI-001": _refused(
        _REQUIRED, "Llene el campo en la hoja Unidad; los que vienen puestos, cópielos de la plantilla."
    ),
    "UNI-002": _aviso(_QUARTER, "Elija 1, 2, 3 o 4 en «Trimestre que se reporta»."),
    "UNI-003": _aviso(
        "El correo «{hallado}» no está bien escrito.",
        "Escríbalo completo, por ejemplo unidad@dominio.gob.bo.",
    ),
    "UNI-004": _refused(
        "La hoja Unidad está vacía.",
        "Llénela como en la plantilla.",
    ),
    "UNI-005": _refused(
        "El libro es de otra entidad: «{hallado}».",
        "Use la plantilla de {columna}.",
    ),
    "UNI-006": _refused(
        "El libro es de la gestión {hallado} y se evalúa la gestión {columna}.",
        "Pase los datos a la plantilla de la gestión {columna}.",
        Trait.ANOTHER_BOOK,
    ),
    "UNI-007": _refused(
        "El libro dice que es de la versión {hallado} de la plantilla{pista}; se reciben las versiones {columna}.",
        "Si la versión está mal escrita, corríjala en la hoja Unidad. Si no, pida a Planificación su libro en la "
        "plantilla vigente: ella pasa allí los datos con «poa-xl migrate».",
    ),
    "UNI-008": _refused(
        "La unidad «{hallado}» no está en el catálogo de la entidad.",
        "Revise el código de la unidad; si es nueva, pida a Planificación que la agregue.",
    ),
    "UNI-009": _refused(
        "La unidad «{hallado}» figura como no vigente.",
        "Si debe reportar, pida a Planificación que cambie su vigencia; si existió hasta algún día, que lo escriba en "
        "«Hasta».",
    ),
    "UNI-010": _aviso(
        "«{columna}» dice «{hallado}» y el catálogo de la entidad dice «{esperado}».",
        "Vuelva a poner el dato de la plantilla; si cambió, avise a Planificación.",
    ),
    "UNI-011": _aviso(
        "El libro dice que reporta el trimestre {hallado} y se evalúa el trimestre {esperado}.",
        "Solo cuenta hasta el trimestre que se evalúa. Si es un error, corrija «Trimestre que se reporta».",
    ),
    "UNI-012": _aviso(_REQUIRED, "Llene el campo en la hoja Unidad."),
    "UNI-013": _aviso(
        "El archivo se llama como la unidad {esperado}, pero el libro es la plantilla de la unidad «{hallado}».",
        "Si los datos son de {esperado}, páselos a la plantilla de {esperado}; si no, cambie el nombre del archivo.",
    ),
    "UNI-014": _refused(
        "El libro reporta hasta el trimestre {hallado} y se evalúa el {esperado}: todavía no tiene sus datos.",
        "Complete la ejecución hasta el trimestre {esperado} y cambie «Trimestre que se reporta».",
    ),
    "UNI-015": _aviso(
        "El libro cambió después de prepararse para el envío: su sello «{hallado}» ya no corresponde.",
        "Pulse otra vez «Preparar entrega», o borre el sello.",
    ),
    "UNI-016": _aviso(
        "La Fecha de envío no puede ser {hallado}: un libro del trimestre {trimestre} se envía del {esperado}, y no "
        "después de hoy.",
        "Corríjala. Mientras tanto no cuenta para saber qué libro de la unidad es el más nuevo.",
    ),
    "UNI-017": _aviso(
        "La entidad pondera con pesos, y el libro es de la versión {hallado} de la plantilla, que no los tiene: sus "
        "operaciones cuentan por sus tareas.",
        "Si la unidad tiene pesos, pase el libro a la versión {esperado} con poa-xl migrate y escríbalos en "
        "Operaciones.",
        Trait.OF_NO_FILE,
    ),
    # --- Operaciones ----------------------------------------------------------------------------------------
    "OPE-001": _error(_REQUIRED, _FILL_EACH),
    "OPE-002": _error(_REPEATED, "Dé a cada operación un código distinto y úselo en sus tareas."),
    "OPE-003": _error(_NEGATIVE, "Escriba 0 o un número mayor."),
    "OPE-004": _error("La ACP «{hallado}» no existe.", "Elija una de la lista: {esperado}."),
    "OPE-005": _aviso(
        "La operación «{hallado}» no tiene tareas.",
        "Agregue sus tareas en la hoja Tareas o borre la operación.",
    ),
    "OPE-006": _aviso(
        "La operación «{hallado}» se distingue de «{esperado}» (fila {fila}) solo por mayúsculas, acentos o espacios.",
        "Si es la misma, deje una sola y use ese código en sus tareas. Si son dos, deles códigos que no se confundan.",
    ),
    "OPE-007": _aviso(_LOOKS_LIKE_TOTAL, _NO_TOTALS),
    "OPE-008": _error(_LIST, f"Elija {_NUMBERS}."),
    "OPE-009": _error(_LIST, f"Elija {_KINDS}."),
    "OPE-010": _error(_LIST, f"Elija {_SENSES}."),
    "OPE-011": _error(_WEIGHT, _WEIGHT_FROM_0),
    "OPE-012": _error(_NO_SUCH_GOAL, _OTHER_GOAL),
    "OPE-013": _aviso(_SOME_WEIGHTS, "Escriba el peso de cada operación de la unidad, o borre todos."),
    "OPE-014": _aviso(_SUM_OF_WEIGHTS, "Corrija los pesos: los de todas las operaciones de la unidad suman 100."),
    "OPE-015": _aviso(
        "La meta de la operación «{operacion}» es {hallado}, y lo programado en el año {como} {esperado}.",
        "Revise la meta y los meses programados de sus tareas: el cumplimiento del año se mide con lo programado.",
    ),
    # --- Tareas ---------------------------------------------------------------------------------------------
    "TAR-001": _error(_REQUIRED, _FILL_EACH),
    "TAR-002": _error(
        "La tarea pertenece a la operación «{hallado}», que no está en la hoja Operaciones.{pista}",
        "Elija una operación de la lista o agréguela en la hoja Operaciones.",
    ),
    "TAR-003": _error(_NEGATIVE, "Escriba 0 o un número mayor; deje en blanco el mes sin datos."),
    "TAR-004": _aviso(
        "La operación «{operacion}» ejecutó {hallado} en el trimestre {trimestre} sin tener nada programado.",
        "Esa ejecución no cuenta. Si debía programarse, coordine con Planificación la modificación del POA.",
    ),
    "TAR-005": _aviso(
        "La operación «{operacion}» ejecutó {hallado} de {esperado} programados en el trimestre {trimestre}: "
        "{avance} %.",
        "Cuenta como 100 %. Revise que las cantidades estén bien escritas y en su mes.",
    ),
    "TAR-006": _aviso(
        "Hay ejecución en {columna}, después del corte: «{hallado}».",
        "No cuenta en este trimestre. Revise que esté en el mes que corresponde.",
    ),
    "TAR-007": _aviso(
        "La tarea está repetida: «{hallado}».",
        "Si es la misma, deje una sola fila; si es otra, cambie su texto.",
    ),
    "TAR-008": _aviso(
        "La tarea no tiene programación en ningún mes: «{hallado}».",
        "Escriba lo programado en los meses que corresponda.",
    ),
    "TAR-009": _error(
        "La tarea queda fuera porque su operación «{hallado}» tiene errores.",
        "Corrija la operación: hoja Operaciones, fila {fila}.",
    ),
    "TAR-010": _error(
        "La fila «{hallado}» parece un total: sus meses son la suma de otras filas de la operación «{operacion}» "
        "({esperado}).",
        "Borre la fila: los totales se calculan solos, y así contaría dos veces. Si es una tarea, cambie su texto.",
        Trait.WAIVABLE,
    ),
    "TAR-011": _aviso(
        "La fila «{hallado}» puede ser un total de la operación «{operacion}»: {motivo}.",
        "Si es un total, borre la fila: los totales se calculan solos, y así cuenta dos veces. Si es una tarea, nada.",
    ),
    "TAR-012": _aviso(
        "La unidad no escribió ninguna ejecución en el trimestre {trimestre} ({columna}), y había programación: cuenta "
        "como 0.",
        "Escriba lo ejecutado en cada mes. Si no se ejecutó nada, escriba 0.",
    ),
    "TAR-013": _aviso(_LOOKS_LIKE_TOTAL, _NO_TOTALS),
    "TAR-014": _error(_LIST, f"Elija {_ELSEWISE_THE_OPERATION}".format(lista=_NUMBERS)),
    "TAR-015": _error(_LIST, f"Elija {_ELSEWISE_THE_OPERATION}".format(lista=_KINDS)),
    "TAR-016": _error(_LIST, f"Elija {_ELSEWISE_THE_OPERATION}".format(lista=_SENSES)),
    "TAR-017": _error(_NEGATIVE, "Escriba 0 o un número mayor."),
    "TAR-018": _error(_WEIGHT, _WEIGHT_FROM_0),
    "TAR-019": _error(_NO_SUCH_GOAL, _OTHER_GOAL),
    "TAR-020": _error(
        "La meta es acumulada y {columna} dice {hallado}, menos que {anterior}, que dice {esperado}.",
        "Escriba en cada mes el total desde enero. Si cada mes dice solo lo suyo, la meta es de tipo suma.",
    ),
    "TAR-021": _aviso(
        "La meta es un nivel y no dice nada en {columna}, que ya se informó: cuenta como 0 % en ese mes.",
        "Escriba lo que se alcanzó en el mes, también si fue 0.",
    ),
    "TAR-022": _aviso(
        "La operación «{operacion}» suma cosas distintas: {hallado}.",
        "Así, lo que más cantidad tiene tapa lo demás. Separe en operaciones lo que no se puede sumar, o pida a "
        "Planificación el método por tareas (metodo_operacion).",
    ),
    "TAR-023": _aviso(_SOME_WEIGHTS, "Escriba el peso de cada tarea de la operación «{operacion}», o borre todos."),
    "TAR-024": _aviso(
        _SUM_OF_WEIGHTS, "Corrija los pesos: los de todas las tareas de la operación «{operacion}» suman 100."
    ),
    "TAR-025": _aviso(
        "La meta va en porcentaje, y todo lo que dice la fila es menor que 1: {hallado}.",
        "Los porcentajes se escriben en puntos: 85,5 y no 0,855. Si de verdad es menos del 1 %, déjelo así.",
    ),
    "TAR-026": _aviso(
        "La fecha de la acción correctiva no puede ser {hallado}: el POA es de {esperado}.",
        "Corrija el año: la acción se hace en la gestión, o a lo más en la que sigue.",
    ),
    "TAR-027": _aviso(
        "Hay acciones correctivas de tareas atrasadas sin «{columna}»: {hallado}.",
        "Escriba quién responde por cada acción y hasta cuándo se hará.",
    ),
    "TAR-028": _aviso(
        "La acción correctiva venció el {hallado} y la tarea sigue atrasada al cierre del trimestre {trimestre}: "
        "{avance} % de lo que debía tener hasta entonces.",
        "Escriba qué se hará ahora, quién responde y hasta cuándo. Si la tarea ya se hizo, escriba la ejecución en su "
        "mes.",
        Trait.OVERDUE_ACTION,
    ),
    # --- Presupuesto ----------------------------------------------------------------------------------------
    "PRE-001": _error(_REQUIRED, _FILL_EACH),
    "PRE-002": _error(
        "La categoría programática «{hallado}» no existe.",
        "Elija una de la lista de la plantilla.",
    ),
    "PRE-003": _error(
        "La categoría programática «{hallado}» no es de esta unidad.",
        "Las de la unidad son: {esperado}.",
        Trait.WAIVABLE,
    ),
    "PRE-004": _error(_NEGATIVE, "Escriba 0 o un monto mayor; las disminuciones van en «Modificaciones»."),
    "PRE-005": _error(_TOGETHER, "Junte los montos en una sola fila por categoría y fuente."),
    "PRE-006": _error(
        "El devengado acumulado ({hallado} Bs) es mayor que el presupuesto vigente ({esperado} Bs).",
        "Revise los montos devengados y el vigente con el reporte del SIGEP.",
        Trait.WAIVABLE,
    ),
    "PRE-007": _aviso(
        "El vigente ({hallado} Bs) no es el inicial más las modificaciones ({esperado} Bs).",
        "Corrija el monto que no coincide con el reporte del SIGEP.",
    ),
    "PRE-008": _error("La fuente «{hallado}» no existe.", "Elija una de la lista: {esperado}."),
    "PRE-009": _aviso(
        "Hay devengado en {columna}, después del corte: {hallado} Bs.",
        "No cuenta en este trimestre. Revise que esté en el mes que corresponde.",
    ),
    "PRE-010": _aviso(
        "La categoría «{hallado}» no tiene ningún otro dato: se toma como si la fila estuviera en blanco.",
        "Llene la fila; si la unidad no usa la categoría, borre el código.",
    ),
    "PRE-011": _aviso(
        "«{columna}» tiene tres decimales: «{hallado}»{otras}. Así queda un monto escrito con punto de miles en un "
        "equipo que toma el punto como decimal: sería {esperado}.",
        "Compárelo con el reporte del SIGEP y escríbalo otra vez, sin punto de miles y con dos decimales como máximo.",
    ),
    "PRE-012": _aviso(
        _DECIMALS,
        "Escriba el monto del reporte del SIGEP, en centavos; si sale de una fórmula, redondéela a dos decimales.",
    ),
    "PRE-015": _aviso(
        "La unidad no escribió ningún devengado en el trimestre {trimestre} ({columna}), y tiene presupuesto vigente: "
        "cuenta como 0.",
        "Escriba lo devengado en cada mes, según el reporte del SIGEP. Si no hubo, escriba 0.",
    ),
    "PRE-016": _aviso(_LOOKS_LIKE_TOTAL, _NO_TOTALS),
    # --- Resultados -----------------------------------------------------------------------------------------
    "RES-001": _error(_REQUIRED, _FILL_EACH),
    "RES-002": _error("La ACP «{hallado}» no existe.", "Elija una de la lista: {esperado}."),
    "RES-003": _error(
        "Falta el texto de los principales resultados.",
        "Cuente en pocas frases qué se logró en el periodo.",
    ),
    # --- units in time --------------------------------------------------------------------------------------
    "EXI-001": _refused(
        "La unidad «{hallado}» es ahora «{esperado}», desde el {fecha}.",
        "Pase este libro al código nuevo con «poa-xl migrate --unit {esperado}» y envíe el que resulta: lleva también "
        "los meses de antes. Planificación puede hacerlo por la unidad.",
    ),
    "EXI-002": _refused(
        "La unidad «{hallado}» existe desde el {fecha}: en el trimestre {trimestre} todavía no reporta.",
        "Envíelo en el primer trimestre de la unidad. Si la fecha está mal, pida a Planificación que la corrija en "
        "Unidades.",
    ),
    "EXI-003": _aviso(
        "El libro reporta el trimestre {hallado} y la unidad existió hasta el {fecha}.{pista}",
        "Solo cuentan los meses hasta ese día. Lo hecho después va en el libro de la unidad que sigue.",
    ),
    "EXI-004": _aviso(
        "Hay ejecución en {columna}, {motivo}: «{hallado}»{otras}.",
        "No cuenta. Si es de otra unidad, pásela al libro de esa unidad; si la fecha está mal, avise a Planificación.",
    ),
    "EXI-005": _aviso(
        "Hay programación en {columna}, {motivo}{otras}.",
        "No cuenta. Nada, si la unidad que sigue la tiene en su plan; si la fecha está mal, avise a Planificación.",
    ),
    "EXI-006": _aviso(
        "Hay devengado en {columna}, {motivo}{otras}.",
        "Cuenta como está. Revise que no sea de la unidad anterior, que lo informa en su propio libro.",
    ),
    # --- submissions ----------------------------------------------------------------------------------------
    "ENT-001": _refused(
        "Hay más de un libro de la unidad «{hallado}»: {esperado}.",
        "Deje en la carpeta solo el que vale. Mientras tanto no se toma ninguno.",
    ),
    "ENT-002": _aviso(
        "La unidad «{hallado}» no envió su libro: {esperado}.",
        "Pídalo a la unidad; sus cifras no cuentan en los promedios.",
    ),
    "ENT-003": _error(
        "No hay ningún libro en «{hallado}».",
        "Revise la carpeta; los libros terminan en .xlsx o .xlsm.",
    ),
    "ENT-004": _aviso(
        "La unidad «{hallado}» envió también algo que se rechazó: {esperado}.",
        "Si eso es lo que vale, corrija sus errores y quite este libro.",
    ),
    "ENT-005": _aviso(
        "Se dejó de lado: es una copia del libro de la entidad, igual al que se usa.",
        "Deje un solo libro de la entidad, fuera de la carpeta de las entregas.",
        Trait.SET_ASIDE,
        Trait.NOT_OF_A_UNIT,
    ),
    "ENT-006": _refused(
        "Entre las entregas hay un libro de la entidad que no es el que se usa.",
        "Averigüe quién lo envió. Si es el bueno, indíquelo con --entity; si no, sáquelo de la carpeta. Si una unidad "
        "le puso ese nombre a su libro, póngale el código de la unidad.",
        Trait.NOT_OF_A_UNIT,
    ),
    "ENT-007": _aviso(
        "El archivo dice en sus propiedades que es un «{hallado}», y tiene las hojas del libro de una unidad.",
        "Se revisó como libro de la unidad. Pregunte con qué programa se hizo, y si alguien cambió sus propiedades.",
    ),
    "ENT-009": _aviso(
        "Es una copia idéntica de «{hallado}», byte por byte: cuenta una sola.",
        "Nada. Si la unidad quiso enviar otra versión, pídale el archivo que vale.",
        Trait.SET_ASIDE,
    ),
    "ENT-008": _aviso(
        "La excepción de {hallado} para {fila} ya no vale: {motivo}.",
        "Si todavía corresponde, Planificación la registra otra vez con «poa-xl waive» y la celda de ahora.",
        Trait.OF_NO_FILE,
    ),
    "ENT-010": _aviso(
        "La unidad «{hallado}» existió hasta el {fecha} y no está su último libro: faltan sus cifras de {esperado}.",
        "Agregue el último libro que envió (el de la campaña de su último trimestre): se recibe, y cuenta hasta ese "
        "día.",
    ),
    "ENT-011": _aviso(
        "La unidad «{hallado}» se llamaba «{anterior}» antes del {fecha}, y su libro no trae nada programado de antes: "
        "sin cifras de {esperado}.",
        "Pase el libro de «{anterior}» con «poa-xl migrate --unit {hallado}»: lleva los meses de antes.",
    ),
    # --- cuadre ---------------------------------------------------------------------------------------------
    "CUA-001": _aviso(
        "Categoría {categoria}: las unidades suman {hallado} Bs devengados y el SIGEP tiene {esperado} Bs "
        "(diferencia {diferencia} Bs).",
        "Concilie los montos de las unidades con el reporte del SIGEP.{faltan}{explicacion}",
    ),
    "CUA-002": _aviso(
        "Categoría {categoria}: las unidades suman {hallado} Bs vigentes y el SIGEP tiene {esperado} Bs "
        "(diferencia {diferencia} Bs).",
        "Concilie los montos de las unidades con el reporte del SIGEP.{faltan}{explicacion}",
    ),
    # --- the entity workbook --------------------------------------------------------------------------------
    "PAR-001": _error(
        _REQUIRED, "Escriba el valor; solo los métodos, vision, mision y los nombres pueden quedar en blanco."
    ),
    "PAR-002": _error(_QUARTER, "Escriba 1, 2, 3 o 4, o deje la celda en blanco si no es un umbral de criterio_dgaa."),
    "PAR-003": _error(
        "Hay más de una fila de {columna}: «{hallado}».", "Deje una sola fila por parámetro y trimestre."
    ),
    "PAR-004": _error(
        "Falta el parámetro «{hallado}».{pista}", "Agregue su fila, como en un libro nuevo de «poa-xl init»."
    ),
    "PAR-005": _error("El parámetro «{columna}» espera un número y dice «{hallado}».", "Escriba el número."),
    "PAR-006": _error(
        "El umbral {hallado} de «{columna}» no es menor que el del nivel mejor ({esperado}).",
        "Revise los dos: los umbrales bajan de mejor a peor.",
    ),
    "PAR-007": _error("El método «{hallado}» de «{columna}» no existe.", "Escriba uno de estos: {esperado}."),
    "PAR-008": _error(
        "El valor «{hallado}» de «{columna}» no está entre {esperado}.",
        "Escriba un valor dentro de ese rango.",
    ),
    "PAR-009": _error(
        "Los umbrales de «{columna}» no son todos de la misma versión: «{hallado}».",
        "Ponga la misma versión en todas las filas de ese semáforo.",
    ),
    "PAR-010": _aviso(
        "El parámetro «{hallado}» no existe: no se usa.",
        "Si quiso escribir otro, corrija el nombre; si es un apunte suyo, póngalo en la columna Nota.",
    ),
    "PAR-011": _error(
        "El umbral «{hallado}» no existe, y no cambiaría ninguna evaluación.",
        "Borre la fila. Los umbrales que hay son los de un libro nuevo de «poa-xl init».",
        Trait.LATER_ERROR,
    ),
    "PAR-012": _error(
        "Los umbrales se escriben en puntos, de 0 a 100, y están como fracción: {hallado}.",
        "Escriba {esperado}.",
        Trait.LATER_ERROR,
    ),
    "PAR-013": _error(
        "El umbral de «{columna}» es 0: ninguna unidad que avance algo, por poco que sea, quedaría en Deficiente.",
        "Escriba un número mayor que 0; lo que queda debajo es Deficiente.",
    ),
    "PAR-014": _error(
        "La versión «{hallado}» de la plantilla no existe, y «version_plantilla» dice cuál se escribe.",
        "Escriba una de estas: {esperado}.",
        Trait.LATER_ERROR,
    ),
    "PAR-015": _error(
        "El nombre «{hallado}» de «{columna}» no sirve: {esperado}.",
        "Corríjalo, o borre la fila: sin ella vale el nombre publicado.",
    ),
    "SEM-001": _error(_REQUIRED, _FILL),
    "SEM-002": _error(
        "El rango empieza en «{hallado}», que no está entre 0 y 100.", "Escriba un avance de 0 a 100, en puntos."
    ),
    "SEM-003": _error(
        "La hoja Semaforo tiene rangos de más o de menos: {hallado}.",
        "Deje entre {esperado}; sin ninguno valen los cinco publicados.",
    ),
    "SEM-004": _error(
        "Los rangos se escriben en puntos, de 0 a 100, y están como fracción: {hallado}.", "Escriba {esperado}."
    ),
    "SEM-005": _error(
        "El rango más bajo empieza en {hallado}: un avance menor no tendría palabra.",
        "Ponga 0 en su columna «{columna}», o agregue el rango que empieza en 0.",
    ),
    "SEM-006": _error(
        "El rango empieza en {hallado}, y el de la fila anterior en {esperado}: no siguen un orden.",
        "Ponga los rangos de menor a mayor, o de mayor a menor, cada uno con su propio comienzo.",
    ),
    "SEM-007": _error(
        "La evaluación «{hallado}» ya la tiene otro rango («{esperado}»).", "Dé a cada rango una palabra distinta."
    ),
    "SEM-008": _error(
        "«{columna}» no sirve de palabra de un rango: {hallado}.",
        "Escriba una palabra de {esperado} letras como máximo, sin saltos de línea ni otros signos que no se ven.",
    ),
    "SEM-009": _error(
        "El color «{hallado}» no existe.",
        "Escriba {esperado}.",
    ),
    "SEM-010": _error(
        "La letra no se lee sobre su color: el contraste es de {hallado} a 1, y se necesita 4,5.",
        "Escriba {esperado}, o deje la celda en blanco.",
    ),
    "SEM-011": _error(
        "Los rangos del semáforo no son todos de la misma versión: {hallado}.",
        "Ponga la misma versión en todas las filas.",
    ),
    "SEM-012": _aviso(
        "No se usan estos umbrales, porque la hoja Semaforo tiene rangos propios: {hallado}.",
        "Borre esas filas; si los que valen son esos umbrales, borre las filas de la hoja Semaforo.",
    ),
    "ARE-001": _error(_REQUIRED, _FILL_LEVEL),
    "ARE-002": _error(_REPEATED, "Deje una sola fila por área."),
    "ARE-003": _error(_WEIGHT, _WEIGHT_FROM_0),
    "ACP-001": _error(_REQUIRED, _FILL),
    "ACP-002": _error(_REPEATED, "Deje una sola fila por ACP."),
    "ACP-003": _error("El área «{hallado}» no está en la hoja Areas.", "Use un código de la hoja Areas."),
    "ACP-004": _error(_WEIGHT, _WEIGHT_FROM_0),
    "UND-001": _error(_REQUIRED, _FILL_LEVEL),
    "UND-002": _error(_REPEATED, "Dé a cada unidad un código distinto."),
    "UND-003": _error(
        "El código «{hallado}» no sirve de nombre de archivo.",
        "Use solo letras mayúsculas sin acento, números y guiones.",
    ),
    "UND-004": _error("La vigencia «{hallado}» no existe.", "Escriba vigente o no vigente."),
    "UND-005": _error("El área «{hallado}» no está en la hoja Areas.", "Use un código de la hoja Areas."),
    "UND-006": _error("La ACP «{hallado}» no está en la hoja ACP.", "Use un código de la hoja ACP."),
    "UND-007": _error(
        "El servicio «{hallado}» no es el del área {columna}, que es «{esperado}».",
        "Escriba el servicio del área o cambie el área.",
    ),
    "UND-008": _error(
        "El código «{hallado}» no sirve de nombre de archivo: Windows lo reserva para sus dispositivos.",
        "Use otro, por ejemplo «{hallado}-1».",
    ),
    "UND-009": _error(
        "El código «{hallado}» es demasiado largo para ser nombre de archivo y de carpeta.",
        "Use un código de 64 letras como máximo; uno bueno tiene unas diez.",
    ),
    "UND-010": _aviso(_LOOKS_LIKE_TOTAL, _NO_TOTALS),
    "UND-011": _error(_WEIGHT, _WEIGHT_FROM_0),
    "UND-012": _error(
        "La unidad termina el {hallado}, antes de su primer día, {esperado}.",
        "Corrija «Desde» o «Hasta», según la resolución.",
    ),
    "UND-013": _error(
        "La unidad «{hallado}», de la que sería sucesora, no está en la hoja.",
        "Escriba el código de una unidad de la hoja; la que ya no existe sigue en ella, con su fecha en «Hasta».",
    ),
    "UND-014": _error(
        "Las unidades se suceden en círculo: {hallado}.", "Borre de «Sucesora de» la que no corresponda."
    ),
    "UND-015": _error(
        "La unidad «{hallado}» no tiene fecha de fin, y {esperado} la sucede.",
        "Escriba en «Hasta» su último día: hasta entonces cuenta, y después cuenta la sucesora. Si sigue existiendo, "
        "quítela de «Sucesora de».",
    ),
    "UND-016": _error(
        "La unidad empieza el {hallado} y «{esperado}», de la que es sucesora, existe hasta el {fecha}: las dos "
        "contarían a la vez.",
        "Escriba en «Hasta» de la anterior el día antes del primero de la sucesora.",
    ),
    "UND-017": _aviso(
        "La unidad empieza el {hallado} y «{esperado}», de la que es sucesora, terminó el {fecha}: entre los dos días "
        "no cuenta ninguna.",
        "Revise las dos fechas con la resolución.",
    ),
    "UND-018": _aviso(
        "La unidad «{hallado}» no está vigente y no dice hasta cuándo existió, pero {motivo}: no cuenta en ningún "
        "trimestre, tampoco en los que reportó.",
        "Escriba en «Hasta» su último día. Si no existió en la gestión, revise por qué {motivo}.",
    ),
    "PES-001": _error(
        "Entre {columna} unas llevan peso y otras no: {hallado} no lo tienen.",
        "Escriba el peso de todas, que deben sumar 100 (0 es que no cuenta), o bórrelos todos.",
    ),
    "PES-002": _error("Los pesos de {columna} suman {hallado}, no 100.", "Corríjalos para que sumen 100."),
    "PES-003": _aviso(
        "Hay pesos en la hoja ({hallado}) y no se usan: el método de agregación es media.",
        "Si deben contar, escriba pesos en «metodo_agregacion», hoja Parametros.",
    ),
    "CAT-001": _error(_REQUIRED, _FILL_LEVEL),
    "CAT-002": _error(_REPEATED, "Deje una sola fila por categoría."),
    "CAT-003": _error("La unidad «{hallado}» no está en la hoja Unidades.", "Use un código de la hoja Unidades."),
    "CAT-004": _error(
        "El grupo «{hallado}» no es de ninguna unidad.",
        "Use el nombre de un grupo, subgrupo, servicio o área de la hoja Unidades.",
    ),
    "CAT-005": _error(
        "La categoría «{hallado}» no dice qué unidad o qué grupos la ejecutan, o dice los dos.",
        "Llene «Unidad» o «Grupos», solo uno.",
    ),
    "CAT-006": _error("La ACP «{hallado}» no está en la hoja ACP.", "Use un código de la hoja ACP."),
    "CAT-007": _error("El área «{hallado}» no está en la hoja Areas.", "Use un código de la hoja Areas."),
    "SIG-001": _error(_REQUIRED, _FILL),
    "SIG-002": _error("El mes «{hallado}» no existe.", "Escriba el número del mes, de 1 a 12."),
    "SIG-003": _error(_NEGATIVE, "Escriba el vigente del reporte del SIGEP."),
    "SIG-004": _error(_TOGETHER, "Deje una sola fila por categoría y mes."),
    "SIG-005": _error("La categoría «{hallado}» no está en la hoja Categorias.", "Agréguela allí o corrija el código."),
    "SIG-006": _aviso(
        "Faltan datos del SIGEP de {esperado}: {hallado}.",
        "Copie del SIGEP los meses que faltan, con 0 si no hubo movimiento. Mientras tanto {motivo}.",
        Trait.OWN_LINE,
    ),
    "SIG-007": _error(
        "El devengado de la categoría {categoria} acumulado a {mes} ({hallado} Bs) es mayor que su vigente ({esperado} "
        "Bs).",
        "Revise los dos con el reporte del SIGEP: el devengado es solo el del mes, y el vigente el del fin del mes.",
        Trait.LATER_ERROR,
    ),
    "SIG-008": _error(
        "El devengado sube de mes a mes sin bajar nunca en {hallado} categorías: parece que se pegó el reporte "
        "acumulado como si fuera el de cada mes.",
        "Escriba el devengado solo del mes: lo acumulado menos lo acumulado al mes anterior. Si ya es el del mes, "
        "llene Fuentes con lo ejecutado al trimestre: si suma lo mismo, esto no se observa.",
        Trait.LATER_ERROR,
    ),
    "SIG-009": _aviso(_DECIMALS, _IN_CENTS),
    "SIG-010": _aviso(
        "El vigente de la categoría {categoria} pasa de {esperado} a {hallado} Bs en {mes} y después vuelve: parece un "
        "error de escritura.",
        "Revise ese mes con el reporte del SIGEP. Si fue un traspaso de ida y vuelta, déjelo así.",
        Trait.OWN_LINE,
    ),
    "SIG-011": _error(
        "No hay ninguna fila de {hallado}, y el libro tiene datos del SIGEP hasta {esperado}: la ejecución saldría "
        "menor que la verdadera.",
        "Copie del SIGEP los meses que faltan, con 0 en las categorías que no tuvieron movimiento, o corrija el "
        "trimestre en la hoja Fuentes si está mal.",
        Trait.LATER_ERROR,
    ),
    "SIG-012": _aviso(_LOOKS_LIKE_TOTAL, _NO_TOTALS),
    "FUE-001": _error(_REQUIRED, _FILL),
    "FUE-002": _error(_QUARTER, "Escriba 1, 2, 3 o 4."),
    "FUE-003": _error(_NEGATIVE, "Escriba el monto del reporte del SIGEP."),
    "FUE-004": _error(_TOGETHER, "Deje una sola fila por fuente y trimestre."),
    "FUE-005": _aviso(
        "Las fuentes del trimestre {trimestre} suman {hallado} Bs en «{columna}», y las categorías, {esperado} Bs "
        "(diferencia {diferencia} Bs).",
        "Revise si falta una fuente o una categoría, o si los dos reportes del SIGEP son de fechas distintas.",
        Trait.OWN_LINE,
    ),
    "FUE-006": _error(
        "Lo ejecutado de la fuente {fuente} ({hallado} Bs) es mayor que su vigente ({esperado} Bs).",
        "Revise los dos montos con el reporte del SIGEP por fuente.",
        Trait.LATER_ERROR,
    ),
    "FUE-007": _aviso(_DECIMALS, _IN_CENTS),
    "FUE-008": _aviso(_LOOKS_LIKE_TOTAL, _NO_TOTALS),
    "MET-001": _error(_REQUIRED, _FILL),
    "MET-002": _error(_QUARTER, "Escriba 1, 2, 3 o 4."),
    "MET-003": _error(
        "«{columna}» espera un número o «Sin Prog.» y dice «{hallado}».",
        "Escriba la cantidad programada o Sin Prog.",
    ),
    "MET-004": _error(_NEGATIVE, "Escriba 0 o una cantidad mayor."),
    "MET-005": _error(_TOGETHER, "Deje una sola fila por ACP y trimestre."),
    "MET-006": _error("La ACP «{hallado}» no está en la hoja ACP.", "Use un código de la hoja ACP."),
    "MET-007": _aviso(
        "La meta de la ACP «{hallado}» tiene programación y no tiene ejecución en el trimestre {trimestre}, que ya "
        "se informó.",
        "Escriba lo ejecutado según el SIGEP, 0 si no se ejecutó nada. Mientras falte, su avance es n/a y la meta no "
        "cuenta en el total.",
    ),
    "MET-008": _aviso(_LOOKS_LIKE_TOTAL, _NO_TOTALS),
    "MET-009": _aviso(
        "Unas metas programadas del trimestre {trimestre} dicen su unidad de medida y otras no (ACP {hallado}).",
        "Escriba la unidad de medida de todas, o de ninguna si todas cuentan lo mismo. Mientras tanto el total es n/a.",
    ),
    "HIS-001": _error(_REQUIRED, _FILL),
    "HIS-002": _error("El cuadro «{hallado}» no existe.", "Escriba entidad, exterior o relacion."),
    "HIS-003": _error("El periodo «{hallado}» no existe.", "Escriba 1T, 2T, 3T, 4T o Gestión."),
    "HIS-004": _error(
        "El indicador «{hallado}» no existe.",
        "Escriba avance, eficacia, cantidad, operaciones, actividades o tareas.",
    ),
    "HIS-005": _error(_TOGETHER, "Deje una sola fila por cifra."),
    "HIS-006": _error(
        "Las cifras se escriben en puntos, de 0 a 100, y las de {columna} están como fracción: {hallado}.",
        "Escriba {esperado}.",
        Trait.LATER_ERROR,
    ),
    "HIS-007": _aviso(
        "«{hallado}» parece una fracción: las demás cifras de {columna} están en puntos.",
        "Si lo es, escriba {esperado}; si la cifra publicada es esa, déjela así.",
    ),
    "HIS-008": _aviso(
        "El código «{hallado}» no existe en el cuadro {columna}: su cifra no sale en el libro maestro{otras}.{pista}",
        "Escríbalo como en Parametros (sigla), Areas o Unidades; si el área o el grupo ya no existe, déjelo así.",
    ),
    "HIS-009": _aviso(
        "La cifra de {hallado} no sale en el libro maestro: {motivo}.",
        "Revise el cuadro, la gestión, el periodo y el indicador. Si la guarda para otra gestión, déjela así.",
        Trait.OWN_LINE,
    ),
    "HIS-010": _aviso("La fila parece un total: «{hallado}». No se lee.", _NO_TOTALS),
    "INF-001": _aviso(_REQUIRED, _FILL),
    "INF-002": _aviso(
        "«{hallado}» no es una sección del informe.",
        "Elija una de la lista: Introducción, Marco legal, Marco estratégico, Alcance o Recomendaciones.",
    ),
    "INF-003": _aviso(
        "El texto nombra una cifra que no existe.{pista}",
        "Escriba entre llaves dobles un identificador como {esperado}; los de un informe están en la hoja Cifras del "
        "libro maestro, y «trimestre», «anterior» y «acumulado» valen como periodos.",
    ),
    "INF-004": _aviso(
        "El texto tiene llaves que no encierran un identificador entre dos pares.",
        "Escriba cada identificador entre «{{{{» y «}}}}», como {esperado}.",
    ),
    "INF-006": _aviso(_REQUIRED, _FILL),
    "INF-005": _aviso(
        "«{hallado}» no es ninguna cifra del informe.",
        "Ponga en su lugar el identificador de la cifra entre llaves dobles, como {esperado}; si viene de otra fuente, "
        "dela con su razón en el archivo de --known de report write.",
    ),
    "MOD-001": _error(_REQUIRED, _FILL),
    "MOD-002": _error("El mes «{hallado}» no existe.", "Escriba el número del mes, de 1 a 12."),
    "MOD-003": _error(
        "«{hallado}» no es una clase de modificación.",
        "Elija una de la lista: incorporación, eliminación, reprogramación, fusión, presupuesto, unidad renombrada, "
        "unidad fusionada o unidad creada.",
    ),
    "MOD-004": _error("La unidad «{hallado}» no está en la hoja Unidades.", "Use un código de la hoja Unidades."),
    "MOD-005": _error(
        "La fila nombra la tarea «{hallado}» y no dice de qué operación es.",
        "Escriba el código de la operación; si son todas las tareas de la unidad, borre la tarea.",
    ),
    "MOD-006": _aviso(
        "La fecha {hallado} no es de la gestión {esperado}.",
        "Revise el año. Si la resolución es de otra gestión, déjela así.",
    ),
    "PLA-001": _awaits(
        "«{columna}» dice «{hallado}» y {fuente} dice «{esperado}»: cambió la programación.",
        "Déjelo como estaba: «{esperado}». Si una resolución la modificó, " + _TO_NOTE_IT,
    ),
    "PLA-002": _awaits(
        "«{columna}» dice «{hallado}» y {fuente} dice «{esperado}».",
        "Vuelva a escribir lo aprobado. Si una resolución lo modificó, " + _TO_NOTE_IT,
    ),
    "PLA-003": _awaits(
        "Falta la operación «{hallado}», que está en {fuente}.",
        "Vuelva a ponerla con sus tareas, aunque ya no se ejecute. Si una resolución la quitó, " + _TO_NOTE_IT,
    ),
    "PLA-004": _awaits(
        "Falta la tarea «{hallado}» de la operación «{esperado}», que está en {fuente}.",
        "Vuelva a ponerla, escrita igual. Si una resolución la quitó o le cambió el nombre, " + _TO_NOTE_IT,
    ),
    "PLA-005": _awaits(
        "La operación «{hallado}» no está en {fuente}.",
        "Si sobra, bórrela con sus tareas. Si una resolución la incorporó, " + _TO_NOTE_IT,
    ),
    "PLA-006": _awaits(
        "La tarea «{hallado}» de la operación «{esperado}» no está en {fuente}.",
        "Si sobra, bórrela; si es otra, escríbala como en el plan. Si una resolución la incorporó, " + _TO_NOTE_IT,
    ),
    "PLA-007": _awaits(
        "«{columna}» dice «{hallado}» y {fuente} dice «{esperado}»: cambió un mes ya informado.",
        "Déjelo como estaba: «{esperado}». Si aquello era un error, explíquelo a la oficina de planificación, que "
        "puede aceptar el cambio.",
    ),
    "PLA-008": _awaits(
        "Falta la fila de la categoría «{hallado}» y la fuente «{esperado}», que está en {fuente}.",
        "Vuelva a ponerla con lo devengado hasta entonces.",
    ),
    "PLA-009": _aviso(
        "La tarea «{hallado}» se llama «{esperado}» en {fuente}.",
        "Se tomó por la misma, porque su programación es la misma. Escriba el nombre aprobado.",
    ),
}
