package io.nucleon.spec;

import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Choice;
import io.nucleon.spec.field.Fields;
import java.util.List;
import java.util.Map;

/**
 * {@code spec.runtimeAttributes}: what only some runtimes know.
 *
 * @param arguments shell: behind the script or command, as one text
 * @param responseHeaders shell: sent with every answer
 * @param jvmOptions java: of a wrapper's JVM
 * @param body whether a handler gets its own copy of the body or a view of shared memory; a Nucleon key
 * @param isolation whether a java handler runs in a JVM of its own; a Nucleon key
 * @param transport what carries the events to a wrapper; a Nucleon key
 * @param shellMode whether a shell script is started for every event; a Nucleon key, {@code mode}
 * @param shell the other Nucleon keys of shell functions
 * @param polyglot settings of the in-process runtimes; a Nucleon key
 */
public record RuntimeAttributes(
        String arguments,
        Map<String, String> responseHeaders,
        List<String> jvmOptions,
        Body body,
        Isolation isolation,
        Transport transport,
        ShellMode shellMode,
        Shell shell,
        Attributes polyglot) {
    /** How a handler sees an event's body. */
    public enum Body implements Choice {
        /** As bytes of its own, as nuclio promises. */
        COPY("copy"),
        /** As a view that ends with the call. */
        VIEW("view");

        private final String word;

        Body(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Where a java handler runs. */
    public enum Isolation implements Choice {
        /** In the processor, which costs nothing per event. */
        NONE("none"),
        /** In a JVM of its own, which can be killed. */
        PROCESS("process");

        private final String word;

        Isolation(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** What carries events to a wrapper. */
    public enum Transport implements Choice {
        /** Shared memory where it can be had. */
        AUTO("auto"),
        SHM("shm"),
        UNIX("unix");

        private final String word;

        Transport(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** How a shell function runs. */
    public enum ShellMode implements Choice {
        /** A process for every event, as nuclio does. */
        SPAWN("spawn"),
        /** One process that reads event after event. */
        RESIDENT("resident");

        private final String word;

        ShellMode(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Whose arguments of a command on PATH a shell reads. */
    public enum ThroughShell implements Choice {
        /** Nobody's. */
        NEVER("never"),
        /** The function's own. */
        OWN("own"),
        /** A request's too, as in nuclio. */
        ALL("all");

        private final String word;

        ThroughShell(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Where a shell function's standard error goes. */
    public enum ShellErrors implements Choice {
        /** Into the answer, as in nuclio. */
        ANSWER("answer"),
        /** Into the log. */
        LOG("log");

        private final String word;

        ShellErrors(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** How a resident process tells one event from the next. */
    public enum Framing implements Choice {
        /** An event is a line. */
        LINE("line"),
        /** A line says how long an event is. */
        LENGTH("length");

        private final String word;

        Framing(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /**
     * Keys of shell functions that nuclio does not have.
     *
     * @param argumentHeader whether a request's {@code X-Nuclio-Arguments} stand in for the function's arguments
     * @param streamAfterBytes an answer that is longer is sent as it comes
     */
    public record Shell(
            boolean argumentHeader,
            ThroughShell throughShell,
            ShellErrors errors,
            int streamAfterBytes,
            Framing framing) {

        private static final int STREAM_AFTER_BYTES = 1 << 20;

        static Shell read(Fields attributes) {
            return new Shell(
                    attributes.bool("argumentHeader", true),
                    attributes.choice("throughShell", ThroughShell.NEVER),
                    attributes.choice("stderr", ShellErrors.ANSWER),
                    attributes.integer("streamAfterBytes", STREAM_AFTER_BYTES, 0, Integer.MAX_VALUE),
                    attributes.choice("framing", Framing.LINE));
        }
    }

    static RuntimeAttributes read(Fields attributes) {
        var read = new RuntimeAttributes(
                String.join(" ", attributes.texts("arguments")),
                attributes.textMap("responseHeaders"),
                attributes.texts("jvmOptions"),
                attributes.choice("body", Body.COPY),
                attributes.choice("isolation", Isolation.NONE),
                attributes.choice("transport", Transport.AUTO),
                attributes.choice("mode", ShellMode.SPAWN),
                Shell.read(attributes),
                attributes.attributes("polyglot"));
        attributes.done();
        return read;
    }

    /** Without arguments, headers and options, in which people put passwords. */
    @Override
    public String toString() {
        return "RuntimeAttributes[body=" + body + ", isolation=" + isolation + ", transport=" + transport
                + ", shellMode=" + shellMode + ", shell=" + shell + ", polyglot=" + polyglot + "]";
    }
}
