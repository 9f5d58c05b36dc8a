#!/usr/bin/env bash
# Makes the AOT cache (lib/nucleon.aot) of a distribution: aot.sh JAVA_HOME CLASS_PATH, with NUCLEON_DIST in the environment.
# Runs beside the command that found it missing, at the lowest priority. Whatever goes wrong here leaves no cache, nothing else.
set -euo pipefail

java_home=$1 jars=$2 dist=${NUCLEON_DIST:?}
aot=$dist/lib/nucleon.aot
exec 9>"$dist/lib/.aot.lock"
flock --nonblock 9 || exit 0
scratch=$(mktemp -d)
trap 'rm -rf "$aot.new" "$scratch"' EXIT
jars_now() { stat -c '%n %s %Y' "$dist"/lib/*.jar; }
before=$(jars_now)

nice -n 19 timeout 120 "$java_home/bin/java" "@$dist/lib/jvm.options" "-Dnucleon.home=$dist" -XX:TieredStopAtLevel=1 \
    -XX:+UseSerialGC "-XX:AOTCacheOutput=$aot.new" -cp "$jars" io.nucleon.cli.AotTraining "$scratch"
# Jars that a build replaced meanwhile would make it a cache that is never used and never made again.
[[ $(jars_now) == "$before" ]] || exit 0
cp "$java_home/release" "$aot.jdk"
mv "$aot.new" "$aot"
