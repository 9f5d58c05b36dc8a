package io.nucleon.runtime.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Place;
import io.nucleon.error.Severity;
import io.nucleon.invoke.TriggerSource;
import io.nucleon.runtime.RuntimeSetting;
import io.nucleon.transport.FrameLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The JSON of the hand-shake and of the other frames that come once a life (PROTOCOL.md §4). */
final class Hello {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_TEXT = 16 * 1024;
    private static final int MAX_FILES = 1000;

    /** As in nuclio read from the function's environment, which in an image is the processor's. */
    private static final String DECODE_EVENT_STRINGS = "NUCLIO_PYTHON_DECODE_EVENT_STRINGS";

    /** SIGUSR1, SIGUSR2: what a process may take for its own ends. */
    private static final Set<Integer> STACK_SIGNALS = Set.of(10, 12);

    private Hello() {}

    /**
     * What a worker says first.
     *
     * @param takesDescriptor whether it can receive the segment's descriptor
     * @param revokes whether events can be taken back from it on a socket too
     * @param stackSignal on which it prints where its handler is; 0 for none
     */
    record FromWorker(
            int major,
            int minor,
            String token,
            boolean shm,
            String why,
            boolean takesDescriptor,
            boolean revokes,
            int stackSignal) {}

    static FromWorker parse(byte[] json) throws IOException {
        JsonNode root = JSON.readTree(json);
        JsonNode protocol = root.path("protocol");
        return new FromWorker(
                protocol.path(0).asInt(-1),
                protocol.path(1).asInt(-1),
                root.path("token").asText(""),
                root.path("shm").asBoolean(false),
                cut(root.path("why").asText("")),
                root.path("fd").asBoolean(true),
                root.path("revoke").asBoolean(false),
                STACK_SIGNALS.contains(root.path("stack").asInt(0))
                        ? root.path("stack").asInt()
                        : 0);
    }

    /**
     * What a READY frame tells of the handler.
     *
     * @param async whether it can have several events open
     * @param files that it was made of, absolute
     */
    record Loaded(boolean async, Set<Path> files) {}

    static Loaded ready(byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            return new Loaded(root.path("async").asBoolean(false), files(root.path("files")));
        } catch (IOException e) {
            return new Loaded(false, Set.of()); // it is ready all the same
        }
    }

    private static Set<Path> files(JsonNode list) {
        Set<Path> files = new HashSet<>();
        for (JsonNode file : list) {
            String text = file.asText("");
            if (text.startsWith("/") && text.indexOf('\0') < 0 && files.size() < MAX_FILES) {
                files.add(Path.of(text).normalize());
            }
        }
        return files;
    }

    /** The error that a worker's FAULT frame describes. */
    static ErrorMessage fault(byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            List<String> fixes = new ArrayList<>();
            JsonNode fix = root.path("fix");
            if (fix.isTextual()) {
                fixes.add(cut(fix.asText()));
            }
            fix.forEach(one -> fixes.add(cut(one.asText())));
            return new ErrorMessage(
                    ErrorCode.of(root.path("code").asText()),
                    Severity.ERROR,
                    cut(root.path("title").asText("the worker did not start")),
                    cut(root.path("why").asText("")),
                    fixes.subList(0, Math.min(fixes.size(), 3)),
                    new Place(
                            cut(root.path("file").asText("")),
                            Math.max(0, root.path("line").asInt(0)),
                            Math.max(0, root.path("column").asInt(0)),
                            cut(root.path("source").asText("")),
                            ""),
                    "",
                    cut(root.path("detail").asText("")));
        } catch (IOException e) {
            return ErrorMessage.of(
                    ErrorCode.PROTOCOL_VIOLATION, "reading a worker's FAULT frame failed", "it is not JSON", "");
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    /**
     * What the processor answers.
     *
     * @param kind {@code shm} or {@code unix}
     */
    static byte[] toWorker(
            RuntimeSetting setting,
            int worker,
            long epoch,
            SegmentHandle segment,
            String kind,
            int inlineLimit,
            int maxFrame) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("protocol").add(FrameLayout.PROTOCOL_MAJOR).add(FrameLayout.PROTOCOL_MINOR);
        root.put("transport", kind).put("epoch", epoch).put("worker", worker);
        root.putObject("segment")
                .put("size", segment.size())
                .put("fd", segment.byDescriptor())
                .put("path", segment.path());
        root.put("inlineLimit", inlineLimit).put("maxFrame", maxFrame);
        root.put("inFlight", setting.inFlight()).put("mode", setting.asynchronous() ? "async" : "sync");
        root.put("body", setting.attribute("body", "copy"));
        root.put("spin", segment.spin());
        root.put("decodeEventStrings", decodeEventStrings(setting));
        root.put("terminationTimeoutMillis", setting.terminationTimeout().toMillis());
        ArrayNode methods = root.putArray("methods");
        EventEncoder.METHODS.forEach(methods::add);
        ArrayNode triggers = root.putArray("triggers");
        for (TriggerSource trigger : setting.triggers()) {
            triggers.addObject()
                    .put("kind", trigger.kind())
                    .put("name", trigger.name())
                    .put("class", trigger.className());
        }
        root.putObject("function")
                .put("name", setting.name())
                .put("namespace", setting.namespace())
                .put("version", setting.version())
                .put("description", setting.description())
                .put("handler", setting.handler())
                .put("directory", setting.directory().toString());
        root.putObject("trigger")
                .put("kind", setting.trigger().kind())
                .put("name", setting.trigger().name());
        root.putObject("platform")
                .put("kind", setting.platform().kind())
                .put("urls", setting.platform().urls());
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing HELLO failed", e);
        }
    }

    private static boolean decodeEventStrings(RuntimeSetting setting) {
        String inherited = System.getenv().getOrDefault(DECODE_EVENT_STRINGS, "");
        String value = setting.environment().getOrDefault(DECODE_EVENT_STRINGS, inherited);
        return !List.of("no", "false", "disable", "disabled").contains(value.toLowerCase(java.util.Locale.ROOT));
    }

    /** Text of a frame's section, cut to what a log line may hold. */
    static String text(java.nio.ByteBuffer section) {
        byte[] bytes = new byte[Math.min(section.remaining(), MAX_TEXT)];
        section.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * How the worker gets at the segment.
     *
     * @param path where it can be opened, empty when only the descriptor is sent
     */
    record SegmentHandle(long size, boolean byDescriptor, String path, boolean spin) {}
}
