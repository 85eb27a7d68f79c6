"""What a finding adds to its words where more is known of the mistake."""

NO_SUCH_VERSION = ", que no existe"
NEAREST = " ¿Quiso decir «{codigo}»? Escríbalo igual."
