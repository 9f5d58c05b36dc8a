package io.nucleon.runtime.shell;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import io.nucleon.runtime.RuntimeSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code spec.runtimeAttributes} of a shell function. Immutable.
 *
 * @param arguments behind script or command, as one text
 * @param argumentHeader whether a request may bring others
 * @param throughShell whose arguments of a command on PATH a shell reads
 * @param errorsApart whether standard error goes to the log instead of into the answer
 * @param streamAfterBytes an answer that is longer is sent as it comes; its status is 200 then, whatever the exit code
 * @param responseHeaders pairs block, sent with every answer
 * @param resident whether one process answers event after event
 * @param framing how it tells one from the next
 */
record ShellSetting(
        String arguments,
        boolean argumentHeader,
        ThroughShell throughShell,
        boolean errorsApart,
        int streamAfterBytes,
        String responseHeaders,
        boolean resident,
        Framing framing) {

    /** An answer up to this size is nuclio's in all respects; more would be held in memory for each worker. */
    private static final int STREAM_AFTER_BYTES = 1 << 20;

    /** Whose arguments a shell reads. */
    enum ThroughShell {
        /** Nobody's. */
        NEVER,
        /** The function's own. */
        OWN,
        /** The request's too, as in nuclio: whoever may call the function may then run what he likes. */
        ALL
    }

    /** How a resident process tells one event from the next. */
    enum Framing {
        LINE,
        LENGTH
    }

    /** @throws NucleonException NUC-4033 */
    static ShellSetting of(RuntimeSetting setting) {
        Reader reader = new Reader(setting);
        return new ShellSetting(
                reader.words("arguments"),
                reader.truth("argumentHeader", true),
                reader.choice("throughShell", ThroughShell.NEVER),
                reader.choice("stderr", Errors.ANSWER) == Errors.LOG,
                reader.number("streamAfterBytes", STREAM_AFTER_BYTES),
                reader.pairs("responseHeaders"),
                reader.choice("mode", Mode.SPAWN) == Mode.RESIDENT,
                reader.choice("framing", Framing.LINE));
    }

    private enum Mode {
        SPAWN,
        RESIDENT
    }

    private enum Errors {
        ANSWER,
        LOG
    }

    private record Reader(RuntimeSetting setting) {

        private Object value(String key) {
            return setting.attributes().get(key);
        }

        String words(String key) {
            return switch (value(key)) {
                case null -> "";
                case List<?> list ->
                    String.join(" ", list.stream().map(String::valueOf).toList());
                case Map<?, ?> map -> throw wrong(key, "is a mapping", "write it as one text: \"-r --all\"");
                case Object one -> one.toString();
            };
        }

        boolean truth(String key, boolean otherwise) {
            return switch (value(key)) {
                case null -> otherwise;
                case Boolean truth -> truth;
                case Object other -> throw wrong(key, "is '" + other + "'", "write true or false");
            };
        }

        int number(String key, int otherwise) {
            return switch (value(key)) {
                case null -> otherwise;
                case Number number
                when number.longValue() >= 0 && number.longValue() <= Integer.MAX_VALUE -> number.intValue();
                case Object other -> throw wrong(key, "is '" + other + "'", "write a number of bytes");
            };
        }

        <E extends Enum<E>> E choice(String key, E otherwise) {
            Object value = value(key);
            if (value == null) {
                return otherwise;
            }
            List<String> words = new ArrayList<>();
            for (E one : otherwise.getDeclaringClass().getEnumConstants()) {
                String word = one.name().toLowerCase(Locale.ROOT);
                if (word.equals(value)) {
                    return one;
                }
                words.add(word);
            }
            throw wrong(key, "is '" + value + "'", "write one of: " + String.join(", ", words));
        }

        String pairs(String key) {
            return switch (value(key)) {
                case null -> "";
                case Map<?, ?> map -> {
                    List<String> parts = new ArrayList<>();
                    map.forEach((name, value) -> {
                        parts.add(String.valueOf(name));
                        parts.add(String.valueOf(value));
                    });
                    if (parts.stream().anyMatch(part -> part.indexOf('\0') >= 0)) {
                        throw wrong(key, "holds a NUL", "remove it");
                    }
                    yield String.join("\0", parts);
                }
                case Object other ->
                    throw wrong(
                            key, "is no mapping but '" + other + "'", "write it as a mapping: {X-Served-By: shell}");
            };
        }

        private NucleonException wrong(String key, String why, String fix) {
            return ErrorMessage.of(
                            ErrorCode.RUNTIME_ATTRIBUTE_INVALID,
                            "starting function '" + setting.name() + "' failed",
                            "runtimeAttributes." + key + " " + why,
                            fix)
                    .toException();
        }
    }
}
