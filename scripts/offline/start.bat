@echo off
rem Installs (the first time) and opens the app, without network. PORT and DUIBIAO_HOME may be set.
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
cd /d "%~dp0"
if defined PYTHON goto run
set "PYTHON=py -@PYTHON@"
%PYTHON% -c "import sys" >nul 2>nul
if not errorlevel 1 goto run
set "PYTHON=python"
%PYTHON% -c "import sys; sys.exit('%%d.%%d' %% sys.version_info[:2] != '@PYTHON@')" >nul 2>nul
if not errorlevel 1 goto run
goto missing
:run
%PYTHON% start.py %*
if errorlevel 1 pause
exit /b %errorlevel%
:missing
echo 没有找到 Python @PYTHON@（64 位）。请先安装，安装时勾选 Add python.exe to PATH，再双击 start.bat。
pause
exit /b 2
