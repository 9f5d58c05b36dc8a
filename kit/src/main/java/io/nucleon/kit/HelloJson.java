package io.nucleon.kit;

import io.nucleon.error.JsonWriter;
import io.nucleon.transport.Connection;
import io.nucleon.transport.FrameLayout;
import java.util.List;

/** What the processor says in its HELLO (PROTOCOL.md §4, point 2). Stateless. */
final class HelloJson {

    static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
    /** As the processor has it by default. */
    private static final int IN_FLIGHT = 16;

    private HelloJson() {}

    static String of(Bench bench, Start start, Stage stage, Connection connection, boolean byDescriptor) {
        KitSetting setting = bench.setting();
        JsonWriter json = new JsonWriter().object();
        json.name("protocol")
                .array()
                .value(start.major())
                .value(FrameLayout.PROTOCOL_MINOR)
                .endArray();
        json.name("transport").value(connection.kind());
        json.name("epoch").value(FrameBytes.EPOCH);
        json.name("segment").object();
        json.name("size").value(stage.segment().layout().size()).name("fd").value(byDescriptor);
        json.name("path").value(byDescriptor ? "" : path(stage)).endObject();
        json.name("inlineLimit")
                .value(connection.inlineLimit())
                .name("maxFrame")
                .value(connection.maxFrame());
        json.name("inFlight").value(start.isAsynchronous() ? IN_FLIGHT : 1);
        json.name("mode").value(start.isAsynchronous() ? "async" : "sync");
        json.name("body").value(start.isView() ? "view" : "copy").name("spin").value(true);
        json.name("methods").array();
        METHODS.forEach(json::value);
        json.endArray().name("triggers").array();
        trigger(json, "http", "checker-http", "sync");
        trigger(json, "kafka-cluster", "checker-kafka", "async");
        json.endArray().name("function").object();
        json.name("name")
                .value("checker")
                .name("namespace")
                .value("nucleon")
                .name("version")
                .value(0);
        json.name("description").value("").name("handler").value(bench.handler(start));
        json.name("directory").value(setting.functions().toString()).endObject();
        json.name("trigger")
                .object()
                .name("kind")
                .value(start.triggerKind())
                .name("name")
                .value(start.triggerName())
                .endObject();
        json.name("platform")
                .object()
                .name("kind")
                .value("local")
                .name("urls")
                .value("")
                .endObject();
        json.name("worker").value(Worker.INDEX).name("decodeEventStrings").value(true);
        json.name("terminationTimeoutMillis").value(setting.patience().toMillis());
        return json.endObject().toString();
    }

    private static void trigger(JsonWriter json, String kind, String name, String className) {
        json.object().name("kind").value(kind).name("name").value(name);
        json.name("class").value(className).endObject();
    }

    /** A memfd can be opened by another process of the same user through /proc. */
    private static String path(Stage stage) {
        var memory = stage.segment().memory();
        return memory.path() != null
                ? memory.path().toString()
                : "/proc/" + ProcessHandle.current().pid() + "/fd/" + memory.fd();
    }
}
