"""How many: numbers with their nouns, in Spanish."""


def plural(n: int, one: str, many: str) -> str:
    """`1 error`, `2 errores`."""
    return f"{n} {one if n == 1 else many}"


def total(errors: int, avisos: int) -> str:
    """`1 error y 2 avisos`."""
    return f"{plural(errors, 'error', 'errores')} y {plural(avisos, 'aviso', 'avisos')}"
