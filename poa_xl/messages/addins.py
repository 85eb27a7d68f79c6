"""What the buttons, menus and installers of the spreadsheet programs say, in Spanish.

`TEXTS` are sentences, `CHECKS` what `poa-xl addin status` can find wrong in an installation and what to ask for.
"""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict

from poa_xl.messages.kinds import Message, aviso, error

TEXTS: Dict[str, str] = {
    "libreoffice.lento": "LibreOffice no respondió en {segundos} segundos. Ciérrelo y pruebe de nuevo.",
    "libreoffice.rechazo": (
        "LibreOffice no aceptó el complemento. Cierre LibreOffice, revise que sea la versión {minima} o una más nueva, "
        "y pruebe de nuevo. LibreOffice dijo: {dijo}"
    ),
    "libreoffice.falta": (
        "No se encontró LibreOffice en esta computadora. Instale LibreOffice {minima} o una más nueva."
    ),
    "libreoffice.escrito": "Se escribió {archivo}. Para instalarlo, ábralo con LibreOffice y acepte.",
    "libreoffice.instalado": "Se instaló el complemento. Para probarlo, escriba =POA_VERSION() en una celda.",
    "libreoffice.viejo": (
        "Este LibreOffice es {version}. El complemento pide LibreOffice {minima} o una más nueva; en una anterior, las "
        "funciones mostrarían #NAME?. Actualice LibreOffice y pruebe de nuevo."
    ),
    "libreoffice.sin-version": "LibreOffice no dijo qué versión es. Ciérrelo y pruebe de nuevo. Dijo: {dijo}",
    "libreoffice.retirado": "Se quitó el complemento de LibreOffice.",
    "libreoffice.no-estaba": "El complemento no estaba instalado en LibreOffice.",
    "libreoffice.sin-quitar": (
        "LibreOffice no quitó el complemento. Ciérrelo y pruebe de nuevo. LibreOffice dijo: {dijo}"
    ),
    "libreoffice.sin-lista": (
        "LibreOffice no dijo qué complementos tiene. Ciérrelo y pruebe de nuevo. LibreOffice dijo: {dijo}"
    ),
    "libreoffice.nombre": "poa-xl: funciones y menú del POA",
    "libreoffice.menu": "POA",
    "libreoffice.validar": "Validar libro",
    "libreoffice.revisando": "Revisando el libro…",
    "libreoffice.comprobado.programa": "LibreOffice",
    "libreoffice.comprobado.complemento": "Complemento",
    "libreoffice.comprobado.orden": "Revisión desde el menú",
    "libreoffice.sin-poa-xl": (
        "Para revisar el libro hace falta poa-xl en esta computadora: instálelo con «pip install poa_xl-*.whl» y luego "
        "ejecute «poa-xl addin install libreoffice». Las funciones sirven sin él."
    ),
    "libreoffice.poa-xl-movido": (
        "poa-xl ya no está donde se instaló ({programa}). Instálelo y ejecute «poa-xl addin install libreoffice»."
    ),
    "libreoffice.poa-xl-fallo": "poa-xl no pudo revisar el libro. Dijo: {dijo}",
    "libreoffice.poa-xl-lento": (
        "poa-xl no terminó de revisar el libro en {segundos} segundos. Cierre otros programas y pruebe de nuevo."
    ),
    "libreoffice.solo-lectura": (
        "El libro está abierto solo para leer, y las observaciones se escriben en él. Guárdelo con otro nombre, o "
        "elija Editar ▸ Modo de edición, y pruebe de nuevo."
    ),
    "libreoffice.con-clave": (
        "La hoja {hoja} está protegida con una contraseña. Quítela (Herramientas ▸ Proteger hoja) y pruebe de nuevo."
    ),
    "error-interno": (
        "Es un error interno de poa-xl y no de sus datos. Copie este texto y avise a quien mantiene el programa: "
        "{error}"
    ),
    "excel.sin-palabras": "terminó con el código {codigo} sin decir por qué",
    "excel.titulo": "POA",
    "excel.validar": "Validar",
    "excel.preparar": "Preparar entrega",
    "excel.no-windows": (
        "Excel para Windows se instala solo en Windows; en esta computadora no se cambió nada. Para Excel en Mac o "
        "en la web vea «poa-xl addin build web», para LibreOffice «poa-xl addin install libreoffice»."
    ),
    "excel.sin-perfil": (
        "Windows no dice dónde está la carpeta de este usuario (USERPROFILE y APPDATA). Abra una ventana de comandos "
        "nueva con su usuario y pruebe de nuevo."
    ),
    "excel.abierto": "No se pudo cambiar {archivo} porque está en uso. Cierre Excel y pruebe de nuevo.",
    "excel.ruta-con-letras": (
        "La carpeta de Python tiene letras que Excel no puede leer: {ruta}. Instale Python y poa-xl en otra carpeta, "
        "por ejemplo C:\\poa-xl, y pruebe de nuevo."
    ),
    "excel.escrito": (
        "Se escribieron {complemento} y {prueba}. Para instalar el complemento en esta computadora ejecute: "
        "poa-xl addin install desktop"
    ),
    "excel.instalado": (
        "Se instaló {complemento} y se anotó este Python en {ajustes}. Cierre Excel, ábralo de nuevo y escriba "
        "=POA_VERSION() en una celda. Si algo falla ejecute: poa-xl addin status desktop"
    ),
    "excel.desinstalado": "Se quitó el complemento de Excel y se dejaron los ajustes de xlwings como estaban.",
    "excel.prueba": "Prueba",
    "excel.prueba-titulo": "Prueba de las funciones: la tercera columna la calcula Excel.",
    "excel.prueba-columnas": "Fórmula|Debe decir|Dice",
    "excel.programa": "Excel para Windows",
    "excel.complemento": "Complemento",
    "excel.python": "Python",
    "excel.funciones": "Funciones",
    "excel.version": "Versión de xlwings",
    "excel.biblioteca": "Biblioteca de xlwings",
    "excel.origen": "Archivos de la web",
    "excel.macros": "Macros",
    "excel.defender": "Defender",
    "macros.sin-catalogo": (
        "No se pudo revisar: a este libro le falta la hoja oculta Catalogo, que pone Planificación, o está cambiada. "
        "Pida otra vez su plantilla."
    ),
    "macros.sin-observaciones": "Revisado el {cuando}: sin observaciones.",
    "macros.revisado": "Revisado el {cuando}: {total}.",
    "macros.no-preparado": "No se preparó la entrega: corrija primero los errores.",
    "macros.preparado": (
        "Listo para enviar: fecha {fecha}, sello {sello}. Guarde el libro con el nombre «{nombre}» y envíelo."
    ),
    "web.titulo": "POA",
    "web.abrir": "Revisar el POA",
    "web.descripcion": "Funciones del POA (EFICACIA, SEMAFORO y las demás) y revisión del libro de la unidad.",
    "web.validar": "Validar",
    "web.preparar": "Preparar entrega",
    "web.lista": "Observaciones",
    "web.como-ir": "Elija una observación para ir a su celda.",
    "web.espere": "Revisando el libro…",
    "web.fallo": "No se pudo terminar.",
    "web.fuera": "Esta página se abre desde Excel.",
    "web.sin-hoja": "Este libro no tiene la hoja Observaciones.",
    "web.sin-validar": (
        "Aquí funcionan las fórmulas; el botón Validar está en Excel para Windows, en LibreOffice o en el servidor que "
        "instala su área de informática. La lista muestra lo que ya dice la hoja Observaciones."
    ),
    "web.falta-extra": 'Para Excel en la web hace falta una parte más. Instálela con: pip install "poa-xl[web]"',
    "web.sin-npm": (
        "No se encontró npm, que trae Python para el navegador. Instale npm, o baje {archivo} en otra computadora con "
        "«npm pack» e indíquelo con --pyodide."
    ),
    "web.sin-pyodide": (
        "npm no pudo traer {archivo}. Revise la conexión, o baje ese archivo en otra computadora con «npm pack» e "
        "indíquelo con --pyodide. npm dijo: {dijo}"
    ),
    "web.otro-pyodide": "{archivo} no es Pyodide {version} tal como se publicó. Bájelo de nuevo con «npm pack».",
    "web.sin-paginas": (
        'xlwings-server no pudo armar las páginas. Instale de nuevo con: pip install --upgrade "poa-xl[web]". '
        "xlwings-server dijo: {dijo}"
    ),
    "web.carpeta-ajena": (
        "La carpeta {carpeta} tiene archivos que no son de un sitio de poa-xl. Elija una carpeta nueva o vacía."
    ),
    "web.direccion": (
        "«{direccion}» no sirve como dirección del sitio. Excel pide https; escríbala así: https://poa.ejemplo.bo"
    ),
    "web.escrito": (
        "Se escribió el sitio en {carpeta}. Publíquelo en {direccion} y entregue manifest.xml a quien administra "
        "Microsoft 365; LEAME.txt dice cómo."
    ),
    "web.escrito-prueba": (
        "Se escribió el sitio en {carpeta}, para probarlo en {direccion}. Cuando sepa dónde se publicará, vuelva a "
        "escribirlo con --url."
    ),
    "web.cert-y-clave": "Un certificado y su clave van juntos: indique --cert y --key.",
    "web.cert-malo": (
        "{certificado} y {clave} no son un certificado y su clave, sin contraseña, en formato PEM. Pida a informática "
        "el certificado de localhost."
    ),
    "web.sirve": (
        "poa-xl responde en {direccion}, solo para esta computadora. El manifiesto: {direccion}/manifest.xml. "
        "Para terminar, pulse Ctrl+C."
    ),
    "web.sirve-http": (
        "poa-xl responde en {direccion}, solo para esta computadora. El manifiesto: {direccion}/manifest.xml. "
        "Excel pide https: para usarlo desde Excel, indique un certificado de localhost con --cert y --key. "
        "Para terminar, pulse Ctrl+C."
    ),
    "web.puerto": "El puerto {puerto} está ocupado. Elija otro con --port.",
    "web.rechazo-host": "Esta dirección no es la de poa-xl. Ábrala como dice la terminal, con localhost y el puerto.",
    "web.rechazo-origen": "Otra página pidió esto. poa-xl responde a Excel y a sus propias páginas.",
    "web.rechazo-upgrade": "poa-xl no abre conexiones de este tipo.",
    "web.rechazo-pedido": "El pedido no está bien escrito.",
    "web.rechazo-direccion": "Aquí no hay nada con ese nombre.",
    "web.rechazo-metodo": "Esto no se pide así.",
    "web.rechazo-tamano": "Se envió más de lo que poa-xl recibe. Revise si el libro tiene hojas que no son del POA.",
    "web.rechazo-tipo": "poa-xl recibe solo datos JSON.",
    "web.rechazo-cabeceras": "Las cabeceras del pedido son demasiado largas.",
    "web.rechazo-interno": "poa-xl no pudo terminar. Pruebe de nuevo.",
    "web.rechazo-ocupado": "poa-xl está ocupado con otros pedidos. Pruebe de nuevo en un momento.",
    "web.leame": """\
poa-xl {version}: funciones del POA para Excel en la web, en Mac y en Microsoft 365

Qué es
  Un sitio de archivos fijos. Python corre en el navegador de cada persona: no hay servidor que calcule y los datos del
  libro no salen de su computadora. Ningún archivo se pide a otro sitio. El botón Validar no está en este sitio.

Cómo se publica
  1. Copie toda la carpeta al servidor web que responde en {direccion} (https).
  2. El servidor debe dar los .mjs como text/javascript y los .wasm como application/wasm.
  3. Dé con cada respuesta estas cabeceras, para que ninguna otra página muestre el panel:
       X-Content-Type-Options: nosniff
       Content-Security-Policy: frame-ancestors {marcos}
     y con xlwings/custom-functions-meta.json, que Excel en la web lee desde su propia página:
       Access-Control-Allow-Origin: *
     Sirva solo archivos de esta carpeta, sin listas de carpetas.
  4. En el centro de administración de Microsoft 365, Aplicaciones integradas, Cargar aplicaciones personalizadas:
     suba manifest.xml y elija a las personas.
  5. En Excel, escriba =POA_VERSION() en una celda.

Condiciones de uso
  xlwings {xlwings} (su parte PRO) y xlwings Server {servidor}: PolyForm Noncommercial License 1.0.0, que permite
  todo uso no comercial y nombra entre los permitidos el de una institución de gobierno; otro uso pide una licencia
  de pago.
  https://polyformproject.org/licenses/noncommercial/1.0.0
  Required Notice: Copyright (C) Zoomer Analytics GmbH.
  Office.js: condiciones de Microsoft, en static/vendor/office-js.
  Pyodide {pyodide}: Mozilla Public License 2.0. Python: Python Software Foundation License.
  poa-xl: Apache License 2.0.
  Los textos de poa-xl, xlwings y xlwings Server están en la carpeta licencias; los de Pyodide y Python, en
  https://www.mozilla.org/MPL/2.0 y https://docs.python.org/3/license.html.
""",
    "macros.sin-campo": (
        "No se preparó la entrega: en la hoja Unidad falta el campo {campos}. Pida otra vez su plantilla."
    ),
    "macros.sin-trimestre": "No se preparó la entrega: elija primero el «Trimestre que se reporta» en la hoja Unidad.",
    "macros.no-se-deja": (
        "No se pudo escribir en la hoja {hoja}. Si está protegida, quite la protección y pruebe de nuevo."
    ),
    "observaciones.en-esta-hoja": "observaciones en esta hoja. Qué hacer con cada una está en la hoja Observaciones.",
    "observaciones.primeras": "La lista muestra las primeras {cuantas}.",
}

