"""Why a name of a level cannot be used, and that an entity has its own."""

ONE_AND_SEVERAL = "se escriben el singular y el plural, separados por «;»: Área; Áreas"
ONE = "se escribe un solo nombre"
USUAL = "empieza con una letra, tiene {n} como máximo, y solo letras, números, espacios, guiones, puntos y barras"
TAKEN = "«{parametro}» ya se llama así"
ANOTHER_COLUMN = "una columna del libro maestro ya se llama así"
CALLED = "En su entidad se llama {nombre}."
LEFT_BLANK = "La entidad no usa este nivel: queda en blanco."
