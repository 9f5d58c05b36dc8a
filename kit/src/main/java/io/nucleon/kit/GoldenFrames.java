package io.nucleon.kit;

import io.nucleon.host.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A golden document that a worker must refuse: {@code golden/NAME.yaml} and its bytes. Immutable.
 *
 * @param values of the document, by key
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GoldenFrames(String name, Map<String, Object> values, byte[] bytes) {

    /** Those whose receiver is a worker, and that a ring with nothing in it can hold. */
    private static final List<String> HOSTILE = List.of(
            "hostile-length-short",
            "hostile-length-long",
            "hostile-length-beyond",
            "hostile-body-beyond",
            "hostile-type-zero",
            "hostile-type-unknown",
            "hostile-wrong-direction",
            "hostile-arena-outside",
            "hostile-arena-overflow",
            "hostile-pad-short",
            "hostile-pad-long",
            "hostile-head-far",
            "hostile-head-unaligned");

    static List<GoldenFrames> hostile() {
        return HOSTILE.stream().map(GoldenFrames::read).toList();
    }

    private static GoldenFrames read(String name) {
        return new GoldenFrames(
                name, parse(new String(resource(name + ".yaml"), StandardCharsets.UTF_8)), resource(name + ".bin"));
    }

    /** Lines of {@code key: value}, the value JSON. */
    private static Map<String, Object> parse(String text) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int colon = line.indexOf(": ");
            if (!line.startsWith("#") && colon > 0) {
                String json = "{\"value\":" + line.substring(colon + 2) + "}";
                values.put(
                        line.substring(0, colon),
                        JsonReader.object(json).orElseThrow().get("value"));
            }
        }
        return values;
    }

    private static byte[] resource(String file) {
        try (InputStream in = GoldenFrames.class.getResourceAsStream("golden/" + file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading golden/" + file + " failed", e);
        }
    }

    String violation() {
        return String.valueOf(values.get("violation"));
    }

    /** Whether the bytes are a ring's memory. */
    boolean isForRings() {
        return values.containsKey("ring");
    }

    long ringSize() {
        return number("ring");
    }

    long head() {
        return number("head");
    }

    private long number(String key) {
        return values.get(key) instanceof BigDecimal number ? number.longValueExact() : 0;
    }
}
