"""poa-xl: follow-up and evaluation of a Plan Operativo Anual kept in spreadsheets."""

__version__ = "0.1.0"
