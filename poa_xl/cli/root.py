"""The command `poa-xl` itself, and the list of what stands below it: each command in the module of its name."""

from poa_xl import __version__
from poa_xl.cli import (
    addin,
    campaign,
    consolidate,
    consolidate_state,
    demo,
    diff,
    explain,
    guide,
    init,
    migrate,
    plan,
    receipt,
    receive,
    report,
    status,
    template,
    validate,
    waive,
)
from poa_xl.cli.options import click

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=_HELP)
@click.version_option(__version__, prog_name="poa-xl")
def poa_xl() -> None:
    """Seguimiento y evaluación del POA en hojas de cálculo.

    Reúne los libros de las unidades de una entidad, dice qué celda está mal y qué hacer, y arma el libro
    maestro de evaluación de cada trimestre.

    \b
    Ejemplo:
      poa-xl demo demo
      poa-xl validate demo/entregas --quarter 2
      poa-xl consolidate demo/entregas --quarter 2 -o demo/evaluacion.xlsx
    """


# In the order of docs/comandos.md.
for command in (
    init.init,
    demo.demo,
    template.template,
    validate.validate,
    consolidate.consolidate,
    consolidate_state.consolidate_state,
    report.report,
    diff.diff,
    explain.explain,
    migrate.migrate,
    plan.plan,
    campaign.campaign,
    receive.receive,
    receipt.receipt,
    waive.waive,
    status.status,
    addin.addin,
    guide.guide,
):
    poa_xl.add_command(command)
