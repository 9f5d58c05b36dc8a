package io.nucleon.admin;

import io.nucleon.spec.field.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes the secrets out of a configuration before it is shown: by the name of a field or of an environment variable, and passwords in
 * URLs wherever they are. Pure functions.
 */
final class Redaction {

    /** The password between {@code scheme://user:} and {@code @}. */
    private static final Pattern URL_PASSWORD = Pattern.compile("(\\w://[^\\s/:@]*:)[^\\s/@]+@");

    /** Deeper is no configuration; ends a loop too. */
    private static final int MAX_DEPTH = 64;

    private Redaction() {}

    /** A copy without secrets. */
    static Object of(Object shown) {
        return of(shown, 0);
    }

    private static Object of(Object shown, int depth) {
        return switch (shown) {
            case Map<?, ?> map when depth < MAX_DEPTH -> map(map, depth);
            case List<?> list
            when depth < MAX_DEPTH -> {
                List<Object> copy = new ArrayList<>(list.size());
                list.forEach(item -> copy.add(of(item, depth + 1)));
                yield copy;
            }
            case Map<?, ?> tooDeep -> Secrets.MASK;
            case List<?> tooDeep -> Secrets.MASK;
            case String text -> URL_PASSWORD.matcher(text).replaceAll("$1" + Secrets.MASK + "@");
            case null -> null;
            default -> shown;
        };
    }

    private static Map<String, Object> map(Map<?, ?> map, int depth) {
        boolean secretVariable = map.get("name") instanceof String name && Secrets.isSecret(name);
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            boolean secret = Secrets.isSecret(name) || (secretVariable && name.equals("value"));
            copy.put(name, secret ? mask(value) : of(value, depth + 1));
        });
        return copy;
    }

    /** Whether there is a secret at all may be told, and so may the fields of one that is only referred to. */
    private static Object mask(Object secret) {
        return secret == null || "".equals(secret) || secret instanceof Boolean ? secret : Secrets.MASK;
    }
}
