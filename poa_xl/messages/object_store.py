"""What is said of folders and files in an object store (s3://), in Spanish."""

WITHOUT_LIBRARIES = 'Para usar s3:// hace falta una parte más. Instálela con: pip install "poa-xl[s3]"'
NOT_A_PLACE = "«{dado}» no es un lugar de un almacén: se escribe s3://BALDE/CARPETA, sin «..» ni nombres vacíos."
ONLY_HERE = "{dado}: eso se escribe en una carpeta de este equipo, no en un almacén."
NO_BUCKET = "No existe el balde «{balde}» en el almacén ({lugar})."
NOTHING_THERE = "No hay nada en {lugar}."
NOT_ALLOWED = (
    "El almacén no deja usar {lugar}: revise las credenciales (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) "
    "y sus permisos."
)
AWAY = (
    "El almacén de {lugar} no responde ({porque}). Revise la dirección (AWS_ENDPOINT_URL), la región, las credenciales "
    "y la red."
)
ODD_NAME = (
    "En {lugar} hay un objeto cuyo nombre no se puede usar ({porque}): con «..», vacío entre dos barras o con "
    "caracteres de control. Bórrelo o cámbiele el nombre."
)
KEEPS_CHANGING = "{lugar} cambió cada vez que se quiso leer. Repita la orden cuando nadie lo esté subiendo."
TOO_MANY = "En {lugar} hay más de {hay} objetos: dé una carpeta más adentro."
WRITTEN_MEANWHILE = "{lugar} cambió mientras se calculaba, y no se reemplaza. Repita la orden."
