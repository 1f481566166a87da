#!/bin/sh
# Installs (the first time) and opens 对标, without network. PORT and DUIBIAO_HOME may be set.
cd "$(dirname "$0")" || exit 2
wanted=@PYTHON@
for python in "$PYTHON" "python$wanted" python3 python; do
  [ -n "$python" ] || continue
  if "$python" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$wanted')" 2>/dev/null; then
    exec "$python" start.py "$@"
  fi
done
echo "没有找到 Python $wanted（64 位）。请先安装，或用 PYTHON=路径 ./start.sh 指明它在哪里。" >&2
exit 2
