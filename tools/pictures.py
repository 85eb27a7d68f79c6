#!/usr/bin/python3
"""Makes the guide's pictures of LibreOffice: the menu POA, the sheet Observaciones, and the cells that it marks; and
of the page of a campaign's board, in Chromium.

To be run by hand after a change of what they show, with a Python that has LibreOffice's `uno`:

    /usr/bin/python3 tools/pictures.py .venv/bin/poa-xl docs/img

It needs LibreOffice 25.2 with its Spanish texts, a virtual screen, a window manager and ImageMagick: on Debian 12 the
packages libreoffice-l10n-es (bookworm-backports), xvfb, openbox, xdotool and imagemagick.
"""

# ruff: noqa: S603, S607 - programs of this machine, called with words of our own

import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import uno_worker  # noqa: E402 - it lies beside the tests

WIDTH, HEIGHT = 1180, 620
UNIT = "EMB-LIMA"
# What a person could have typed, in a workbook of the demonstration: sheet -> cell -> value.
MISTAKES = {
    "Tareas": {"E7": "dos", "G8": "1.200", "A9": "OP-99", "R8": 60.0, "F10": 2.5},
    "Presupuesto": {"C6": "12.500,00 Bs"},
    "Unidad": {"B16": "julio"},
}
SETTINGS = (
    ("/org.openoffice.Office.Linguistic/General", "UILocale", "es"),
    ("/org.openoffice.Setup/L10N", "ooLocale", "es"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("/org.openoffice.Setup/Product", "ooSetupLastVersion", "25.2"),
)
COLOURS = "64"


def main():
    """Make the pictures in the folder given."""
    poa_xl, target = Path(sys.argv[1]).absolute(), Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, screen() as display:
        folder = Path(name)
        subprocess.run([str(poa_xl), "demo", "demo"], cwd=name, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(
            [str(poa_xl), "addin", "build", "libreoffice", "-o", name], check=True, stdout=subprocess.DEVNULL
        )
        with office(folder, poa_xl, display) as context:
            take(context, folder / "demo" / "entregas" / f"{UNIT}.xlsx", target, display)
    board(poa_xl, target.absolute() / "tablero.png")


def board(poa_xl, path):
    """The page of the board, in few colours."""
    python = str(poa_xl.with_name("python"))
    subprocess.run([python, "-m", "tests.board_picture", str(path)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["mogrify", "-colors", COLOURS, "-strip", "-format", "png", str(path)], check=True)
    print(path, path.stat().st_size // 1024, "kB")


def take(context, path, target, display):
    """Open the workbook, make mistakes, choose the menu's entry as a person does, and take pictures on the way."""
    desktop = uno_worker.service(context, "com.sun.star.frame.Desktop")
    document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, ())
    controller = document.getCurrentController()
    window = controller.getFrame().getContainerWindow()
    window.IsMaximized = True
    for sheet, cells in MISTAKES.items():
        for cell, value in cells.items():
            place = document.Sheets.getByName(sheet).getCellRangeByName(cell)
            place.setString(value) if isinstance(value, str) else place.setValue(value)
    helper = uno_worker.service(context, "com.sun.star.frame.DispatchHelper")
    helper.executeDispatch(controller.getFrame(), ".uno:Sidebar", "", 0, uno_worker.properties(Sidebar=False))
    show(controller, document, "Tareas", "B2")
    time.sleep(3)
    window.setFocus()
    press(display, "F10", "Left", "Left", "Left", "Down")
    picture(display, target / "libreoffice-menu.png", "760x330+0+0")
    press(display, "Return")
    wait_for(lambda: controller.getActiveSheet().Name == "Observaciones")
    controller.ZoomValue = 80
    time.sleep(2)
    picture(display, target / "libreoffice-observaciones.png", f"{WIDTH}x370+0+0")
    show(controller, document, "Tareas", "B2")
    controller.ZoomValue = 80
    time.sleep(2)
    picture(display, target / "libreoffice-celdas-marcadas.png", f"{WIDTH}x470+0+0")
    document.close(True)


def show(controller, document, sheet, cell):
    """Bring a sheet to the front with the cursor on a cell."""
    place = document.Sheets.getByName(sheet)
    controller.setActiveSheet(place)
    controller.select(place.getCellRangeByName(cell))


def wait_for(condition, seconds=60):
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("the sheet Observaciones did not come to the front")
        time.sleep(0.2)


def press(display, *keys):
    """Press keys in the window in front."""
    for key in keys:
        subprocess.run(["xdotool", "key", key], env={**os.environ, "DISPLAY": display}, check=True)
        time.sleep(0.4)


def picture(display, path, part):
    """A picture of a part of the screen, in few colours."""
    grab = ["import", "-display", display, "-window", "root", "-crop", part, "+repage"]
    subprocess.run([*grab, "-colors", COLOURS, "-strip", "PNG8:" + str(path)], check=True)
    print(path, path.stat().st_size // 1024, "kB")


@contextmanager
def screen():
    """A virtual screen with a window manager; gives its name."""
    read, write = os.pipe()
    size = f"{WIDTH}x{HEIGHT}x24"
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", size], pass_fds=[write], stderr=-3)
    os.close(write)
    display = ":" + os.fdopen(read).readline().strip()
    manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": display}, stderr=-3)
    try:
        yield display
    finally:
        manager.terminate()
        server.terminate()
        manager.wait()
        server.wait()


@contextmanager
def office(folder, poa_xl, display):
    """LibreOffice in Spanish on the screen, with the extension and its note; gives its context."""
    with zipfile.ZipFile(folder / "poa-xl.oxt") as archive:
        archive.extractall(folder / "extensiones" / "poa-xl.oxt")
    note = folder / "ajustes" / "poa-xl" / "libreoffice.json"
    note.parent.mkdir(parents=True)
    note.write_text(json.dumps({"orden": [str(poa_xl.with_name("python")), "-m", "poa_xl.cli"]}), encoding="utf-8")
    profile = folder / "perfil"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(registry(), encoding="utf-8")
    pipe = f"poa-xl-pictures-{os.getpid()}"
    bundled = (folder / "extensiones").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", f"-env:BUNDLED_EXTENSIONS={bundled}"]
    environment = {**os.environ, "DISPLAY": display, "XDG_CONFIG_HOME": str(folder / "ajustes")}
    running = subprocess.Popen(
        [*command, "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;"],
        env=environment, stdout=-3, stderr=-3,
    )  # fmt: skip
    context = uno_worker.connect(pipe)
    try:
        yield context
    finally:
        uno_worker.service(context, "com.sun.star.frame.Desktop").terminate()
        running.wait(30)


def registry():
    """The settings of the profile: Spanish, and nothing that pops up on the first start."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>'
    )


if __name__ == "__main__":
    main()
