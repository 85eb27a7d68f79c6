"""Two indicators beside the published series: avance a la fecha and cumplimiento del año.

Both are computed as the avance of a period is, from tasks up; only what is due differs: all of it since January, or the
programme of the whole year. Neither is ever mixed into the published series.
"""

from poa_xl.indicators.rango_ideal import RANGO_IDEAL
from poa_xl.indicators.words import DECISION, Words

AVANCE_A_LA_FECHA = Words(
    name="Avance a la fecha",
    formula="como el avance, con todo lo programado desde enero hasta el corte",
    definition=(
        "Lo que se hizo tarde cuenta desde el mes en que se hace. No es el avance acumulado, que es el promedio de los "
        "trimestres."
    ),
    missing="nada programado desde enero",
    origin=DECISION,
    short="lo hecho hasta el corte frente a todo lo programado hasta él",
    rules=(
        "**Avance a la fecha**: el mismo cálculo que el avance de un trimestre, con lo programado y lo ejecutado desde "
        "enero hasta el corte como un solo periodo. Lo programado en marzo y hecho en abril falta en el primer "
        "trimestre y cuenta al fin del segundo; en el avance publicado no cuenta en ninguno de los dos. El semáforo "
        f"DGP lo juzga también. **{DECISION}**",
    ),
    note="Ejecutado entre programado por 100, de enero al corte.",
    guide="Lo hecho hasta el corte frente a lo programado hasta él: lo que se hizo tarde cuenta desde que se hizo",
    term="Lo hecho hasta el corte entre todo lo programado hasta él, en puntos",
)
CUMPLIMIENTO = Words(
    name="Cumplimiento del año",
    formula="como el avance, con lo programado en toda la gestión y lo ejecutado hasta el corte",
    definition=f"Frente al programa del año, nunca frente a la Meta. A su lado está el {RANGO_IDEAL.name.lower()}.",
    missing="nada programado en el año",
    origin=DECISION,
    short="lo hecho hasta el corte frente al programa de todo el año",
    rules=(
        "**Cumplimiento del año**: el mismo cálculo con lo programado en los doce meses y lo ejecutado hasta el corte. "
        "Se mide con los meses programados, no con la columna Meta; en la plantilla 3 se avisa si no concuerdan "
        f"(`OPE-015`). No lleva semáforo: se lee junto al rango ideal. **{DECISION}**",
    ),
    note="Ejecutado hasta el corte entre lo programado en todo el año por 100.",
    guide="Lo hecho hasta el corte frente al programa de todo el año",
    term="Lo hecho hasta el corte entre lo programado en toda la gestión, en puntos",
)
