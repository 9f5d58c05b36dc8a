package io.nucleon.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** One frame as a golden document describes it; what it does not say has the default that the documents' maker names. */
public record GoldenFrame(Map<String, String> values) {

    private static final List<String> FLAGS =
            List.of("MORE", "FAILED", "BATCH", "BATCHED", "NO_ACK", "LAST_IN_BATCH", "DISCARDED", "OBJECT");

    long number(String key, long otherwise) {
        String digits = values.get(key);
        if (digits == null) {
            return otherwise;
        }
        return digits.startsWith("-") ? Long.parseLong(digits) : Long.parseUnsignedLong(digits);
    }

    /** The type's number, also of a type that no frame has. */
    public int type() {
        String type = values.get("type");
        int known = FrameLayout.typeNamed(type);
        return known > 0 ? known : Integer.parseInt(type);
    }

    private int flags() {
        int flags = 0;
        for (String name : values.getOrDefault("flags", "").split("\\|")) {
            flags |= name.isEmpty() ? 0 : 1 << indexOf(name);
        }
        return flags;
    }

    private static int indexOf(String flag) {
        int index = FLAGS.indexOf(flag);
        if (index < 0) {
            throw new IllegalArgumentException("flag " + flag);
        }
        return index;
    }

    private String sectionHex(String name) {
        String hex = values.get(name + "Hex");
        if (hex == null) {
            hex = HexFormat.of().formatHex(values.getOrDefault(name, "").getBytes(UTF_8));
        }
        return hex.repeat((int) number(name + "Times", 1));
    }

    FrameContent content() {
        long arenaOffset = number("arenaOffset", 0);
        String body = sectionHex("body");
        return new FrameContent(
                type(),
                flags(),
                (int) number("code", 0),
                number("correlation", 0),
                number("time", 0),
                (int) number("epoch", 0),
                (int) number("shard", -1),
                number("streamOffset", 0),
                arenaOffset,
                body.length() / 2,
                sectionHex("path"),
                sectionHex("contentType"),
                sectionHex("id"),
                sectionHex("extra"),
                sectionHex("headers"),
                arenaOffset == 0 ? body : "");
    }
}
