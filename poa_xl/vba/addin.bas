Attribute VB_Name = "poa_xl_complemento"
Option Explicit

Public Sub CintaValidar(control As IRibbonControl)
    Validar
End Sub

Public Sub CintaPrepararEntrega(control As IRibbonControl)
    PrepararEntrega
End Sub

