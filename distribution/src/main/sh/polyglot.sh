# shellcheck shell=bash
# Which commands start functions on GraalVM, and the JVM flags for those alone. Sourced by nucleon.

# wants_polyglot VERB ARGUMENT…: does the command start a function of runtime graaljs or graalpy?
wants_polyglot() {
    local verb=$1 word before='' config=/etc/nuclio/config/processor/processor.yaml
    shift
    case $verb in run | processor | bench) ;; *) return 1 ;; esac
    for word in "$@"; do
        case $word in
            --runtime=graaljs | --runtime=graalpy) return 0 ;;
            graaljs | graalpy) [[ $before != --runtime ]] || return 0 ;;
            --config=* | -config=*) config=${word#*=} ;;
            -*) ;;
            *)
                [[ $before != --config && $before != -config ]] || config=$word
                [[ $verb == processor ]] || ! names_polyglot "$word" || return 0
                ;;
        esac
        before=$word
    done
    [[ $verb == processor ]] && names_polyglot "$config"
}

# names_polyglot PATH: is it a function's folder, its function.yaml, or a source file with a block, that names one of the two?
names_polyglot() {
    local file=$1
    [[ ! -d $file ]] || file=$file/function.yaml
    [[ -f $file ]] && grep -qE "^[^:]*runtime[\"']?: *[\"']?graal(js|py)\\b" "$file"
}

# polyglot_flags DIST: adds to `flags` what makes the Graal compiler the JVM's own, where its jars are.
polyglot_flags() {
    [[ ! -d $1/lib/polyglot/compiler ]] ||
        flags+=(-XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI "--upgrade-module-path=$1/lib/polyglot/compiler")
}
