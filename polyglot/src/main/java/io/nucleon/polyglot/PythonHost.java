package io.nucleon.polyglot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.nucleon.wrapper.Connection;
import io.nucleon.wrapper.Frame;
import io.nucleon.wrapper.Layout;
import io.nucleon.wrapper.Outgoing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyHashMap;

/**
 * What {@code boot.py} is given. Bytes go in and out as texts of one character a byte, which both sides hold as bytes and copy as blocks.
 * Confined to the worker's thread, but for {@code write}, {@code flush} and {@code wake}.
 */
final class PythonHost {

    private final GuestSetting setting;
    private final Port port;
    private final GuestRequests requests;
    private final GuestCalls calls = new GuestCalls();

    PythonHost(GuestSetting setting, Port port) {
        this.setting = setting;
        this.port = port;
        this.requests = new GuestRequests(setting);
    }

    ProxyHashMap members() {
        settings();
        calls.connection(port, number -> number);
        calls.put("poll", none -> {
            Frame frame = port.poll();
            return frame == null ? null : text(frame.whole());
        });
        calls.put("body", none -> text(port.poll().body()));
        calls.put("view", none -> port.poll().bodyView());
        calls.act("respond", this::respond);
        calls.act("write", frame -> port.send(RawFrame.parse(bytes(frame[0]))));
        calls.act("wait", nanos -> {
            long limit = nanos[0].asLong();
            port.await(limit < 0 ? Connection.FOREVER : limit);
        });
        calls.put("request", this::request);
        return ProxyHashMap.from(new HashMap<>(calls.members()));
    }

    private void settings() {
        calls.value("hello", port.hello().json());
        calls.value("epoch", port.hello().epoch());
        calls.value("max_frame", port.maxFrame());
        calls.value("folder", GuestSources.wrapperFolder(setting).toString());
        calls.value("directory", setting.directory().toString());
        calls.value("version", GuestSources.version());
        calls.value("network", setting.network().name());
        calls.value(
                "environment",
                setting.environment().entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining("\0")));
    }

    /** {@code respond(correlation, code, flags, took, contentType, headers, body, extra)}. */
    private void respond(Value... given) throws java.io.IOException {
        port.send(Outgoing.plain(
                Layout.RESPONSE,
                given[2].asInt(),
                given[1].asInt(),
                given[0].asLong(),
                given[3].asLong(),
                Outgoing.Section.EMPTY,
                section(given[4]),
                section(given[7]),
                section(given[5]),
                section(given[6])));
    }

    /** {@code request(method, url, headers, body, timeoutMillis)}, headers joined by NUL; gives failure, status, headers, body when there is an answer. */
    private Object request(Value... given) {
        List<String> headers = new ArrayList<>(List.of(given[2].asString().split("\0", -1)));
        GuestRequests.Answer answer = requests.send(new GuestRequests.Wanted(
                        given[0].asString(),
                        given[1].asString(),
                        headers,
                        ByteBuffer.wrap(bytes(given[3])),
                        given[4].asLong()))
                .join();
        return ProxyArray.fromArray(
                answer.failure(),
                answer.status(),
                String.join("\0", answer.headers()),
                text(answer.body().array()));
    }

    private static Outgoing.Section section(Value text) {
        byte[] bytes = bytes(text);
        return bytes.length == 0 ? Outgoing.Section.EMPTY : Outgoing.Section.of(bytes);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static byte[] bytes(Value text) {
        return text.asString().getBytes(ISO_8859_1);
    }
}
