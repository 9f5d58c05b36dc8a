# shellcheck shell=bash
# Which commands start functions on GraalVM, and the JVM flags for those alone. Sourced by nucleon.

# wants_polyglot VERB ARGUMENT…: does the command start a function of runtime graaljs or graalpy?
wants_polyglot() {
    local verb=$1 word before='' place='' config=/etc/nuclio/config/processor/processor.yaml
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
                if [[ $verb != processor && -e $word ]]; then
                    place=$word
                    ! names_polyglot "$word" || return 0
                fi
                ;;
        esac
        before=$word
    done
    case $verb in
        processor) names_polyglot "$config" ;;
        *) [[ -z $place ]] && names_polyglot . ;;
    esac
}

# names_polyglot PATH: does it name one of the two: a function.yaml, a source file by its block, a function's folder, a folder of these?
names_polyglot() {
    local files=("$1")
    [[ ! -d $1 ]] || files=("$1"/{,*/}{function.yaml,*.js,*.mjs,*.cjs,*.py})
    grep -sqE "(^|[^A-Za-z_-])runtime[\"']?: *[\"']?graal(js|py)\\b" -- "${files[@]}"
}

# polyglot_flags DIST: adds to `flags` what makes the Graal compiler the JVM's own, where its jars are.
polyglot_flags() {
    [[ ! -d $1/lib/polyglot/compiler ]] ||
        flags+=(-XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI "--upgrade-module-path=$1/lib/polyglot/compiler")
}
