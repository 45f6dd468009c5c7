@rem The program on the command line:  reviewer.cmd status "D:\a folder.case"
@"%~dp0python.exe" -m reviewer %*
