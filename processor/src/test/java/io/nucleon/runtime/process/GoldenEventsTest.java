package io.nucleon.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nucleon.invoke.Clock;
import io.nucleon.invoke.Invocation;
import io.nucleon.invoke.InvocationIds;
import io.nucleon.transport.FrameLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The encoder writes the golden frames, byte for byte (PROTOCOL.md §7). The correlation, which the table of open invocations chooses
 * elsewhere, is the described one.
 */
class GoldenEventsTest {

    private static final Path FOLDER = Path.of("..", "wrappers", "protocol", "golden");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGE = 2 << 20;

    private static Map<String, JsonNode> document(String name) throws IOException {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve(name + ".yaml"))) {
            int colon = line.indexOf(": ");
            if (!line.startsWith("#") && colon > 0) {
                values.put(line.substring(0, colon), JSON.readTree(line.substring(colon + 2)));
            }
        }
        return values;
    }

    private static List<Map<String, JsonNode>> frames(String name) throws IOException {
        Map<Integer, Map<String, JsonNode>> frames = new TreeMap<>();
        document(name).forEach((key, value) -> {
            int dot = key.indexOf('.');
            if (dot > 0) {
                frames.computeIfAbsent(Integer.valueOf(key.substring(0, dot)), n -> new LinkedHashMap<>())
                        .put(key.substring(dot + 1), value);
            }
        });
        return List.copyOf(frames.values());
    }

    private static byte[] golden(String name) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(name + ".bin"));
    }

    private static GoldenEvent event(Map<String, JsonNode> frame) {
        return new GoldenEvent(frame, GoldenEvent.section(frame, "body"));
    }

    /** Writes events that belong together if they are batched. */
    private static void write(RecordingConnection connection, List<GoldenEvent> events) {
        EventEncoder encoder = new EventEncoder(
                connection, new OpenInvocations(64), events.getFirst().epoch());
        List<Invocation> invocations = new ArrayList<>();
        for (GoldenEvent event : events) {
            Invocation invocation = new Invocation(event, null, new InvocationIds(Clock.system()), 0, 0);
            invocation.correlation = event.correlation();
            invocation.batched = event.isBatched();
            if (!invocations.isEmpty()) {
                invocations.getLast().batchNext = invocation;
            }
            invocations.add(invocation);
        }
        for (Invocation invocation : invocations) {
            assertThat(encoder.write(invocation)).isTrue();
        }
        assertThat(encoder.isChunking()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "event-empty", "event-every-field", "event-batch", "event-object"})
    void writesTheGoldenBytes(String name) throws IOException {
        RecordingConnection connection = new RecordingConnection(LARGE, LARGE, -1);

        write(connection, frames(name).stream().map(GoldenEventsTest::event).toList());

        assertThat(connection.written()).isEqualTo(golden(name));
    }

    @Test
    void writesABodyIntoTheArena() throws IOException {
        GoldenEvent event = event(frames("event-arena").getFirst());
        RecordingConnection connection = new RecordingConnection(LARGE, 16 * 1024, event.arenaOffset());

        write(connection, List.of(event));

        assertThat(connection.written()).isEqualTo(golden("event-arena"));
        assertThat(connection.arena()).isEqualTo(event.bodyBytes());
    }

    @Test
    void writesTheLargestSections() throws Exception {
        RecordingConnection connection = new RecordingConnection(LARGE, LARGE, -1);

        write(connection, List.of(event(frames("event-maximum").getFirst())));

        byte[] hash = MessageDigest.getInstance("SHA-256").digest(connection.written());
        assertThat(HexFormat.of().formatHex(hash))
                .isEqualTo(document("event-maximum").get("sha256").textValue());
    }

    /** Where a body is cut is the sender's choice: the headers are compared without lengths, and the bodies joined. */
    @Test
    void writesTheSameChunksButForWhereTheyAreCut() throws IOException {
        List<Map<String, JsonNode>> frames = frames("event-chunked");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        frames.forEach(frame -> body.writeBytes(GoldenEvent.section(frame, "body")));
        int half = (body.size() + 1) / 2;
        RecordingConnection connection = new RecordingConnection(FrameLayout.HEADER + half, 0, -1);

        write(connection, List.of(new GoldenEvent(frames.getFirst(), body.toByteArray())));

        Cut written = Cut.of(connection.written());
        Cut golden = Cut.of(golden("event-chunked"));
        assertThat(written.headers()).hasSize(3).isEqualTo(golden.headers());
        assertThat(written.body()).isEqualTo(golden.body());
    }

    /** Frames that have no section but a body: their headers without lengths, their bodies joined; hexadecimal digits. */
    private record Cut(List<String> headers, String body) {

        static Cut of(byte[] frames) {
            ByteBuffer memory = ByteBuffer.wrap(frames.clone()).order(ByteOrder.LITTLE_ENDIAN);
            List<String> headers = new ArrayList<>();
            StringBuilder body = new StringBuilder();
            for (int at = 0, next; at < frames.length; at = next) {
                next = at + memory.getInt(at + FrameLayout.LENGTH);
                assertThat(memory.getInt(at + FrameLayout.BODY_LENGTH)).isEqualTo(next - at - FrameLayout.HEADER);
                memory.putInt(at + FrameLayout.LENGTH, 0).putInt(at + FrameLayout.BODY_LENGTH, 0);
                int bodyAt = at + FrameLayout.HEADER;
                headers.add(HexFormat.of().formatHex(memory.array(), at, bodyAt));
                body.append(HexFormat.of().formatHex(memory.array(), bodyAt, next));
            }
            return new Cut(headers, body.toString());
        }
    }

    /** All of them but DONE, which only a worker sends. */
    @Test
    void writesTheControlFrames() throws IOException {
        Set<Integer> types = Set.of(
                FrameLayout.CANCEL, FrameLayout.DRAIN, FrameLayout.CONTINUE, FrameLayout.TERMINATE, FrameLayout.STOP);
        RecordingConnection connection = new RecordingConnection(LARGE, LARGE, -1);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        byte[] golden = golden("control");
        int at = 0;
        for (Map<String, JsonNode> frame : frames("control")) {
            GoldenEvent described = event(frame);
            int type = FrameLayout.typeNamed(frame.get("type").textValue());
            if (types.contains(type)) {
                new EventEncoder(connection, new OpenInvocations(1), described.epoch())
                        .writeControl(type, described.correlation());
                expected.writeBytes(Arrays.copyOfRange(golden, at, at + FrameLayout.HEADER));
            }
            at += FrameLayout.HEADER;
        }

        assertThat(expected.size()).isEqualTo(types.size() * FrameLayout.HEADER);
        assertThat(connection.written()).isEqualTo(expected.toByteArray());
    }
}
