#!/bin/sh
# Compiles C# with the compiler of an SDK and keeps the result: the wrapper itself, and functions that come as source.
#   compile.sh wrapper DOTNET   prints what wrapper.json needs, a NAME=value a line; else a FAULT's JSON, and status 1
#   compile.sh ship DOTNET      into built/ beside this file, for each framework that the SDKs have references of: a distribution may meet
#                               no SDK, and an older .NET
#   compile.sh function DOTNET FOLDER WRAPPER   prints the assembly's path; else the compiler's messages and status 1, or status 3:
#                                       no SDK. WRAPPER is the folder of the compiled wrapper
#   compile.sh tests DOTNET     compiles the wrapper's own tests, and prints their path and the framework they are for
# A result lies in a folder named by the digest of all that it was made from. It appears by one rename, so whoever sees it sees all of
# it; of several who want the same, one compiles. No compiler server is started: nothing stays behind.
set -eu
LC_ALL=C
export LC_ALL DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

here=$(cd "$(dirname "$0")" && pwd)
what=$1
dotnet=$2
days_kept=60

# Cultures need ICU, which compilers don't; describe_wrapper says whether functions get them.
cultures=${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-}
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="${cultures:-1}"

# fault CODE TITLE WHY FIX: the JSON of a FAULT frame.
fault() {
    printf '{"code":"%s","title":"%s","why":"%s","fix":"%s"}\n' "$1" "$(json "$2")" "$(json "$3")" "$(json "$4")"
    exit 1
}

json() { printf %s "$1" | tr '\n\r\t' '   ' | sed 's/[\\"]/\\&/g'; }

# find_root: sets root, the folder with the frameworks and SDKs of this dotnet.
find_root() {
    root=$(dirname "$(readlink -f "$dotnet")")
    # A script or a shim of that name knows where its frameworks are.
    [ -d "$root/shared" ] ||
        root=$("$dotnet" --list-runtimes 2>/dev/null | sed -n 's|^Microsoft\.NETCore\.App [^ ]* \[\(.*\)/shared/[^/]*\]$|\1|p' | tail -n 1)
}

# find_sdk: sets sdk, the newest SDK's folder, and what it compiles against.
find_sdk() {
    find_root
    sdk=$(newest "$root/sdk" Roslyn/bincore/csc.dll)
    refs=$(newest "$root/packs/Microsoft.NETCore.App.Ref" 'ref/*/System.Runtime.dll')
    [ -n "$sdk" ] && [ -n "$refs" ] || return 1
    aim_at "$refs"/ref/*
}

# aim_at FOLDER: what is compiled from here on is for the framework of these reference assemblies: netcoreapp3.1, net8.0.
aim_at() {
    refs=$1
    tfm=${refs##*/}
    version=${tfm##*[a-z]}
}

# newest FOLDER FILE: the folder of the highest version that has the file.
newest() {
    # shellcheck disable=SC2012 # names of versions
    ls "$1" 2>/dev/null | sort -t. -k1,1n -k2,2n -k3,3n | while IFS= read -r one; do
        # shellcheck disable=SC2086 # FILE may be a pattern
        if ls "$1/$one"/$2 >/dev/null 2>&1; then echo "$1/$one"; fi
    done | tail -n 1
}

# find_cache: sets cache, a folder that only this user can write to.
find_cache() {
    [ -z "${cache:-}" ] || return 0
    cache=${NUCLEON_CACHE:-${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/nucleon}/dotnet
    if mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ]; then return; fi
    cache=${TMPDIR:-/tmp}/nucleon-$(id -u)
    (umask 077 && mkdir -p "$cache")
    # Somebody else's folder of that name could hold anything.
    [ "$(find "$cache" -maxdepth 0 -user "$(id -u)" ! -perm -020 ! -perm -002)" ] || {
        echo "$cache: error NUC: not a folder of this user's own; set NUCLEON_CACHE"
        exit 1
    }
}

# cached DIGEST COMMAND…: sets result to the digest's folder, made by the command in the folder $made if it is not there.
cached() {
    find_cache
    result=$cache/$1
    shift
    if [ ! -d "$result" ]; then
        # Without flock (util-linux, busybox) several may compile the same; the rename takes care of that.
        exec 9>"$result.lock"
        if command -v flock >/dev/null; then flock 9; fi
        if [ ! -d "$result" ]; then
            made=$(mktemp -d "$cache/.new.XXXXXX")
            trap 'rm -rf "$made" "$result.lock"' EXIT
            trap 'exit 143' TERM INT HUP
            "$@" || exit 1
            publish
        fi
        exec 9>&-
    fi
    touch -c "$result" 2>/dev/null || true
}

publish() {
    chmod 755 "$made"
    # A name that has come to exist meanwhile is as good: mv would go into it, so -T where there is one.
    mv -T "$made" "$result" 2>/dev/null || [ -d "$result" ] || mv "$made" "$result"
    find "$cache" -maxdepth 1 -mindepth 1 -type d -mtime "+$days_kept" -exec rm -rf {} + 2>/dev/null || true
}

