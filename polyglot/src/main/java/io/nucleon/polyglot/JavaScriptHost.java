package io.nucleon.polyglot;

import io.nucleon.wrapper.Frame;
import io.nucleon.wrapper.Outgoing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * What {@code boot.js} is given: the connection, the sources of modules, and the few things that JavaScript by itself can't do. A processor
 * that is gone shows as {@code isGone} after any call. Confined to the worker's thread.
 */
final class JavaScriptHost {

    private final GuestSite site;
    private final GuestSetting setting;
    private final Context context;
    private final Port port;
    private final GuestOutput output;
    private final JavaScriptFiles files;
    private final JavaScriptRequests requests;
    private boolean gone;

    JavaScriptHost(GuestSite site, Port port) {
        this.site = site;
        this.setting = site.setting();
        this.context = site.context();
        this.output = site.output();
        this.requests = new JavaScriptRequests(setting, port);
        this.port = port;
        this.files = new JavaScriptFiles(site.files());
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

    ProxyObject members() {
        Map<String, Object> members = new HashMap<>();
        members.put("settings", settings());
        connection(members);
        frames(members);
        members.put("builtin", call(names -> builtin(names[0].asString())));
        members.put("wrapper", call(names -> wrapper(names[0].asString())));
        members.put("compile", call(given -> compile(given[0].asString(), given[1].asString())));
        members.put("files", files.members());
        members.put("digests", JavaScriptDigests.members());
        members.put("setModuleText", call(given -> {
            Value text = given[0];
            site.files().modules(name -> text.execute(name).asString());
            return null;
        }));
        members.put("request", call(requests::send));
        members.put("answers", call(none -> requests.take()));
        members.put("print", call(given -> {
            (given[0].asBoolean() ? output.err() : output.out()).write(Utf8.bytes(given[1].asString()));
            return null;
        }));
        members.put("nanos", call(none -> (double) Monotonic.nanos()));
        members.put("uuid", call(none -> UUID.randomUUID().toString()));
        return ProxyObject.fromMap(members);
    }

    private ProxyObject settings() {
        Map<String, Object> given = new HashMap<>();
        given.put("hello", port.hello().json());
        given.put("epoch", port.hello().epoch());
        given.put("maxFrame", port.maxFrame());
        given.put("environment", ProxyObject.fromMap(new HashMap<>(setting.environment())));
        given.put("names", ProxyArray.fromArray(setting.environment().keySet().toArray()));
        given.put("directory", setting.directory().toString());
        given.put("wrapperFolder", GuestSources.wrapperFolder(setting).toString());
        given.put("version", GuestSources.version());
        given.put("network", setting.network().name());
        given.put("pid", ProcessHandle.current().pid());
        return ProxyObject.fromMap(given);
    }

    private void connection(Map<String, Object> members) {
        members.put("isGone", call(none -> gone));
        members.put("poll", call(none -> {
            Frame frame = port.poll();
            return frame == null ? null : new FrameCopy(frame);
        }));
        members.put("claim", call(none -> port.claim()));
        members.put("release", call(none -> {
            port.release();
            return null;
        }));
        members.put("body", call(lent -> body(lent[0].asBoolean())));
        members.put("cancelled", call(none -> {
            long[] found = port.cancelled();
            Object[] numbers = new Object[found.length];
            for (int i = 0; i < found.length; i++) {
                numbers[i] = (double) found[i];
            }
            return ProxyArray.fromArray(numbers);
        }));
        members.put("send", call(this::send));
        members.put("flush", call(none -> {
            port.flush();
            return null;
        }));
        members.put("exit", call(status -> {
            port.exit(status[0].asInt());
            context.close(true);
            return null;
        }));
    }

    private static void frames(Map<String, Object> members) {
        members.put("head", (ProxyExecutable) given -> copy(given).head());
        members.put(
                "correlation", (ProxyExecutable) given -> (double) copy(given).correlation());
        members.put("u16", (ProxyExecutable) given -> copy(given).u16(given[1].asInt()));
        members.put("i32", (ProxyExecutable) given -> copy(given).i32(given[1].asInt()));
        members.put("i64", (ProxyExecutable) given -> Long.toString(copy(given).i64(given[1].asInt())));
        members.put("text", (ProxyExecutable) given -> copy(given).text(given[1].asInt()));
    }

    private static FrameCopy copy(Value... given) {
        return given[0].asHostObject();
    }

    private ByteBuffer body(boolean lent) throws IOException {
        Frame frame = port.poll();
        return lent ? frame.bodyView() : ByteBuffer.wrap(frame.body());
    }

    /**
     * {@code send(type, flags, code, correlation, time, shard, streamOffset, path, contentType, extra, headers, body)}; sections are texts or
     * buffers.
     */
    private Object send(Value... given) throws IOException {
        port.send(new Outgoing(
                given[0].asInt(),
                given[1].asInt(),
                given[2].asInt(),
                given[3].asLong(),
                (long) given[4].asDouble(),
                given[5].asInt(),
                (long) given[6].asDouble(),
                section(given[7]),
                section(given[8]),
                section(given[9]),
                section(given[10]),
                given.length > 12 ? part(given[11], given[12].asInt(), given[13].asInt()) : section(given[11])));
        return null;
    }

    private static Outgoing.Section section(Value text) {
        String given = text.asString();
        return given.isEmpty() ? Outgoing.Section.EMPTY : Outgoing.Section.of(Utf8.bytes(given));
    }

    /** A part of an ArrayBuffer, copied, since the code may change it before it has gone out. */
    private static Outgoing.Section part(Value buffer, int from, int length) {
        byte[] bytes = new byte[length];
        buffer.readBuffer(from, bytes, 0, length);
        return Outgoing.Section.of(bytes);
    }

    private Value builtin(String name) {
        Source found = GuestSources.builtin(name);
        return found == null ? null : context.eval(found);
    }

    private Value wrapper(String file) {
        String text = GuestSources.wrapper(setting, file);
        return context.eval(GuestSources.moduleFile(
                text, GuestSources.wrapperFolder(setting).resolve(file)));
    }

    private Value compile(String text, String file) {
        return context.eval(GuestSources.moduleFile(text, Path.of(file)));
    }

    /** The processor is gone. */
    void end() {
        gone = true;
    }
}
