; The setup program for Windows: for one account, without administrator rights.
; makensis gets VERSION, KILOBYTES, LISTS (a folder with install.nsh and remove.nsh), ICON and SETUP by -D;
; packaging/installers/windows.py calls it.
;
;   setup.exe /S                silent; /D=FOLDER, the last argument and without quotes, installs there
;   setup.exe /VIEWONLY         only what opens the window for looking is put into the Start menu and on folders
;   setup.exe /NOSELFTEST       without the self-test at the end (or REVIEWER_SETUP_NO_SELF_TEST=1)
;   FOLDER\uninstall.exe /S     removes silently what was installed, and nothing else
;
; Exit status: 0 installed, 1 cancelled, 3 the program is open, 4 installed but the self-test failed,
; 5 this Windows is too old, 6 an older version could not be removed.

Unicode true
Target amd64-unicode
RequestExecutionLevel user
; lzma makes it a third smaller and takes ten times as long; it is copied from a stick.
SetCompressor zlib
SetDateSave off
ManifestDPIAware true
ManifestSupportedOS Win10
CRCCheck force

!include MUI2.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include TextFunc.nsh
!include LogicLib.nsh

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\reviewer"
!define ON_FOLDERS "Software\Classes\Directory\shell"
!define MENU "$SMPROGRAMS\Reviewer"

Name "Reviewer ${VERSION}"
OutFile "${SETUP}"
InstallDir "$LOCALAPPDATA\Programs\reviewer"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "Reviewer ${VERSION}"
ShowInstDetails show
ShowUninstDetails show
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Reviewer"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Setup of Reviewer"
VIAddVersionKey "LegalCopyright" "Apache License 2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEPAGE_TITLE "Reviewer ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "This installs Reviewer for your account. It needs no administrator rights, \
and no network: everything is in this file.$\r$\n$\r$\nCases, photographs and your settings are not touched, \
neither by this program nor when Reviewer is removed again. An older version is replaced."
!define MUI_FINISHPAGE_TITLE "Reviewer ${VERSION} is installed"
!define MUI_FINISHPAGE_TEXT "$SelfTestText"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_UNCONFIRMPAGE_TEXT_TOP "The files of Reviewer are removed. Cases, photographs and your settings stay."

Var ViewOnly
Var SelfTestText
Var SelfTestStatus

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; Ends with status 3 while the program runs: Windows lets nobody write to a program file that is in use.
!macro RefuseWhileOpen program
  ${If} ${FileExists} "$INSTDIR\${program}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${program}" a
    ${If} ${Errors}
      SetErrorLevel 3
      MessageBox MB_OK|MB_ICONEXCLAMATION "Reviewer is open. Close it, then start this again. \
Nothing was changed." /SD IDOK
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    SetErrorLevel 5
    MessageBox MB_OK|MB_ICONSTOP "Reviewer needs Windows 10 or later. Nothing was changed." /SD IDOK
    Quit
  ${EndIf}
  ReadRegDWORD $ViewOnly HKCU "${KEY}" "ViewOnly"
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/VIEWONLY" $2
  ${IfNot} ${Errors}
    StrCpy $ViewOnly 1
  ${EndIf}
FunctionEnd

Section
  !insertmacro RefuseWhileOpen "python.exe"
  !insertmacro RefuseWhileOpen "pythonw.exe"
  Call RemoveOlder
  !include "${LISTS}\install.nsh"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call WriteMenu
  Call WriteKeys
  Call TestItself
SectionEnd

; The older version knows what it brought; it is removed from where it lies, which may be another folder.
Function RemoveOlder
  ReadRegStr $0 HKCU "${KEY}" "InstallLocation"
  ${If} $0 == ""
    StrCpy $0 "$INSTDIR"
  ${EndIf}
  ${IfNot} ${FileExists} "$0\uninstall.exe"
    Return
  ${EndIf}
  DetailPrint "Removing the version that is there"
  CopyFiles /SILENT "$0\uninstall.exe" "$PLUGINSDIR\older.exe"
  ExecWait '"$PLUGINSDIR\older.exe" /S _?=$0' $1
  ${If} $1 != 0
    SetErrorLevel 6
    MessageBox MB_OK|MB_ICONSTOP "The version of Reviewer in $0 could not be removed (status $1). \
Close all its windows, then start this again." /SD IDOK
    Quit
  ${EndIf}
FunctionEnd

