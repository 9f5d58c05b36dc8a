package io.nucleon.builder.image;

/** The two programs of nuclio's that an image has to have, for any POSIX shell. Stateless. */
final class ImageScripts {
    private ImageScripts() {}

    /** The image's command; the order of jars is that of the launcher. */
    static String processor() {
        return """
                #!/bin/sh
                # The processor, as nuclio's images name it. Flags are nuclio's: --config, --platform-config, --list-runtimes, --version.
                home=${NUCLEON_HOME:-%s}
                LC_ALL=C
                path=
                for jar in "$home"/lib/*.jar; do path="$path${path:+:}$jar"; done
                # Good for this Java and these jars alone; the JVM starts without a word about one that isn't.
                aot=
                [ ! -r "$home/lib/processor.aot" ] || aot="-XX:AOTCache=$home/lib/processor.aot -Xlog:aot*=off,cds*=off"
                # shellcheck disable=SC2086 # several flags
                exec "$home/jre/bin/java" $aot "@$home/lib/jvm.options" "-Dnucleon.home=$home" "-Djava.library.path=$home/lib/native" ${NUCLEON_JAVA_FLAGS-} -cp "$path" \\
                    io.nucleon.app.Main processor "$@"
                """.formatted(ImagePlan.HOME);
    }

    /** nuclio's health client, {@code uhttpc --url URL}: by whatever the base image has, what costs least first: it is started each second. */
    static String healthClient() {
        return """
                #!/bin/sh
                # Ends with 0 if the URL answers with a status below 400.
                url=http://127.0.0.1:8082/ready
                while [ $# -gt 0 ]; do
                    case $1 in
                        --url | -url) url=$2; shift ;;
                        --url=* | -url=*) url=${1#*=} ;;
                    esac
                    shift
                done
                if command -v bash >/dev/null 2>&1; then
                    exec bash -c 'u=${1#http://}; h=${u%%/*}; exec 3<>"/dev/tcp/${h%:*}/${h#*:}" && printf "GET /%s HTTP/1.0\\r\\n\\r\\n" "${u#*/}" >&3 && read -r _ s _ <&3 && [ "$s" -lt 400 ]' - "$url"
                fi
                if command -v curl >/dev/null 2>&1; then exec curl -fsS -m 3 -o /dev/null "$url"; fi
                if command -v wget >/dev/null 2>&1; then exec wget -q -T 3 -O /dev/null "$url"; fi
                if command -v python3 >/dev/null 2>&1; then
                    exec python3 -I -S -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=3)' "$url"
                fi
                if command -v node >/dev/null 2>&1; then
                    exec node -e 'require("http").get(process.argv[1], r => process.exit(r.statusCode < 400 ? 0 : 1)).on("error", () => process.exit(1))' "$url"
                fi
                echo "uhttpc: no curl, wget, python3, node or bash to ask with" >&2
                exit 2
                """;
    }
}
