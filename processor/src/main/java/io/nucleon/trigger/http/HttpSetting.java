package io.nucleon.trigger.http;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.trigger.TriggerSetting;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The trigger's attributes, read and checked. Names and defaults are nuclio's ({@code nuclio: pkg/processor/trigger/http/types.go});
 * attributes that concern the platform only ({@code port}, {@code ingresses}, …) are not looked at here.
 *
 * @param headBytes {@code readBufferSize}: the most that request line and headers may have together
 * @param bodyBytes {@code maxRequestBodySize}: the most that a body may have
 * @param cors null when not enabled
 * @param fileFolders {@code fileStreamDirectories} (our own): if not empty, only files below these are streamed
 */
record HttpSetting(InetSocketAddress address, int headBytes, int bodyBytes, CorsPolicy cors, List<Path> fileFolders) {

    private static final String DEFAULT_URL = ":8080";
    private static final int DEFAULT_HEAD_BYTES = 16 * 1024;
    private static final int DEFAULT_BODY_BYTES = 4 * 1024 * 1024;
    private static final long DEFAULT_MAX_AGE_SECONDS = 5;
    private static final List<String> DEFAULT_METHODS =
            List.of("HEAD", "GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");
    private static final List<String> DEFAULT_HEADERS =
            List.of("Accept", "Content-Length", "Content-Type", "Authorization", "X-Nuclio-Log-Level");

    HttpSetting {
        fileFolders = List.copyOf(fileFolders);
    }

    /**
     * Reads them.
     *
     * @throws io.nucleon.error.NucleonException NUC-1010 for a value that can't be
     */
    static HttpSetting read(TriggerSetting setting) {
        Attributes attributes = new Attributes(setting.source().name(), setting.attributes());
        String url = setting.url().isEmpty() ? DEFAULT_URL : setting.url();
        List<Path> folders = new ArrayList<>();
        for (String folder : attributes.list("fileStreamDirectories", List.of())) {
            folders.add(Path.of(folder).toAbsolutePath().normalize());
        }
        return new HttpSetting(
                attributes.address(url),
                attributes.positive("readBufferSize", DEFAULT_HEAD_BYTES),
                attributes.positive("maxRequestBodySize", DEFAULT_BODY_BYTES),
                cors(attributes.map("cors")),
                folders);
    }

    private static CorsPolicy cors(Attributes cors) {
        if (!cors.flag("enabled")) {
            return null;
        }
        return new CorsPolicy(
                cors.list("allowOrigins", List.of("*")),
                cors.list("allowMethods", DEFAULT_METHODS),
                cors.list("allowHeaders", DEFAULT_HEADERS),
                cors.list("exposeHeaders", List.of()),
                cors.flag("allowCredentials"),
                cors.number("preflightMaxAgeSeconds", DEFAULT_MAX_AGE_SECONDS),
                cors.text("preflightRequestMethod", "OPTIONS"));
    }

    /** Attributes by name, case ignored; a number or a flag may be written as text. */
    private record Attributes(String trigger, Map<String, Object> values) {

        private Object value(String name) {
            for (Map.Entry<String, Object> entry : values.entrySet()) {
                if (entry.getKey().equalsIgnoreCase(name)) {
                    return entry.getValue();
                }
            }
            return null;
        }

        private String text(String name, String missing) {
            Object value = value(name);
            if (value == null || value.toString().isEmpty()) {
                return missing;
            }
            String text = value.toString();
            if (text.chars().anyMatch(c -> c < ' ' || c > 0xff)) {
                throw wrong(name, value, "plain text");
            }
            return text;
        }

        private long number(String name, long missing) {
            Object value = value(name);
            try {
                return value == null ? missing : Long.parseLong(value.toString());
            } catch (NumberFormatException e) {
                throw wrong(name, value, "a whole number");
            }
        }

        private int positive(String name, int missing) {
            long value = number(name, missing);
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw wrong(name, value, "a number of bytes below 2 GiB");
            }
            return value == 0 ? missing : (int) value;
        }

        private boolean flag(String name) {
            Object value = value(name);
            return switch (value == null ? "false" : value.toString().toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false", "" -> false;
                default -> throw wrong(name, value, "true or false");
            };
        }

        private List<String> list(String name, List<String> missing) {
            Object value = value(name);
            if (value == null) {
                return missing;
            }
            if (!(value instanceof List<?> list)) {
                throw wrong(name, value, "a list");
            }
            List<String> texts = new ArrayList<>();
            for (Object one : list) {
                texts.add(new Attributes(trigger, Map.of(name, one)).text(name, ""));
            }
            return texts.isEmpty() ? missing : texts;
        }

        private Attributes map(String name) {
            Object value = value(name);
            if (value == null) {
                return new Attributes(trigger, Map.of());
            }
            if (!(value instanceof Map<?, ?> map)) {
                throw wrong(name, value, "a map");
            }
            Map<String, Object> values = new java.util.HashMap<>();
            map.forEach((key, one) -> values.put(String.valueOf(key), one));
            return new Attributes(trigger, values);
        }

        private InetSocketAddress address(String url) {
            String bare = url.startsWith("http://") ? url.substring("http://".length()) : url;
            int colon = bare.lastIndexOf(':');
            try {
                int port = Integer.parseInt(bare.substring(colon + 1));
                String host = colon < 0 ? "" : bare.substring(0, colon);
                if (host.startsWith("[") && host.endsWith("]")) {
                    host = host.substring(1, host.length() - 1);
                }
                return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
            } catch (IllegalArgumentException e) {
                throw wrong("url", url, "HOST:PORT or :PORT");
            }
        }

        private io.nucleon.error.NucleonException wrong(String name, Object value, String wanted) {
            return ErrorMessage.of(
                            ErrorCode.FIELD_TYPE_WRONG,
                            "trigger '" + trigger + "' has a setting that can't be used",
                            "'" + name + "' is '" + value + "'",
                            "set it to " + wanted)
                    .toException();
        }
    }
}
