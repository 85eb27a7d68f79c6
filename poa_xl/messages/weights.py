"""Whose weights a finding is about."""

OPERATIONS, TASKS = "las operaciones", "las tareas"
ACPS, AREAS, ALL_AREAS = "las ACP", "las áreas de {servicio}", "las áreas"
UNITS, UNITS_OF_A_SUBGROUP = "las unidades de {grupo} ({area})", "las unidades de {grupo}, {subgrupo} ({area})"
UNITS_OF_AN_AREA = "las unidades de {area}"
SPELL = "{cosas}, del {desde} al {hasta}"  # those that exist in these days
OF_ALL = "{n} de {todas}"  # how many of them have none
