package io.nucleon.architecture;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may use what: the arrows of {@code docs/architecture.md} as a table, and outside libraries with the rooms that may name them.
 * A room is a package with those below it, unless one of them has a row of its own.
 */
final class Rooms {
    /** Anything of ours; for rooms that wire the others. */
    private static final String ALL = "io";

    private static final String SDK = "io.nuclio";
    private static final String ERROR = "io.nucleon.error";

    /** A room and the rooms that it may use besides itself, the JDK and, but for the SDK, {@code error}. */
    record Room(String name, Set<String> uses) {
        boolean mayUse(Room other) {
            return equals(other)
                    || (other.name.equals(ERROR) && !name.equals(SDK))
                    || uses.contains(other.name)
                    || uses.contains(ALL);
        }
    }

    /** An outside library by the prefix of its packages, and the rooms that may name it. The longest prefix counts. */
    record Library(String prefix, Set<String> rooms) {}

    private static final List<Room> ROOMS = List.of(
            room(SDK),
            room(ERROR),
            room("io.nucleon.os"),
            room("io.nucleon.spec"),
            room("io.nucleon.command", "io.nucleon.host", "io.nucleon.spec"),
            room("io.nucleon.host"),
            room("io.nucleon.load"),
            room("io.nucleon.loop", "io.nucleon.os"),
            room("io.nucleon.transport", "io.nucleon.loop", "io.nucleon.os"),
            room("io.nucleon.invoke", SDK),
            room("io.nucleon.trigger", "io.nucleon.invoke", "io.nucleon.spec", "io.nucleon.loop"),
            room("io.nucleon.runtime", "io.nucleon.invoke", "io.nucleon.spec", "io.nucleon.loop"),
            room(
                    "io.nucleon.runtime.process",
                    "io.nucleon.runtime",
                    "io.nucleon.invoke",
                    "io.nucleon.spec",
                    "io.nucleon.transport",
                    "io.nucleon.loop",
                    "io.nucleon.os",
                    "io.nucleon.program"),
            room(
                    "io.nucleon.runtime.jvm",
                    "io.nucleon.runtime",
                    "io.nucleon.invoke",
                    "io.nucleon.spec",
                    "io.nucleon.loop",
                    "io.nucleon.wrapper.handler",
                    SDK),
            room(
                    "io.nucleon.runtime.shell",
                    "io.nucleon.runtime",
                    "io.nucleon.invoke",
                    "io.nucleon.spec",
                    "io.nucleon.loop",
                    "io.nucleon.os",
                    "io.nucleon.program"),
            room(
                    "io.nucleon.chaos",
                    "io.nucleon.runtime",
                    "io.nucleon.invoke",
                    "io.nucleon.spec",
                    "io.nucleon.loop",
                    "io.nucleon.os"),
            room("io.nucleon.worker", "io.nucleon.invoke", "io.nucleon.runtime", "io.nucleon.spec"),
            room("io.nucleon.delivery", "io.nucleon.invoke", "io.nucleon.spec", "io.nucleon.loop"),
            room("io.nucleon.journal", "io.nucleon.spec", "io.nucleon.os"),
            room(
                    "io.nucleon.record",
                    "io.nucleon.invoke",
                    "io.nucleon.delivery",
                    "io.nucleon.journal",
                    "io.nucleon.host",
                    "io.nucleon.spec"),
            room("io.nucleon.admin", "io.nucleon.invoke", "io.nucleon.runtime", "io.nucleon.spec"),
            room("io.nucleon.log", "io.nucleon.invoke", "io.nucleon.runtime", "io.nucleon.spec"),
            room("io.nucleon.watch"),
            room("io.nucleon.program"),
            room("io.nucleon.app", ALL),
            room(
                    "io.nucleon.polyglot",
                    "io.nucleon.runtime",
                    "io.nucleon.runtime.process",
                    "io.nucleon.invoke",
                    "io.nucleon.wrapper"),
            room(
                    "io.nucleon.triggers.shards",
                    "io.nucleon.trigger",
                    "io.nucleon.invoke",
                    "io.nucleon.spec",
                    "io.nucleon.loop"),
            room(
                    "io.nucleon.triggers.aws",
                    "io.nucleon.triggers.shards",
                    "io.nucleon.trigger",
                    "io.nucleon.invoke",
                    "io.nucleon.spec",
                    "io.nucleon.loop"),
            room(
                    "io.nucleon.triggers",
                    "io.nucleon.triggers.shards",
                    "io.nucleon.triggers.aws",
                    "io.nucleon.trigger",
                    "io.nucleon.invoke",
                    "io.nucleon.spec",
                    "io.nucleon.loop"),
            room("io.nucleon.wrapper", "io.nucleon.wrapper.handler", SDK),
            room("io.nucleon.wrapper.handler", SDK),
            room("io.nucleon.builder", "io.nucleon.spec"),
            room("io.nucleon.platform", "io.nucleon.spec", "io.nucleon.builder", "io.nucleon.host", "io.nucleon.os"),
            room("io.nucleon.controller", "io.nucleon.spec", "io.nucleon.platform"),
            room("io.nucleon.dealer", "io.nucleon.spec"),
            room("io.nucleon.dashboard", "io.nucleon.spec", "io.nucleon.builder", "io.nucleon.platform"),
            room(
                    "io.nucleon.kit",
                    "io.nucleon.runtime.process",
                    "io.nucleon.transport",
                    "io.nucleon.loop",
                    "io.nucleon.os",
                    "io.nucleon.host"),
            room(
                    "io.nucleon.cli",
                    "io.nucleon.command",
                    "io.nucleon.host",
                    "io.nucleon.journal",
                    "io.nucleon.kit",
                    "io.nucleon.load",
                    "io.nucleon.spec",
                    "io.nucleon.builder",
                    "io.nucleon.platform",
                    "io.nucleon.program",
                    "io.nucleon.watch"),
            room("io.nucleon.support", "io.nucleon.host"),
            room("io.nucleon.bench", ALL));

