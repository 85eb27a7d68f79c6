"""What a workbook says of itself: which document of ours it is, of which period and version, and whether it changed."""

from dataclasses import dataclass

from poa_xl import names


@dataclass(frozen=True)
class Origin:
    """Where a workbook of ours comes from.

    `documento` is what it is (`names.MASTER_VALUE` …), `periodo` (gestión, quarter) if it is of one, `version` of
    poa-xl, and `saved`, whether anything in it is not as poa-xl wrote it: a person saved it since.
    """

    documento: str = ""
    periodo: tuple[int, int] | None = None
    version: tuple[int, ...] = ()
    saved: bool = False

    @property
    def is_master(self) -> bool:
        """Whether it is a master workbook."""
        return self.documento == names.MASTER_VALUE
