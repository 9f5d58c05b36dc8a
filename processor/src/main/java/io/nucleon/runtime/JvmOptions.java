package io.nucleon.runtime;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.NucleonException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code runtimeAttributes.jvmOptions}. Stateless. */
public final class JvmOptions {

    private static final String KEY = "jvmOptions";

    private JvmOptions() {}

    /**
     * The options as given, empty for none.
     *
     * @throws NucleonException NUC-4033 if they are no list of text, in nuclio's words
     */
    public static List<String> of(RuntimeSetting setting) {
        Object given = setting.attributes().get(KEY);
        if (given == null) {
            return List.of();
        }
        if (!(given instanceof List<?> list)) {
            throw wrong(setting, "jvmOptions is not a list but " + shown(given));
        }
        List<String> options = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof String option)) {
                throw wrong(setting, "jvmOptions " + i + " is not a string but " + shown(list.get(i)));
            }
            options.add(option);
        }
        return List.copyOf(options);
    }

    private static String shown(Object value) {
        return value == null ? "nothing" : "'" + value + "'";
    }

    private static NucleonException wrong(RuntimeSetting setting, String why) {
        return ErrorMessage.of(
                        ErrorCode.RUNTIME_ATTRIBUTE_INVALID,
                        "starting function '" + setting.name() + "' failed",
                        why,
                        "write runtimeAttributes.jvmOptions as a list: [\"-Xmx512m\", \"-XX:+UseSerialGC\"]")
                .toException();
    }
}
