# shellcheck shell=bash
# Builds, in the source tree, the triggers that a command's functions use: their clients are libraries that nobody else needs. Sourced by
# nucleon, after build.sh.

# trigger_modules TOP ARGUMENT…: modules below triggers/ one of whose kinds an argument is, or a function.yaml or source file names that an
# argument leads to: itself, in its folder, in a folder of that.
trigger_modules() {
    local top=$1 word value files=(./function.yaml) words=() kinds pattern
    shift
    for word; do
        value=${word#--*=}
        words+=("$value")
        if [[ -d $value ]]; then files+=("$value"/{,*/}{*.yaml,*.py,*.js,*.mjs,*.ts,*.java,*.cs,*.sh,*.rb}); else files+=("$value"); fi
    done
    for kinds in "$top"/triggers/*/src/main/plugin/kinds; do
        pattern=$(paste -sd'|' "$kinds")
        if printf '%s\n' ${words[@]+"${words[@]}"} | grep -qxE "$pattern" ||
            grep -sqE "kind[\"']?: *[\"']?($pattern)\\b" -- "${files[@]}"; then
            kinds=${kinds%/src/main/plugin/kinds}
            printf '%s\n' "${kinds##*/}"
        fi
    done
}

# make_triggers TOP MODULE…: leaves them in TOP/dist/triggers as their sources are now.
make_triggers() {
    local top=$1 module list='' missing=() start=$SECONDS log=$1/dist/triggers.log
    shift
    for module; do
        [[ -d $top/dist/triggers/$module && $(cat "$top/dist/triggers/.$module" 2>/dev/null) == "$(<"$top/dist/.stamp")" ]] ||
            missing+=("$module")
    done
    ((${#missing[@]})) || return 0
    exec 9>"$top/dist/.lock"
    flock 9
    require_tools
    for module in "${missing[@]}"; do list+=${list:+,}triggers/$module; done
    with_progress "build   compiling the triggers ${missing[*]} (the first time fetches their clients)" "$log" \
        "${mvn:?}" -B -ntp -f "$top/pom.xml" -Dmaven.test.skip=true -pl "$list" -am package || build_failed "$log"
    assemble_triggers "$top" "$top/dist/triggers" >/dev/null
    for module in "${missing[@]}"; do cp "$top/dist/.stamp" "$top/dist/triggers/.$module"; done
    exec 9>&-
    say "ok      build   ${missing[*]}  $((SECONDS - start)) s"
}
