"""The names that workbooks with macros which were sent out call. Nothing else is here: see `poa_xl.addins`."""
