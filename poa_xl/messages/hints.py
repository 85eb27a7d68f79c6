"""What a finding adds to its words where more is known of the mistake."""

NO_SUCH_VERSION = ", que no existe"
NEAREST = " ¿Quiso decir «{codigo}»? Escríbalo igual."
IN_BLANK = "(en blanco)"
NO_ACPS = "ninguna; deje la celda en blanco"
EVERYWHERE_OR_NOWHERE = " Si la entidad no tiene ese nivel, déjelo en blanco en todas las filas."