Function WriteMenu
  CreateDirectory "${MENU}"
  SetOutPath "$PROFILE"
  ${If} $ViewOnly != 1
    CreateShortCut "${MENU}\Reviewer.lnk" "$INSTDIR\pythonw.exe" "-m reviewer" "$INSTDIR\reviewer.ico" 0 \
      SW_SHOWNORMAL "" "Read photographs and keep every finding"
  ${EndIf}
  CreateShortCut "${MENU}\Reviewer, viewing only.lnk" "$INSTDIR\pythonw.exe" "-m reviewer --view-only" \
    "$INSTDIR\reviewer.ico" 0 SW_SHOWNORMAL "" "Open cases for reading, and court packs"
  SetOutPath "$INSTDIR"
FunctionEnd

; A case is a folder whose name ends in .case, and Windows gives types to files only: the nearest is a line in
; the menu of such folders.
Function WriteKeys
  ${If} $ViewOnly != 1
    WriteRegStr HKCU "${ON_FOLDERS}\reviewer" "" "Open in Reviewer"
    WriteRegStr HKCU "${ON_FOLDERS}\reviewer" "AppliesTo" 'System.FileName:~>".case"'
    WriteRegStr HKCU "${ON_FOLDERS}\reviewer" "Icon" "$INSTDIR\reviewer.ico"
    WriteRegStr HKCU "${ON_FOLDERS}\reviewer\command" "" '"$INSTDIR\pythonw.exe" -m reviewer open "%1"'
  ${EndIf}
  WriteRegStr HKCU "${ON_FOLDERS}\reviewer.view" "" "Look at in Reviewer (nothing is written)"
  WriteRegStr HKCU "${ON_FOLDERS}\reviewer.view" "AppliesTo" 'System.FileName:~>".case"'
  WriteRegStr HKCU "${ON_FOLDERS}\reviewer.view" "Icon" "$INSTDIR\reviewer.ico"
  WriteRegStr HKCU "${ON_FOLDERS}\reviewer.view\command" "" \
    '"$INSTDIR\pythonw.exe" -m reviewer --view-only "%1"'

  WriteRegStr HKCU "${KEY}" "DisplayName" "Reviewer"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "Publisher" "Reviewer"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\reviewer.ico"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${If} $ViewOnly == 1
    WriteRegDWORD HKCU "${KEY}" "ViewOnly" 1
  ${EndIf}
FunctionEnd

; What the self-test says is kept in self-test.txt; its last line is shown, to be compared with the printed sheet.
Function TestItself
  StrCpy $SelfTestText "The self-test was left out. Start it by: reviewer.cmd self-test"
  ReadEnvStr $1 "REVIEWER_SETUP_NO_SELF_TEST"
  ${If} $1 != ""
    Return
  ${EndIf}
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/NOSELFTEST" $2
  ${IfNot} ${Errors}
    Return
  ${EndIf}
  DetailPrint "The program tests itself; this takes up to a minute"
  nsExec::Exec '"$SYSDIR\cmd.exe" /d /s /c ""$INSTDIR\python.exe" -m reviewer self-test \
    > "$INSTDIR\self-test.txt" 2>&1"'
  Pop $SelfTestStatus
  Call ReadLastLine
  DetailPrint "$3"
  StrCpy $SelfTestText "The self-test says, to be compared with the printed sheet:$\r$\n$\r$\n$3"
  ${If} $SelfTestStatus != 0
    StrCpy $SelfTestText "THE SELF-TEST FAILED. Do not work with this installation.$\r$\n$\r$\n$3$\r$\n$\r$\n\
All of it stands in $INSTDIR\self-test.txt"
    SetErrorLevel 4
    MessageBox MB_OK|MB_ICONSTOP "$SelfTestText" /SD IDOK
  ${EndIf}
FunctionEnd

; The last line of self-test.txt that is not empty, in $3.
Function ReadLastLine
  StrCpy $3 ""
  ClearErrors
  FileOpen $0 "$INSTDIR\self-test.txt" r
  ${Do}
    ClearErrors
    FileRead $0 $2
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    ${TrimNewLines} "$2" $2
    ${If} $2 != ""
      StrCpy $3 $2
    ${EndIf}
  ${Loop}
  FileClose $0
FunctionEnd

Section "Uninstall"
  !insertmacro RefuseWhileOpen "python.exe"
  !insertmacro RefuseWhileOpen "pythonw.exe"
  !include "${LISTS}\remove.nsh"
  Delete "$INSTDIR\self-test.txt"
  Delete "$INSTDIR\uninstall.exe"
  Delete "${MENU}\Reviewer.lnk"
  Delete "${MENU}\Reviewer, viewing only.lnk"
  RMDir "${MENU}"
  DeleteRegKey HKCU "${ON_FOLDERS}\reviewer"
  DeleteRegKey HKCU "${ON_FOLDERS}\reviewer.view"
  DeleteRegKey HKCU "${KEY}"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
SectionEnd
