"""Excel on the web, on Mac and in Microsoft 365 (Office.js), by xlwings-server.

`project` writes what xlwings-server serves: our task pane, our manifest and modules that hold the registry of
functions. From there two flavours: `server` runs it on this computer, `site` freezes the pages into a static site
where Python runs in the browser (Pyodide). The static site carries the functions alone: pandas' and numpy's
builds for the browser cannot be had from the package registries.
"""
