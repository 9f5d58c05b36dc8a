package io.nucleon.polyglot;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NearestName;
import io.nucleon.error.NucleonException;
import io.nucleon.runtime.RuntimeSetting;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the contexts of one function are made with. Immutable.
 *
 * @param home where Nucleon is unpacked; the wrappers of the two languages are read from it
 * @param environment all that the code sees of an environment
 * @param statements a context runs so many statements an event at most; 0 = no limit
 * @param heapMegabytes of the JVM of {@code isolation: process}
 */
record GuestSetting(
        GuestLanguage language,
        String function,
        Path home,
        Path directory,
        Map<String, String> environment,
        Files files,
        Network network,
        long statements,
        int heapMegabytes) {

    /** Of a function's own folder. */
    enum Files {
        RO,
        RW,
        NONE
    }

    /** Whom the code can call. */
    enum Network {
        /** Nobody. */
        NONE,
        /** Other functions, by the platform. */
        FUNCTIONS,
        /** Anybody. */
        ANY
    }

    private static final String KEY = "polyglot";
    private static final List<String> KEYS = List.of("files", "network", "statements", "memory");
    /** A context of either language, its function and some bodies fit; measured 2026-11 (docs/polyglot.md). */
    private static final int HEAP_MEGABYTES = 512;

    private static final int LEAST_HEAP_MEGABYTES = 64;

    GuestSetting {
        environment = Map.copyOf(environment);
    }

    /**
     * Reads {@code runtimeAttributes.polyglot}.
     *
     * @throws NucleonException NUC-4033 for a key or value that is none
     */
    static GuestSetting of(RuntimeSetting setting, GuestLanguage language, Path home) {
        Object given = setting.attributes().getOrDefault(KEY, Map.of());
        if (!(given instanceof Map<?, ?> map)) {
            throw wrong(setting, "polyglot is no mapping", "write polyglot: {files: ro, network: none}");
        }
        for (Object key : map.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                throw wrong(
                        setting,
                        "polyglot has no '" + key + "'",
                        NearestName.advice(String.valueOf(key), KEYS, "use one of: "));
            }
        }
        return new GuestSetting(
                language,
                setting.name(),
                home,
                setting.directory(),
                environment(setting),
                choice(setting, map, "files", Files.RO),
                choice(setting, map, "network", Network.FUNCTIONS),
                number(setting, map, "statements", 0, 0, Long.MAX_VALUE),
                (int) number(setting, map, "memory", HEAP_MEGABYTES, LEAST_HEAP_MEGABYTES, 1 << 20));
    }

    private static Map<String, String> environment(RuntimeSetting setting) {
        Map<String, String> environment = new TreeMap<>(setting.environment());
        environment.put("NUCLIO_FUNCTION_NAME", setting.name());
        environment.put("NUCLIO_FUNCTION_DESCRIPTION", setting.description());
        environment.put("NUCLIO_FUNCTION_VERSION", Integer.toString(setting.version()));
        environment.put("NUCLIO_FUNCTION_HANDLER", setting.handler());
        environment.put("NUCLIO_HANDLER", setting.handler());
        return environment;
    }

    private static <E extends Enum<E>> E choice(RuntimeSetting setting, Map<?, ?> map, String key, E otherwise) {
        Object given = map.get(key);
        if (given == null) {
            return otherwise;
        }
        List<String> words = java.util.Arrays.stream(
                        otherwise.getDeclaringClass().getEnumConstants())
                .map(GuestSetting::word)
                .toList();
        if (!words.contains(String.valueOf(given))) {
            throw wrong(
                    setting,
                    "polyglot." + key + " is '" + given + "'",
                    NearestName.advice(String.valueOf(given), words, "use one of: "));
        }
        return Enum.valueOf(otherwise.getDeclaringClass(), String.valueOf(given).toUpperCase(Locale.ROOT));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private static long number(
            RuntimeSetting setting, Map<?, ?> map, String key, long otherwise, long least, long most) {
        Object given = map.get(key);
        if (given == null) {
            return otherwise;
        }
        if (given instanceof Number number && number.longValue() >= least && number.longValue() <= most) {
            return number.longValue();
        }
        throw wrong(
                setting,
                "polyglot." + key + " is '" + given + "'",
                "give a whole number from " + least + " on" + (key.equals("memory") ? " (MiB)" : ""));
    }

    static NucleonException wrong(RuntimeSetting setting, String why, String fix) {
        return ErrorMessage.of(
                        ErrorCode.RUNTIME_ATTRIBUTE_INVALID,
                        "starting function '" + setting.name() + "' failed",
                        "runtimeAttributes." + why,
                        fix)
                .toException();
    }
}
