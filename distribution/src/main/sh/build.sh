# shellcheck shell=bash
# Makes the source tree runnable: JDK and Maven found or installed, dist/ built when sources changed. Sourced by nucleon and check.
# shellcheck source=distribution/src/main/sh/jdk.sh
source "${BASH_SOURCE[0]%/*}/jdk.sh"

say() { printf '%s\n' "$*" >&2; }

# with_progress LABEL LOG COMMAND…: runs it with its output in LOG; after 400 ms says so, then redraws on a terminal or adds a
# line every 10 s elsewhere. Returns the command's status.
with_progress() {
    local label=$1 log=$2 pid start=$SECONDS tick=0 shown=0
    shift 2
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    # A command in the background doesn't see Ctrl-C by itself.
    trap 'kill "$pid" 2>/dev/null; exit 130' INT
    trap 'kill "$pid" 2>/dev/null; exit 143' TERM
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        tick=$((tick + 1))
        ((tick >= 2)) || continue
        if [[ -t 2 ]]; then
            printf '\r\e[K%s  %d s' "$label" $((SECONDS - start)) >&2
        elif ((shown == 0 || SECONDS - start >= 10 * shown)); then
            if ((shown == 0)); then say "$label"; else say "$label  $((SECONDS - start)) s"; fi
            shown=$((shown + 1))
        fi
    done
    trap - INT TERM
    [[ ! -t 2 ]] || printf '\r\e[K' >&2
    wait "$pid"
}

