"""The option --plan of `migrate`: alone, that the plan of another gestión passes; with a file, which plan comes in."""

from typing import Any

from poa_xl.cli.options import FILE, Command, click

ALONE = ""  # the value of the option without a file
_NAME, _FILE = "--plan", ".json"


class MigrateCommand(Command):
    """A command whose option --plan takes what follows it only where that is the file of a plan.

    click gives an option that may stand alone whatever follows: here that may be a workbook, which is an argument.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the command line."""
        end = args.index("--") if "--" in args else len(args)
        following = [*args[1:end], ""]
        said = [
            f"{_NAME}={ALONE}" if one == _NAME and not after.lower().endswith(_FILE) else one
            for one, after in zip(args[:end], following, strict=True)
        ]
        return super().parse_args(ctx, [*said, *args[end:]])


class PlanType(click.ParamType):  # type: ignore[misc,name-defined]
    """A file that exists, or nothing."""

    name = "plan"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The path, if there is one."""
        return value if value == ALONE else FILE.convert(value, param, ctx)


plan = click.option(
    _NAME, "plan", type=PlanType(), metavar="[PLAN]",
    help="Solo: de libros de otra gestión pasa el plan a la de la entidad. Con plan-AÑO-vN.json y --refresh: pone en "
    "los libros llenos lo que dice ese plan aprobado.",
)  # fmt: skip
