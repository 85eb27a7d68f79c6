"""Moved to `poa_xl.outputs`."""

from poa_xl.outputs import replacing as replacing
