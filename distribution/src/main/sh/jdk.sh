# shellcheck shell=bash
# Finds a JDK for the nucleon command and says what is missing. Sourced by nucleon, by check and by build.sh.

java_wanted=25

# fail EXIT CODE TITLE WHY DO: the one form in which an error reaches the user.
fail() {
    local exit_code=$1 red='' plain=''
    if [[ -t 2 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then red=$'\e[31m' plain=$'\e[0m'; fi
    printf '%serror%s[%s]: %s\n  why   %s\n  do    %s\n' "$red" "$plain" "$2" "$3" "$4" "$5" >&2
    exit "$exit_code"
}

# java_version HOME: its major version, 0 if there is none. Read from the release file, since asking a JVM takes 40 ms.
java_version() {
    local line version=''
    [[ -x $1/bin/java ]] || { echo 0; return; }
    if [[ -r $1/release ]]; then
        while IFS= read -r line; do
            if [[ $line == JAVA_VERSION=* ]]; then version=${line#JAVA_VERSION=}; fi
        done <"$1/release"
    else
        version=$("$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p')
    fi
    version=${version//\"/}
    version=${version%%[!0-9]*}
    echo "${version:-0}"
}

# find_java TOOL: sets JAVA_HOME to the first home of the wanted version that has bin/TOOL (java, or javac for a whole JDK).
find_java() {
    local home on_path=''
    on_path=$(command -v java || true)
    [[ -z $on_path ]] || on_path=$(readlink -f "$on_path")
    for home in "${JAVA_HOME:-}" "${on_path%/bin/java}" /usr/lib/jvm/* /opt/java/* /opt/jdk* /opt/java /usr/java/* \
        "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/*; do
        [[ -n $home && -x $home/bin/$1 ]] || continue
        if (($(java_version "$home") >= java_wanted)); then
            export JAVA_HOME=$home
            return 0
        fi
    done
    return 1
}

# require_java TOOL: find_java, or the error that says what was seen and what to install.
require_java() {
    find_java "$1" && return
    local seen="JAVA_HOME is not set"
    [[ -z ${JAVA_HOME:-} ]] || seen="JAVA_HOME=$JAVA_HOME is Java $(java_version "$JAVA_HOME")"
    fail 5 NUC-8091 "no JDK $java_wanted found" \
        "$seen; looked on PATH, in /usr/lib/jvm, /opt, ~/.sdkman and ~/.jdks too" \
        "apt-get install openjdk-$java_wanted-jdk-headless, or set JAVA_HOME to a JDK $java_wanted or newer"
}