# can_install: Debian or Ubuntu, as root, and not forbidden by NUCLEON_INSTALL=off.
can_install() {
    [[ ${NUCLEON_INSTALL:-on} == on && $(id -u) == 0 && -r /etc/os-release ]] && command -v apt-get >/dev/null &&
        grep -qE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

apt_quiet() {
    local try
    for try in 1 2 3; do
        # The pause only paces a retry after a failed download.
        ((try == 1)) || sleep 3
        DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" && return
    done
    return 1
}

apt_install() { apt_quiet update && apt_quiet install --no-install-recommends "$@"; }

# install_packages NAME…: quietly, with one line. Returns apt-get's status; its output is in the log it names.
install_packages() {
    local log start=$SECONDS
    log=$(mktemp "${TMPDIR:-/tmp}/nucleon-apt.XXXXXX")
    if with_progress "setup   installing $* (apt-get)" "$log" apt_install "$@"; then
        say "ok      setup   $* installed  $((SECONDS - start)) s"
        rm -f "$log"
    else
        say "!       setup   apt-get could not install $*: $(grep -m1 '^E:' "$log" || tail -n 1 "$log")  (log: $log)"
        return 1
    fi
}

# maven_works COMMAND: is it Maven 3.9 or newer?
maven_works() {
    local version
    version=$("$1" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p')
    [[ -n $version ]] && ((${version%.*} > 3 || (${version%.*} == 3 && ${version#*.} >= 9)))
}

# find_maven: sets mvn. Needs JAVA_HOME.
find_maven() {
    local candidate
    for candidate in "${MAVEN_HOME:-/nowhere}/bin/mvn" "$(command -v mvn || true)" /usr/share/maven/bin/mvn /opt/maven/bin/mvn \
        /opt/apache-maven*/bin/mvn "${HOME:-/}"/.sdkman/candidates/maven/current/bin/mvn; do
        if [[ -x $candidate ]] && maven_works "$candidate"; then
            mvn=$candidate
            return 0
        fi
    done
    return 1
}

# require_tools: JDK, Maven and, for Python functions, python3: found or installed. Sets JAVA_HOME and mvn.
require_tools() {
    local missing=()
    find_java javac || missing+=("openjdk-$java_wanted-jdk-headless")
    if ((${#missing[@]})); then
        command -v mvn >/dev/null || missing+=(maven)
    else
        find_maven || missing+=(maven)
    fi
    command -v python3 >/dev/null || missing+=(python3)
    if ((${#missing[@]})) && can_install; then install_packages "${missing[@]}" || true; fi
    require_java javac
    find_maven || fail 5 NUC-8092 "no Maven 3.9 or newer found" \
        "the source tree is built with it; looked in MAVEN_HOME, on PATH, in /usr/share/maven, /opt and ~/.sdkman" \
        "apt-get install maven, or set MAVEN_HOME"
    # Debian's Maven warns of its own use of Unsafe on a JDK that is newer than it.
    export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
}

# sources TOP: name, size and times of all that Maven's part of dist/ is made from. The change time is in it because no copy,
# checkout or unpacking can set it back.
sources() (
    cd "$1" || exit
    find . -mindepth 1 \( -path ./polyglot -o -name target -o -name node_modules -o -name '.[a-z]*' -o -name __pycache__ -o -path ./dist -o -path ./tests \
        -o -path ./bench -o -path './wrappers/*/tests' -o -path '*/src/test' \) -prune \
        -o -type f \( -name pom.xml -o -path '*/src/*' -o -path './wrappers/*' -o -path ./nucleon \
            -o -path ./docs/cli.md -o -path ./docs/errors.md \) \
        -printf '%P %s %T@ %C@\n' | LC_ALL=C sort
)

# make_runnable TOP: leaves TOP/dist fit to run and JAVA_HOME set. No Maven if nothing changed since the last build.
make_runnable() {
    local top=$1 now built=''
    now=$(sources "$top")
    [[ ! -r $top/dist/.stamp ]] || built=$(<"$top/dist/.stamp")
    if [[ $now == "$built" ]] && find_java javac; then return; fi

    mkdir -p "$top/dist"
    exec 9>"$top/dist/.lock"
    if ! flock --nonblock 9; then
        say "build   waiting for another nucleon that builds"
        flock 9
    fi
    # Whoever held the lock may have built just this; and what is edited from here on is newer than the stamp.
    now=$(sources "$top")
    built=''
    [[ ! -r $top/dist/.stamp ]] || built=$(<"$top/dist/.stamp")
    if [[ $now != "$built" ]]; then
        build "$top" "$now" "$built"
        printf '%s\n' "$now" >"$top/dist/.stamp.new"
        mv "$top/dist/.stamp.new" "$top/dist/.stamp"
    fi
    exec 9>&-
    require_java javac
}

# make_polyglot TOP: leaves TOP/dist/lib/polyglot fit for functions of graaljs and graalpy: 250 MB of jars that nobody else needs.
make_polyglot() {
    local top=$1 now built='' start=$SECONDS log=$1/dist/polyglot.log
    now=$(cat "$top/dist/.stamp" && find "$top/polyglot/src/main" "$top/polyglot/pom.xml" -type f -printf '%P %s %T@ %C@\n' | LC_ALL=C sort)
    [[ ! -r $top/dist/lib/polyglot/.stamp ]] || built=$(<"$top/dist/lib/polyglot/.stamp")
    [[ $now != "$built" ]] || return 0
    exec 9>"$top/dist/.lock"
    flock 9
    require_tools
    with_progress "build   compiling the runtimes on GraalVM (the first time fetches 250 MB)" "$log" \
        "$mvn" -B -ntp -f "$top/pom.xml" -Dmaven.test.skip=true -pl polyglot -am package || build_failed "$log"
    mkdir -p "$top/dist/lib/polyglot"
    mirror "$top/polyglot/target/plugin" "$top/dist/lib/polyglot" >/dev/null
    printf '%s\n' "$now" >"$top/dist/lib/polyglot/.stamp"
    exec 9>&-
    say "ok      build   graaljs and graalpy  $((SECONDS - start)) s"
}

# build TOP NOW BUILT: jars by Maven unless only interpreted wrappers differ, then dist/ brought up to date.
build() {
    local top=$1 start=$SECONDS log=$1/dist/build.log commit
    local interpreted='^wrappers/(python|nodejs|dotnet|ruby|shell|protocol)/'
    if [[ $(grep -vE "$interpreted" <<<"$2") != "$(grep -vE "$interpreted" <<<"$3")" ]]; then
        require_tools
        commit=$(git -C "$top" rev-parse --short HEAD 2>/dev/null || echo unknown)
        with_progress "build   compiling with Maven (the first time fetches libraries)" "$log" \
            "$mvn" -B -ntp -f "$top/pom.xml" -Dmaven.test.skip=true "-Dnucleon.commit=$commit" -pl distribution -am package ||
            build_failed "$log"
        say "ok      build   $((SECONDS - start)) s"
    fi
    assemble "$top"
}

# maven_errors LOG: what a reader needs of it. Warnings are errors here, so the compiler's are shown too.
maven_errors() {
    grep -E '^\[(ERROR|WARNING)\] .*(\.java:\[|Could not|Failed to|Failure|forked VM|Crashed tests)|^\[ERROR\] [a-zA-Z.]*Test$|^  (symbol|location|found|required|reason): ' "$1" |
        grep -vE 'Help 1|Exception: ' | cut -c1-400 | awk '!seen[$0]++' | head -n 40 || tail -n 20 "$1"
}

build_failed() {
    maven_errors "$1" >&2
    fail 4 NUC-8093 "building nucleon from its sources failed" "Maven's first errors are above, all of it is in $1" \
        "fix the sources (a library that could not be fetched: try again), then run the same command"
}

# assemble TOP: brings dist/ to what was built. Files are replaced by renaming, only where their content differs, so that a JVM
# that runs from dist/ keeps the jars it has open.
assemble() {
    local top=$1 dist=$1/dist new=$1/distribution/target/dist changed
    mkdir -p "$dist"/{bin,lib,wrappers}
    changed=$(
        mirror "$new/lib" "$dist/lib"
        mirror "$top/builder/target/plugin" "$dist/lib/builder"
        mirror "$top/platform/target/plugin" "$dist/lib/platform"
        mirror "$top/wrappers" "$dist/wrappers"
        assemble_triggers "$top" "$dist/triggers"
        mirror_file "$top/nucleon" "$dist/bin/nucleon"
        mirror_file "$top/distribution/src/main/bin/nuctl" "$dist/bin/nuctl"
    )
    compile_wrappers "$dist/wrappers"
    map_for_node "$top/wrappers/nodejs" "$dist/wrappers/nodejs" "$dist/npm.log"
    if [[ $changed == *.jar* || $changed == *jvm.options* ]]; then rm -f "$dist"/lib/*.aot; fi
}

# assemble_triggers TOP TO: a folder for each plug-in that was built; prints the names that changed.
assemble_triggers() {
    local folder name
    for folder in "$1"/triggers/*/target/plugin; do
        # Without kinds it is only a part of others.
        [[ -f $folder/kinds ]] || continue
        name=${folder%/target/plugin}
        mirror "$folder" "$2/${name##*/}"
    done
    for folder in "$2"/*; do
        [[ ! -d $folder || -f $1/triggers/${folder##*/}/target/plugin/kinds ]] || rm -rf "$folder"
    done
}

# compile_wrappers FOLDER: those whose compiler is here; else they are compiled at their first start.
compile_wrappers() {
    local dotnet
    # Python does so by itself, but where it may not write it takes each worker longer than all the rest of its start.
    if command -v python3 >/dev/null; then python3 -m compileall -q "$1/python" >"$1/../python.log" 2>&1 || true; fi
    dotnet=$(command -v dotnet) || return 0
    [[ ! -f $1/dotnet/compile.sh ]] || sh "$1/dotnet/compile.sh" ship "$dotnet" >"$1/../dotnet.log" 2>&1 || true
}

# map_for_node WRAPPER SHIPPED LOG: the one package that the Node.js wrapper can use, which maps shared memory. Where npm or the network is
# missing there is none: the events of Node.js functions then travel over the socket, and the processor says why.
map_for_node() {
    local package=node_modules/koffi/package.json
    if [[ ! -f $1/$package ]]; then
        command -v npm >/dev/null || return 0
        timeout 60 npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --fetch-retries=1 >"$3" 2>&1 || return 0
    fi
    if ! cmp -s "$1/$package" "$2/$package"; then
        rm -rf "${2:?}/node_modules"
        cp -Rp "$1/node_modules" "$2/node_modules"
    fi
}

# mirror FROM TO: prints the names that changed.
mirror() {
    local name
    [[ -d $1 ]] || return 0
    while IFS= read -r name; do mirror_file "$1/$name" "$2/$name"; done < <(shipped "$1")
    comm -13 <(shipped "$1") <(shipped "$2" | grep -vE '^([a-z]*\.aot(\..*)?|\.aot\.lock|(polyglot|builder|platform)/.*)$' || true) | while IFS= read -r name; do
        rm -f "${2:?}/$name"
        echo "$name"
    done
}

# What a processor needs of a folder: no tests, no caches, nothing that was or will be compiled (that goes into lib/).
shipped() {
    find "$1" \( -name __pycache__ -o -name tests -o -name bench -o -name protocol -o -name src -o -name target -o -name node_modules \
        -o -name obj -o -name built -o -name '.*_cache' \) -prune -o -type f ! -name pom.xml ! -name '*.md' -printf '%P\n' | LC_ALL=C sort
}

mirror_file() {
    if ! cmp -s "$1" "$2"; then
        mkdir -p "${2%/*}"
        cp -p "$1" "$2.new"
        mv -f "$2.new" "$2"
        echo "${2##*/}"
    fi
}