CHECKS: Dict[str, Message] = {
    "excel.no-windows": aviso(
        "Esta computadora no es Windows.",
        "Aquí no hay nada que hacer para Excel de escritorio.",
    ),
    "excel.sin-complemento": aviso(
        "Excel no tiene el complemento: falta {archivo}.",
        "Los libros .xlsm traen sus funciones y no lo piden. Para los demás libros ejecute: "
        "poa-xl addin install desktop",
    ),
    "excel.sin-interprete": error(
        "xlwings no sabe con qué Python calcular; las plantillas calculan con sus fórmulas comunes y las funciones que "
        "usted escriba muestran #¿NOMBRE?.",
        "Ejecute: poa-xl addin install desktop",
    ),
    "excel.interprete-movido": error(
        "El Python anotado ya no está: {ruta}.",
        "Instale poa-xl de nuevo y ejecute: poa-xl addin install desktop",
    ),
    "excel.no-importa": error(
        "El Python {ruta} no puede cargar las funciones. Dijo: «{dijo}».",
        'Instale poa-xl en ese Python ("{ruta}" -m pip install poa_xl-….whl), o ejecute desde el que lo tiene: '
        "poa-xl addin install desktop",
    ),
    "excel.otra-version": error(
        "El complemento pide xlwings {modulo} y está instalado xlwings {instalada}.",
        "Cierre Excel y ejecute: poa-xl addin install desktop. Si un libro .xlsm de Planificación es el que falla, "
        "pida a Planificación con qué versión de poa-xl lo hizo e instale esa.",
    ),
    "excel.sin-biblioteca": error(
        "Falta {archivo} en {carpeta} y en la carpeta de arriba.",
        "Instale xlwings de nuevo con: pip install --force-reinstall xlwings=={instalada}. Si vuelve a faltar, pida a "
        "informática que el antivirus no retire ese archivo.",
    ),
    "excel.de-la-web": error(
        "Windows marcó como llegado de la web o por correo: {archivos}. Excel no ejecuta sus macros.",
        "En el explorador de archivos abra sus Propiedades, marque Desbloquear y acepte. Si no aparece, pida a "
        "informática que la carpeta sea una ubicación de confianza de Excel.",
    ),
    "excel.macros-apagadas": error(
        "Excel tiene las macros apagadas (VBAWarnings = {valor}).",
        "En Excel: Archivo, Opciones, Centro de confianza, Configuración de macros, «Deshabilitar con notificación». "
        "Si está en gris lo decide informática: pida una ubicación de confianza para la carpeta de los libros del POA.",
    ),
    "excel.sin-procesos": error(
        "Defender impide que Excel inicie Python (regla {regla}).",
        "Pida a informática una exclusión de esa regla para el Python de poa-xl. Mientras tanto pida a Planificación "
        "la plantilla sin complemento (native).",
    ),
    "libreoffice.no-esta": error(
        "No se encontró LibreOffice en esta computadora, o no responde.",
        "Instale LibreOffice {minima} o una más nueva.",
    ),
    "libreoffice.viejo": error(
        "Este LibreOffice es {version}; en él las funciones muestran #NAME?.",
        "Actualice LibreOffice a {minima} o una más nueva.",
    ),
    "libreoffice.sin-complemento": error(
        "LibreOffice no tiene el complemento.",
        "Cierre LibreOffice y ejecute: poa-xl addin install libreoffice",
    ),
    "libreoffice.sin-lista": error(
        "No se sabe si LibreOffice tiene el complemento. {dijo}",
        "Cierre LibreOffice y pruebe de nuevo.",
    ),
    "libreoffice.otra-version": error(
        "El complemento es la versión {instalada} y este poa-xl la {version}.",
        "Cierre LibreOffice y ejecute: poa-xl addin install libreoffice",
    ),
    "libreoffice.sin-orden": error(
        "El menú POA no sabe con qué revisar: falta {nota}.",
        "Ejecute: poa-xl addin install libreoffice",
    ),
    "libreoffice.orden-perdida": error(
        "El menú POA llama a {programa}, que ya no está.",
        "Ejecute: poa-xl addin install libreoffice",
    ),
    "libreoffice.otra-orden": error(
        "El menú POA llama a {programa}, que no responde como poa-xl {version}. Dijo: «{dijo}».",
        "Ejecute: poa-xl addin install libreoffice",
    ),
}


def say(key: str, **details: object) -> str:
    """A sentence of `TEXTS` with its details. KeyError where there is no such sentence or detail."""
    return TEXTS[key].format(**details)
