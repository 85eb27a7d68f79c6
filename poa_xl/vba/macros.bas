Attribute VB_Name = "poa_xl_macros"
Option Explicit

Public Sub Validar()
    RunPython "from poa_xl.hosts.excel import buttons; buttons.validar()"
End Sub

Public Sub PrepararEntrega()
    RunPython "from poa_xl.hosts.excel import buttons; buttons.preparar_entrega()"
End Sub
