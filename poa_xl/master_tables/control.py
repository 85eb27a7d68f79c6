"""What an auditor looks for: Estadística, Cuadre, Observaciones, Entregas; and the results that the units tell."""

from poa_xl import unit_answers
from poa_xl.figures.vocabulary import ACCUMULATED
from poa_xl.master_tables.table import Content, MasterColumn, MasterSheet, MasterTable, Shows, Spread, text_column
from poa_xl.master_tables.terms import (
    CELL,
    CODE,
    FILE,
    LEVEL,
    NAME,
    PLAN,
    QUARTERS_AND_ACCUMULATED,
    RECEIPTS,
    SHEET,
    UNIT,
)
from poa_xl.messages import unit_answers as written

STATISTICS_TABLE = MasterTable(
    (
        text_column(LEVEL, 12),
        text_column(CODE, 24),
        text_column(NAME, 50),
        MasterColumn("Unidades con avance (n)", 12, Shows.COUNT, indicator="con_avance"),
        MasterColumn("Media de las unidades (%)", 13, indicator="media"),
        MasterColumn("Desviación estándar (s)", 13, indicator="desviacion"),
        MasterColumn("Límite inferior del intervalo de 95 %", 15, indicator="limite_inferior"),
        MasterColumn("Límite superior del intervalo de 95 %", 15, indicator="limite_superior"),
    ),
    (LEVEL, CODE),
    "Estadística del avance físico: {periodo}",
)
STATISTICS = MasterSheet("Estadística", "Estadística del avance físico de las unidades", (STATISTICS_TABLE,))

_DIFFERENCE = "Diferencia (Bs)"
CUADRE_TABLE = MasterTable(
    (
        text_column("Categoría", 14),
        text_column("Programa", 44),
        text_column(UNIT, 24),
        MasterColumn("Vigente: unidades (Bs)", 17, indicator="vigente_unidades", period=ACCUMULATED),
        MasterColumn("Vigente: SIGEP (Bs)", 17, indicator="vigente_sigep", period=ACCUMULATED),
        MasterColumn(_DIFFERENCE, 16, indicator="vigente_diferencia", period=ACCUMULATED),
        MasterColumn("Devengado: unidades (Bs)", 17, indicator="devengado_unidades", period=ACCUMULATED),
        MasterColumn("Devengado: SIGEP (Bs)", 17, indicator="devengado_sigep", period=ACCUMULATED),
        MasterColumn(_DIFFERENCE, 16, indicator="devengado_diferencia", period=ACCUMULATED),
        MasterColumn("Estado", 12, Shows.TEXT, indicator="cuadre", period=ACCUMULATED),
    ),
    ("Categoría", UNIT),
)
CUADRE = MasterSheet("Cuadre", "Cuadre del presupuesto de las unidades con el SIGEP: {del_acumulado}", (CUADRE_TABLE,))

FINDINGS_TABLE = MasterTable(
    (
        text_column(FILE, 26),
        text_column(SHEET, 14),
        text_column(CELL, 8),
        text_column(UNIT, 16),
        text_column(CODE, 10),
        text_column("Gravedad", 10),
        text_column("Qué se encontró", 60),
        text_column("Qué hacer", 60),
        text_column(unit_answers.HEADER, 44),
    ),
    (UNIT, SHEET, CELL, CODE),
    marks=(FILE, CELL, "Gravedad"),
    origin=True,
    told="Qué se encontró",
)
REMARKS_TABLE = MasterTable(
    (
        *(text_column(title, 10) for title in (FILE, SHEET, CELL, UNIT, "Responde a", "")),
        text_column("Qué escribió", 60),
    ),
    (FILE,),
    written.TABLE,
    marks=("Qué escribió",),
)
FINDINGS = MasterSheet(
    "Observaciones",
    "Observaciones a los archivos recibidos",
    (FINDINGS_TABLE, REMARKS_TABLE),
    Content.FINDINGS,
)

CHANGES_TABLE = MasterTable(
    (
        text_column(UNIT, 16),
        text_column(SHEET, 14),
        text_column(CELL, 8),
        text_column(CODE, 10),
        text_column("Qué cambió y quién lo aceptó", 110),
    ),
    (UNIT, SHEET, CELL, CODE, "Qué cambió y quién lo aceptó"),
    "Cambios aceptados",
)
EFFECTS_TABLE = MasterTable(
    (
        text_column(LEVEL, 12),
        text_column(CODE, 16),
        text_column(NAME, 50),
        Spread(
            QUARTERS_AND_ACCUMULATED,
            (
                MasterColumn("Avance {periodo} (%)", 13),
                MasterColumn("Avance {periodo} sin los cambios (%)", 13),
                MasterColumn("Diferencia {periodo}", 13, points=True),
            ),
        ),
    ),
    (LEVEL, CODE),
    "Qué hacen al avance físico",
)
CHANGES = MasterSheet(
    "Cambios aceptados",
    "Cambios del plan y de trimestres ya informados que se aceptaron",
    (EFFECTS_TABLE, CHANGES_TABLE),
)

ABSENCES_TABLE = MasterTable(
    (
        text_column(UNIT, 34),
        text_column(CODE, 24),
        text_column("Motivo", 24),
        *(text_column("", 9) for _ in range(3)),
        text_column("Correo", 68),
    ),
    (CODE,),
    "Unidades sin información ({n})",
    marks=(CODE, "Motivo"),
    told="Motivo",
)
SUBMISSIONS_TABLE = MasterTable(
    (
        text_column(FILE, 34),
        text_column(UNIT, 24),
        text_column("Estado", 24),
        MasterColumn("Filas aceptadas", 10, Shows.COUNT),
        MasterColumn("Errores", 9, Shows.COUNT),
        MasterColumn("Avisos", 9, Shows.COUNT),
        text_column("Huella SHA-256", 68),
        Spread(RECEIPTS, (text_column("Acuse", 22), text_column("Fecha y hora de llegada", 30))),
    ),
    (UNIT,),  # a version from a campaign has a file name of its own
    "Archivos recibidos",
    marks=(FILE, "Estado"),
    told="Estado",
)
SUBMISSIONS = MasterSheet(
    "Entregas", "Entregas de las unidades", (ABSENCES_TABLE, SUBMISSIONS_TABLE), Content.SUBMISSIONS
)

MODIFICATIONS_TABLE = MasterTable(
    (
        text_column("Resolución", 24),
        MasterColumn("Fecha", 12, Shows.DATE),
        text_column("Desde el mes", 14),
        text_column("Tipo", 20),
        text_column("Unidades", 24),
        text_column("Operaciones", 18),
        text_column("Tarea", 40),
        text_column("Detalle", 60),
        Spread(PLAN, (text_column("En el plan aprobado", 24),)),
    ),
    ("Resolución", "Tipo", "Unidades", "Operaciones", "Tarea", "Desde el mes"),
)
MODIFICATIONS = MasterSheet("Modificaciones", "Modificaciones del plan {gestion}", (MODIFICATIONS_TABLE,))

RESULTS_TABLE = MasterTable(
    (
        text_column("ACP", 8, "acp"),
        text_column(UNIT, 34),
        text_column("Resultado programado", 50),
        text_column("Principales resultados", 90),
    ),
    ("ACP", UNIT),
    "Resultados alcanzados: {nombre}",
    marks=("Resultado programado",),
)
RESULTS = MasterSheet("Resultados", "Resultados alcanzados: {del_trimestre}", (RESULTS_TABLE,))
