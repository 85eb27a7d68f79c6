"""The LibreOffice extension: worksheet functions and the menu POA; how it is built, installed and removed.

`extension` puts the file together from the texts of `manifest` and copies of modules; `installation` hands it to
LibreOffice and `diagnosis` looks at what is there. `component` and `menu` run inside LibreOffice; of the rest, the
extension carries `menu_entries`, `command_file`, `client` and `observations_sheet`.
"""
