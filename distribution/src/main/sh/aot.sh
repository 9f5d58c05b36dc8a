#!/usr/bin/env bash
# Makes the AOT caches of a distribution: aot.sh JAVA_HOME CLASS_PATH FIRST, with NUCLEON_DIST in the environment. lib/processor.aot is for
# `run` and `processor`, lib/command.aot for the other verbs: a cache is for one set of JVM flags, and holds no more than is used. Both
# are made if they are missing, FIRST before the other, or with `only` behind it FIRST alone.
# Runs beside the command that found one missing, at the lowest priority. Whatever goes wrong here leaves no cache, nothing else.
set -euo pipefail

java_home=$1 jars=$2 first=$3 dist=${NUCLEON_DIST:?}
exec 9>"$dist/lib/.aot.lock"
flock --nonblock 9 || exit 0
scratch=$(mktemp -d)
trap 'rm -rf "$dist"/lib/*.aot.new* "$scratch"' EXIT

jars_now() { stat -c '%n %s %Y' "$dist"/lib/*.jar; }

# java CACHE ARGUMENTS…: a JVM that writes the cache when it ends. The user's own files, ports and settings are out of its reach.
java() {
    local cache=$1
    shift
    exec env -i "PATH=$PATH" "HOME=$scratch" nice -n 19 timeout --foreground 120 "$java_home/bin/java" "@$dist/lib/jvm.options" "-Dnucleon.home=$dist" \
        "-XX:AOTCacheOutput=$cache" "$@"
}

train_command() {
    (java "$1" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$jars" io.nucleon.cli.AotTraining "$scratch")
}

# A function is served as `nucleon run` serves it, until it has answered.
train_processor() {
    local line='' port='' pid trained=1
    write_function "$scratch/training"
    mkfifo "$scratch/output"
    (java "$1" -Dnucleon.ports=any -cp "$jars" io.nucleon.app.Main run "$scratch/training" --port 0 >"$scratch/output" 2>&1) &
    pid=$!
    exec 3<"$scratch/output"
    while [[ -z $port ]] && IFS= read -r -u 3 line; do
        [[ ! $line =~ ^\ *http\ +http://127\.0\.0\.1:([0-9]+) ]] || port=${BASH_REMATCH[1]}
    done
    cat <&3 >/dev/null &
    if [[ -n $port ]] && ask "$port"; then trained=0; fi
    kill "$pid" || true
    wait || true
    return $trained
}

write_function() {
    mkdir -p "$1"
    if command -v python3 >/dev/null; then
        printf 'import json\n\n\ndef handler(context, event):\n    context.logger.info("trained")\n    return json.dumps({"path": event.path})\n' \
            >"$1/main.py"
        printf 'metadata:\n  name: training\nspec:\n  runtime: python\n  handler: main:handler\n' >"$1/function.yaml"
    else
        printf '%s\n' 'import io.nuclio.*;' 'public class Training implements EventHandler {' \
            '    public Response handleEvent(Context context, Event event) { return new Response().setBody(event.getPath()); }' '}' \
            >"$1/Training.java"
        printf 'metadata:\n  name: training\nspec:\n  runtime: java\n  handler: Training\n' >"$1/function.yaml"
    fi
    printf '  triggers:\n    http:\n      kind: http\n      numWorkers: 1\n' >>"$1/function.yaml"
}

# ask PORT: a few requests on one connection, until the server has closed it.
ask() {
    local i
    exec 4<>"/dev/tcp/127.0.0.1/$1"
    for ((i = 0; i < 20; i++)); do printf 'GET /?n=%d HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n' "$i" >&4; done
    printf 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}' >&4
    cat <&4 >"$scratch/answers"
    exec 4>&-
    grep -q '^HTTP/1.1 200 ' "$scratch/answers"
}

# make KIND: lib/KIND.aot, unless there is a good one.
make() {
    local aot=$dist/lib/$1.aot before
    if [[ -f $aot && $(<"$aot.jdk") == "$(<"$java_home/release")" ]]; then return; fi
    before=$(jars_now)
    "train_$1" "$aot.new" || return 0
    # Jars that a build replaced meanwhile would make it a cache that is never used and never made again.
    [[ -f $aot.new && $(jars_now) == "$before" ]] || return 0
    cp "$java_home/release" "$aot.jdk"
    mv "$aot.new" "$aot"
}

kinds=(command processor)
[[ $first == command ]] || kinds=(processor command)
[[ ${4:-} != only ]] || kinds=("$first")
for kind in "${kinds[@]}"; do make "$kind"; done