# options ASSEMBLY TARGET: compiler options for an assembly of that name, one a line; references are on standard input.
# No warnings: they are for whoever changes a source, not for whoever starts it, and a newer compiler has others.
options() {
    printf '%s\n' -nologo -nostdlib+ "-target:$2" -optimize+ -debug:embedded -deterministic+ -unsafe+ -utf8output \
        "${warnings:--warn:0}" "-out:\"$made/$1.dll\"" "-define:NETCOREAPP;$(symbols)"
    sed 's/.*/-r:"&"/'
}

# The symbols that a project for this framework would define: NET8_0, NET8_0_OR_GREATER, …
symbols() {
    case $tfm in
        netcoreapp*) echo NETCOREAPP3_1 ;;
        *)
            printf 'NET%s' "${version%.*}_${version#*.}"
            major=5
            while [ "$major" -le "${version%.*}" ]; do
                printf ';NET%s_0_OR_GREATER' "$major"
                major=$((major + 1))
            done
            ;;
    esac
}

# csc ARGUMENTS…: the compiler's messages; its status.
csc() { "$dotnet" exec "$sdk/Roslyn/bincore/csc.dll" -noconfig "$@" 2>&1; }

framework() { ls "$refs"/*.dll; }

wrapper_digest() { cat "$0" "$here"/sdk/*.cs "$here"/wrapper/*.cs | sha256sum | cut -c1-40; }

make_wrapper() {
    framework | options nuclio-sdk-dotnetcore library >"$made/sdk.rsp"
    csc "@$made/sdk.rsp" -langversion:8.0 "$here"/sdk/*.cs || return 1
    { framework && echo "$made/nuclio-sdk-dotnetcore.dll"; } | options nucleon-wrapper exe >"$made/wrapper.rsp"
    csc "@$made/wrapper.rsp" -langversion:8.0 -nullable:enable "$here"/wrapper/*.cs || return 1
    # On .NET 3.1 and everything newer, whatever it was compiled against.
    printf '{"runtimeOptions":{"tfm":"%s","rollForward":"LatestMajor","framework":{"name":"Microsoft.NETCore.App","version":"%s.0"},' \
        "$tfm" "$version" >"$made/nucleon-wrapper.runtimeconfig.json"
    # A collector thread of its own costs memory and start-up in each worker, and buys short pauses that no event of a few ms needs.
    printf '"configProperties":{"System.GC.Concurrent":false}}}\n' >>"$made/nucleon-wrapper.runtimeconfig.json"
    rm "$made"/*.rsp
}

describe_wrapper() {
    echo "folder=$1"
    if [ -z "$cultures" ]; then
        cultures=1
        for library in /usr/lib/libicuuc.so* /usr/lib/*/libicuuc.so* /usr/lib64/libicuuc.so* /usr/local/lib/libicuuc.so*; do
            if [ -e "$library" ]; then cultures=0; fi
        done
        # Without an ICU that it knows .NET does not start. Started by hand the wrapper says so with status 2.
        status=2
        [ "$cultures" = 1 ] ||
            DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0 "$dotnet" "$1/nucleon-wrapper.dll" >/dev/null 2>&1 || status=$?
        [ "$status" = 2 ] || cultures=1
    fi
    echo "invariant=$cultures"
    # A worker that is killed leaves the pipes of .NET's diagnostics in the temporary folder, so they are for those who ask for them.
    diagnostics=${DOTNET_EnableDiagnostics:-${COMPlus_EnableDiagnostics:-${CORECLR_ENABLE_PROFILING:-0}}}
    echo "diagnostics=$diagnostics"
}

# shipped DIGEST: of the wrappers that came with a distribution the one for the newest framework that this dotnet has.
shipped() {
    runtime=$(newest "$root/shared/Microsoft.NETCore.App" System.Private.CoreLib.dll)
    runtime=$(echo "${runtime##*/}" | sed 's/^\([0-9]*\.[0-9]*\).*/\1/')
    # shellcheck disable=SC2012 # names of versions
    found=$({ ls "$here/built" 2>/dev/null | sed -n "s/^$1-\([0-9.]*\)\$/\1/p" && echo "$runtime here"; } |
        sort -t. -k1,1n -k2,2n | sed '/ here$/,$d' | tail -n 1)
    [ -z "$found" ] || echo "$here/built/$1-$found"
}

wrapper() {
    digest=$(wrapper_digest)
    find_root
    result=$(shipped "$digest")
    if [ -n "$result" ]; then
        touch -c "$result" 2>/dev/null || true
        describe_wrapper "$result"
        return
    fi
    find_sdk || fault NUC-4002 "no .NET SDK found" \
        "$dotnet has a runtime only, and this distribution's wrapper must be compiled before its first start" \
        "install a .NET SDK 3.1 or newer"
    messages=$(cached "$digest-$version" make_wrapper 2>&1 && describe_wrapper "$result") ||
        fault NUC-9001 "compiling the .NET wrapper failed" "$(printf %s "$messages" | head -n 3)" "report it, with the output of $dotnet --info"
    printf '%s\n' "$messages"
}

