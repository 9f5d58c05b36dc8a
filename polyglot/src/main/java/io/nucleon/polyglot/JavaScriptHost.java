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
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * What {@code boot.js} is given: the connection, the sources of modules, and the few things that JavaScript by itself can't do.
 * Confined to the worker's thread.
 */
final class JavaScriptHost {

    private final GuestSite site;
    private final GuestSetting setting;
    private final Context context;
    private final Port port;
    private final GuestOutput output;
    private final JavaScriptFiles files;
    private final JavaScriptRequests requests;
    private final GuestCalls calls = new GuestCalls();

    JavaScriptHost(GuestSite site, Port port) {
        this.site = site;
        this.setting = site.setting();
        this.context = site.context();
        this.output = site.output();
        this.requests = new JavaScriptRequests(setting, port);
        this.port = port;
        this.files = new JavaScriptFiles(site.files());
    }

    ProxyObject members() {
        calls.value("settings", settings());
        connection();
        frames();
        calls.put("builtin", names -> builtin(names[0].asString()));
        calls.put("wrapper", names -> wrapper(names[0].asString()));
        calls.put("compile", given -> compile(given[0].asString(), given[1].asString()));
        calls.value("files", files.members());
        calls.value("digests", JavaScriptDigests.members());
        calls.act("find_modules", given -> site.modules().findBy(finder(given[0], given[1])));
        calls.value("madeModules", ModuleFiles.MADE.toString());
        calls.put("request", requests::send);
        calls.put("answers", none -> requests.take());
        calls.act(
                "print",
                given -> (given[0].asBoolean() ? output.err() : output.out()).write(Utf8.bytes(given[1].asString())));
        calls.put("nanos", none -> (double) Monotonic.nanos());
        calls.put("uuid", none -> UUID.randomUUID().toString());
        return ProxyObject.fromMap(calls.members());
    }

    private static ModuleFiles.Finder finder(Value place, Value text) {
        return new ModuleFiles.Finder() {
            @Override
            public String place(String name, String importer) {
                return place.execute(name, importer).asString();
            }

            @Override
            public String text(String name) {
                return text.execute(name).asString();
            }
        };
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

    private void connection() {
        calls.connection(port, number -> (double) number);
        calls.put("poll", none -> {
            Frame frame = port.poll();
            return frame == null ? null : new FrameCopy(frame);
        });
        calls.put("body", lent -> body(lent[0].asBoolean()));
        calls.act("send", this::send);
        calls.act("exit", status -> {
            port.exit(status[0].asInt());
            context.close(true);
        });
    }

    private void frames() {
        calls.put("head", given -> copy(given).head());
        calls.put("correlation", given -> (double) copy(given).correlation());
        calls.put("u16", given -> copy(given).u16(given[1].asInt()));
        calls.put("i32", given -> copy(given).i32(given[1].asInt()));
        calls.put("i64", given -> Long.toString(copy(given).i64(given[1].asInt())));
        calls.put("text", given -> copy(given).text(given[1].asInt()));
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
    private void send(Value... given) throws IOException {
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
        calls.end();
    }
}
