@rem The window. It needs no installation: this folder can lie anywhere, on a stick too.
@start "" "%~dp0pythonw.exe" -m reviewer %*
