"""What the local server answers where it refuses: a status and a sentence, which repeats nothing of the request."""

from poa_xl.messages import addins

STATUS = {
    "host": 403,
    "origen": 403,
    "upgrade": 403,
    "pedido": 400,
    "direccion": 404,
    "metodo": 405,
    "tamano": 413,
    "tipo": 415,
    "cabeceras": 431,
    "interno": 500,
    "ocupado": 503,
}


class Refusal(Exception):  # noqa: N818 - nothing is wrong with the program
    """A request that is not served."""

    def __init__(self, reason: str, **headers: str) -> None:
        """`reason` is a key of STATUS; headers are written with `_` for `-`."""
        super().__init__(reason)
        self.status = STATUS[reason]
        self.body = addins.say(f"web.rechazo-{reason}").encode()
        self.headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        self.headers += [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        self.headers += [(b"content-length", str(len(self.body)).encode())]