    private static final List<Library> LIBRARIES = List.of(
            library("java.lang.foreign", "io.nucleon.os", "io.nucleon.wrapper", "io.nucleon.polyglot"),
            library(
                    "io.netty",
                    "io.nucleon.loop",
                    "io.nucleon.transport",
                    "io.nucleon.trigger",
                    "io.nucleon.delivery",
                    "io.nucleon.runtime",
                    "io.nucleon.runtime.jvm",
                    "io.nucleon.runtime.process",
                    "io.nucleon.runtime.shell",
                    "io.nucleon.triggers",
                    "io.nucleon.kit",
                    "io.nucleon.load",
                    "io.nucleon.app"),
            library("io.netty.handler.codec.mqtt", "io.nucleon.triggers"),
            library("io.netty.handler.codec.http", "io.nucleon.trigger"),
            library("io.netty.handler.codec.http2", "io.nucleon.trigger"),
            library("io.nats", "io.nucleon.triggers"),
            library("net.openhft", "io.nucleon.transport", "io.nucleon.journal"),
            library("net.openhft.chronicle.queue", "io.nucleon.journal"),
            library("net.openhft.chronicle.wire", "io.nucleon.journal"),
            library(
                    "com.fasterxml.jackson",
                    "io.nucleon.spec",
                    "io.nucleon.runtime.process",
                    "io.nucleon.journal",
                    "io.nucleon.admin",
                    "io.nucleon.log",
                    "io.nucleon.builder",
                    "io.nucleon.platform",
                    "io.nucleon.controller",
                    "io.nucleon.dealer",
                    "io.nucleon.dashboard",
                    "io.nucleon.cli",
                    "io.nucleon.support"),
            library("org.snakeyaml.engine", "io.nucleon.spec", "io.nucleon.support"),
            library("org.HdrHistogram", "io.nucleon.load", "io.nucleon.cli"),
            library("picocli", "io.nucleon.app", "io.nucleon.cli", "io.nucleon.command"),
            library("org.jline", "io.nucleon.cli"),
            library("org.awaitility", "io.nucleon.support"),
            library("jnr", "io.nucleon.transport", "io.nucleon.cli", "io.nucleon.platform"),
            library("org.slf4j", ALL),
            library("org.graalvm", "io.nucleon.polyglot"),
            library("org.apache.kafka", "io.nucleon.triggers"),
            library("com.rabbitmq", "io.nucleon.triggers"),
            library("com.google.cloud.tools.jib", "io.nucleon.builder"),
            library("org.apache.commons.compress", "io.nucleon.builder"),
            library("com.github.dockerjava", "io.nucleon.platform"),
            library("io.fabric8", "io.nucleon.platform", "io.nucleon.controller"),
            library("io.javaoperatorsdk", "io.nucleon.controller"));

    /** What comes with the JDK and is exported by it. */
    private static final List<String> JDK = List.of("java", "javax", "jdk", "com.sun", "org.w3c.dom", "org.xml.sax");

    private Rooms() {}

    static Optional<Room> roomOf(String packageName) {
        return ROOMS.stream()
                .filter(room -> isBelow(packageName, room.name))
                .max(Comparator.comparingInt(room -> room.name.length()));
    }

    static Optional<Library> libraryOf(String packageName) {
        return LIBRARIES.stream()
                .filter(library -> isBelow(packageName, library.prefix))
                .max(Comparator.comparingInt(library -> library.prefix.length()));
    }

    static boolean isJdk(String packageName) {
        return !isBelow(packageName, "jdk.internal") && JDK.stream().anyMatch(prefix -> isBelow(packageName, prefix));
    }

    static boolean isOurs(String packageName) {
        return isBelow(packageName, "io.nucleon") || isBelow(packageName, SDK);
    }

    /** Whether a class of {@code room} may name that library; the SDK names none, benches any. */
    static boolean mayName(Room room, Library library) {
        return library.rooms.contains(room.name)
                || (library.rooms.contains(ALL) && !room.name.equals(SDK))
                || room.name.equals("io.nucleon.bench");
    }

    static boolean isBelow(String packageName, String prefix) {
        return packageName.equals(prefix) || packageName.startsWith(prefix + ".");
    }

    private static Room room(String name, String... uses) {
        return new Room(name, Set.of(uses));
    }

    private static Library library(String prefix, String... rooms) {
        return new Library(prefix, Set.of(rooms));
    }
}