ship() {
    cache=$here/built
    mkdir -p "$cache"
    find_sdk
    digest=$(wrapper_digest)
    for pack in "$root"/packs/Microsoft.NETCore.App.Ref/*/ref/*; do
        [ -r "$pack/System.Runtime.dll" ] || continue
        aim_at "$pack"
        (cached "$digest-$version" make_wrapper) || exit 1
    done
}

make_tests() {
    cp "$wrapper"/* "$made/"
    { framework && ls "$made"/*.dll; } | options nucleon-wrapper-tests exe >"$made/tests.rsp"
    csc "@$made/tests.rsp" -langversion:8.0 -nullable:enable "$here"/tests/*.cs || return 1
    cp "$made/nucleon-wrapper.runtimeconfig.json" "$made/nucleon-wrapper-tests.runtimeconfig.json"
    rm "$made/tests.rsp"
}

# With the warnings that the oldest SDK has, each of them an error; references of a newer framework give others.
tests() {
    find_sdk || exit 3
    digest=$(wrapper_digest)-strict
    [ "$version" != 3.1 ] || warnings=-warnaserror+
    cached "$digest" make_wrapper
    wrapper=$result
    cached "$(echo "$digest" "$(cat "$here"/tests/*.cs | sha256sum)" | sha256sum | cut -c1-40)" make_tests
    echo "$result/nucleon-wrapper-tests.dll $tfm"
}

function_files() { find "$1" \( -name '.?*' -o -name bin -o -name obj \) -prune -o -type f "$2" "$3" -print | sort; }

# Assemblies beside the sources and in lib/ can be used; the SDK's place is taken by ours.
libraries() { find "$1" "$1/lib" -maxdepth 1 -name '*.dll' ! -name nuclio-sdk-dotnetcore.dll 2>/dev/null | sort || true; }

# What an assembly is made from: of a project all files, which it may refer to, and the folder; else sources and libraries.
inputs() {
    if [ -n "$project" ]; then function_files . ! -name '*.lock'; else
        function_files . -name '*.cs'
        libraries .
    fi
}

function_digest() {
    {
        cat "$0" "$here"/function.*
        echo "$sdk $refs $(wrapper_digest) $place"
        cd "$folder"
        inputs | tr '\n' '\0' | xargs -0 sha256sum
    } | sha256sum | cut -c1-40
}

make_from_sources() {
    json=''
    # nuclio's project for functions without one refers to it, so such functions use it; the SDK has a copy.
    if ! libraries "$folder" | grep -q '/Newtonsoft\.Json\.dll$' &&
        function_files "$folder" -name '*.cs' | tr '\n' '\0' | xargs -0 grep -ql 'Newtonsoft\.Json'; then
        json=$sdk/Newtonsoft.Json.dll
        cp "$json" "$made/"
    fi
    { framework && echo "$wrapper/nuclio-sdk-dotnetcore.dll" && libraries "$folder" && echo "$json"; } | sed '/^$/d' |
        options handler library >"$made/handler.rsp"
    # The wrapper finds relative places again, so that one assembly serves every folder with these sources.
    if [ "$place" = . ]; then echo "-pathmap:\"$folder=.\"" >>"$made/handler.rsp"; fi
    function_files "$folder" -name '*.cs' | sed 's/.*/"&"/' >>"$made/handler.rsp"
    csc "@$made/handler.rsp" || return 1
    rm "$made/handler.rsp"
    echo handler.dll >"$made/.assembly"
}

make_from_project() {
    mkdir -p "$made/.work/temporary"
    # NuGet keeps its configuration at home; a container's user has none, or may not write there.
    if [ ! -w "${HOME:-/nonexistent}" ]; then
        HOME=$made/.work/temporary
        DOTNET_CLI_HOME=$HOME
        export HOME DOTNET_CLI_HOME
    fi
    TMPDIR=$made/.work/temporary "$dotnet" msbuild "$project" -restore -nologo -v:m -nr:false -p:Configuration=Release -p:UseSharedCompilation=false \
        "-p:OutDir=$made/" "-p:NucleonWork=$made/.work/" "-p:NucleonSdk=$wrapper/nuclio-sdk-dotnetcore.dll" \
        "-p:DirectoryBuildPropsPath=$here/function.props" \
        "-p:CustomAfterMicrosoftCommonTargets=$here/function.targets" 2>&1 || return 1
    mv "$made/.work/assembly" "$made/.assembly"
    rm -rf "$made/.work"
}

function_() {
    folder=$1
    wrapper=$2
    find_sdk || exit 3
    project=$(find "$folder" -maxdepth 1 -name '*.csproj' | sort | head -n 1)
    # The compiler's map of paths has no way to write these.
    case $project$folder in *[,=]* | *.csproj*) place=$folder ;; *) place=. ;; esac
    digest=$(function_digest)
    if [ -n "$project" ]; then cached "$digest" make_from_project; else cached "$digest" make_from_sources; fi
    echo "$result/$(cat "$result/.assembly")"
}

case $what in
    wrapper) wrapper ;;
    ship) ship ;;
    tests) tests ;;
    function) function_ "$3" "$4" ;;
    *) exit 2 ;;
esac
