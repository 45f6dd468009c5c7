@rem The window for looking only: opens cases for reading, and court packs; nothing is written there.
@start "" "%~dp0pythonw.exe" -m reviewer --view-only %*
