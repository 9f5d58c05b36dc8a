package io.nucleon.runtime.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.nucleon.invoke.Event;
import io.nucleon.invoke.TriggerSource;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** An event with the values that a golden document gives to a frame; can only be written, not asked. */
final class GoldenEvent implements Event {

    private static final int METHOD_IN_EXTRA = 255;
    private static final String METHOD = "method\0";

    private final Map<String, JsonNode> values;
    private final byte[] bodyBytes;

    GoldenEvent(Map<String, JsonNode> values, byte[] bodyBytes) {
        this.values = values;
        this.bodyBytes = bodyBytes;
    }

    byte[] bodyBytes() {
        return bodyBytes;
    }

    private long number(String key, long otherwise) {
        return values.containsKey(key) ? values.get(key).bigIntegerValue().longValue() : otherwise;
    }

    /** The bytes of a section that a frame describes. */
    static byte[] section(Map<String, JsonNode> values, String name) {
        byte[] once = values.containsKey(name + "Hex")
                ? HexFormat.of().parseHex(values.get(name + "Hex").textValue())
                : text(values, name).getBytes(UTF_8);
        int times =
                values.containsKey(name + "Times") ? values.get(name + "Times").intValue() : 1;
        byte[] all = new byte[once.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(once, 0, all, i * once.length, once.length);
        }
        return all;
    }

    private static String text(Map<String, JsonNode> values, String name) {
        return values.containsKey(name) ? values.get(name).textValue() : "";
    }

    private boolean has(String flag) {
        return List.of(text(values, "flags").split("\\|")).contains(flag);
    }

    boolean isBatched() {
        return has("BATCHED");
    }

    long correlation() {
        return number("correlation", 0);
    }

    int epoch() {
        return (int) number("epoch", 0);
    }

    long arenaOffset() {
        return number("arenaOffset", 0);
    }

    @Override
    public TriggerSource source() {
        return new TriggerSource((int) number("code", 0) >> 8, "golden", "http", "sync");
    }

    @Override
    public long timeNanos() {
        return number("time", 0);
    }

    @Override
    public String method() {
        int index = (int) number("code", 0) & 0xFF;
        return index == METHOD_IN_EXTRA
                ? wholeExtra().substring(methodAt() + METHOD.length())
                : EventEncoder.METHODS.get(index);
    }

    private String wholeExtra() {
        return text(values, "extra");
    }

    private int methodAt() {
        return wholeExtra().lastIndexOf(METHOD);
    }

    @Override
    public int shard() {
        return (int) number("shard", -1);
    }

    @Override
    public long streamOffset() {
        return number("streamOffset", 0);
    }

    @Override
    public boolean lastInBatch() {
        return has("LAST_IN_BATCH");
    }

    @Override
    public boolean hasObjectBody() {
        return has("OBJECT");
    }

    @Override
    public int headBound() {
        int bound = 0;
        for (String name : List.of("path", "contentType", "id", "extra", "headers")) {
            bound += section(values, name).length;
        }
        return bound;
    }

    @Override
    public void putPath(ByteBuffer target) {
        target.put(section(values, "path"));
    }

    @Override
    public void putContentType(ByteBuffer target) {
        target.put(section(values, "contentType"));
    }

    @Override
    public void putId(ByteBuffer target) {
        target.put(section(values, "id"));
    }

    /** Without the method, which the encoder adds. */
    @Override
    public void putExtra(ByteBuffer target) {
        String others = methodAt() < 0 ? wholeExtra() : wholeExtra().substring(0, Math.max(0, methodAt() - 1));
        target.put(others.getBytes(UTF_8));
    }

    @Override
    public void putHeaders(ByteBuffer target) {
        target.put(section(values, "headers"));
    }

    @Override
    public int bodyLength() {
        return bodyBytes.length;
    }

    @Override
    public void putBody(ByteBuffer target, int from, int length) {
        target.put(bodyBytes, from, length);
    }

    @Override
    public String path() {
        throw new AssertionError("the encoder decodes nothing");
    }

    @Override
    public String query() {
        throw new AssertionError("the encoder decodes nothing");
    }

    @Override
    public String contentType() {
        throw new AssertionError("the encoder decodes nothing");
    }

    @Override
    public String header(String name) {
        throw new AssertionError("the encoder decodes nothing");
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> consumer) {
        throw new AssertionError("the encoder decodes nothing");
    }

    @Override
    public ByteBuffer body() {
        throw new AssertionError("the encoder decodes nothing");
    }
}
