"""The VBA projects of workbooks and of the add-in: the registry of functions in, `vbaProject.bin` out."""
