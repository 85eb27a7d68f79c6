"""Workbooks with macros that were sent out call this name. The module is `poa_xl.functions.registry`."""

import importlib
import sys

sys.modules[__name__] = importlib.import_module("poa_xl.functions.registry")
