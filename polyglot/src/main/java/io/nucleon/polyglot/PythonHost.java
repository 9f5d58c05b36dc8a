package io.nucleon.polyglot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.nucleon.wrapper.Connection;
import io.nucleon.wrapper.Frame;
import io.nucleon.wrapper.Outgoing;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyHashMap;

/**
 * What {@code boot.py} is given. Bytes go in and out as texts of one character a byte, which both sides hold as bytes and copy as blocks.
 * A processor that is gone shows as {@code is_gone} after any call. Confined to the worker's thread, but for {@code send} and {@code wake}.
 */
final class PythonHost {

    private final GuestSetting setting;
    private final Port port;
    private volatile boolean gone;

    PythonHost(GuestSetting setting, Port port) {
        this.setting = setting;
        this.port = port;
    }

    /** A function that may find the processor gone. */
    private interface Call {
        Object on(Value... arguments) throws IOException;
    }

    private ProxyExecutable call(Call call) {
        return arguments -> {
            try {
                return call.on(arguments);
            } catch (IOException e) {
                gone = true;
                return null;
            }
        };
    }

    ProxyHashMap members() {
        Map<Object, Object> members = new HashMap<>();
        members.put("hello", port.hello().json());
        members.put("epoch", port.hello().epoch());
        members.put("max_frame", port.maxFrame());
        members.put("folder", GuestSources.wrapperFolder(setting).toString());
        members.put("directory", setting.directory().toString());
        members.put("version", GuestSources.version());
        members.put("network", setting.network().name());
        members.put(
                "environment",
                setting.environment().entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining("\0")));
        members.put("is_gone", call(none -> gone));
        members.put("poll", call(none -> {
            Frame frame = port.poll();
            return frame == null ? null : text(frame.whole());
        }));
        members.put("body", call(none -> text(port.poll().body())));
        members.put("view", call(none -> port.poll().bodyView()));
        members.put("claim", call(none -> port.claim()));
        members.put("release", call(none -> {
            port.release();
            return null;
        }));
        members.put("cancelled", call(none -> {
            long[] found = port.cancelled();
            Object[] numbers = new Object[found.length];
            for (int i = 0; i < found.length; i++) {
                numbers[i] = found[i];
            }
            return ProxyArray.fromArray(numbers);
        }));
        members.put("respond", call(this::respond));
        members.put("write", call(frame -> {
            port.send(RawFrame.parse(bytes(frame[0])));
            return null;
        }));
        members.put("flush", call(none -> {
            port.flush();
            return null;
        }));
        members.put("wait", call(nanos -> {
            long limit = nanos[0].asLong();
            port.await(limit < 0 ? Connection.FOREVER : limit);
            return null;
        }));
        members.put("make_wakeable", call(none -> {
            port.makeWakeable();
            return null;
        }));
        members.put("wake", call(none -> {
            port.wake();
            return null;
        }));
        return ProxyHashMap.from(members);
    }

    /** {@code respond(correlation, code, flags, took, contentType, headers, body, extra)}. */
    private Object respond(Value... given) throws IOException {
        port.send(Outgoing.plain(
                io.nucleon.wrapper.Layout.RESPONSE,
                given[2].asInt(),
                given[1].asInt(),
                given[0].asLong(),
                given[3].asLong(),
                Outgoing.Section.EMPTY,
                section(given[4]),
                section(given[7]),
                section(given[5]),
                section(given[6])));
        return null;
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
