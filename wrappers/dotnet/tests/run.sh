#!/bin/sh
# Compiles and runs the wrapper's own tests: run.sh [PART OF A NAME]. Needs a .NET SDK on PATH.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
NUCLEON_DOTNET=$(command -v dotnet)
NUCLEON_COMPILE=${here%/*}/compile.sh
NUCLEON_GOLDEN=${here%/*/*}/protocol/golden
NUCLEON_CACHE=$(mktemp -d)
trap 'rm -rf "$NUCLEON_CACHE"' EXIT
compiled=$(sh "$NUCLEON_COMPILE" tests "$NUCLEON_DOTNET") || {
    printf '%s\n' "$compiled"
    exit 1
}
NUCLEON_TFM=${compiled##* }
# The tests run on Debian without ICU too.
DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export NUCLEON_DOTNET NUCLEON_COMPILE NUCLEON_GOLDEN NUCLEON_CACHE NUCLEON_TFM DOTNET_SYSTEM_GLOBALIZATION_INVARIANT
dotnet "${compiled% *}" "$@"
