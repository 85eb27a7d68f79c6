"""The LibreOffice extension: worksheet functions and the menu POA; how it is built, installed and removed.

`building` puts the file together from `parts` and copies of modules; `installing` hands it to LibreOffice and
`checking` looks at what is there. `component` and `menu` run inside LibreOffice; of the rest, the extension carries
`orders`, `note`, `asking` and `sheet`.
"""
