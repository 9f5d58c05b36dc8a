package io.nucleon.app;

import io.nucleon.os.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a debugger gets at a language's worker. It comes when the worker serves, since the one that it replaces has the port till its end. */
enum Debugger {
    PYTHON(5678) {
        @Override
        void prepare(int port, Map<String, String> environment, Map<String, Object> attributes) {
            environment.put("NUCLEON_DEBUGGER", address(port));
        }

        @Override
        String otherwise(long pid) {
            return "none can come: this Python has no debugpy (pip install debugpy), or the port is taken";
        }
    },
    NODEJS(9229) {
        @Override
        void prepare(int port, Map<String, String> environment, Map<String, Object> attributes) {
            environment.merge("NODE_OPTIONS", "--inspect-port=" + address(port), (given, ours) -> given + " " + ours);
        }

        @Override
        String otherwise(long pid) {
            return "none can come: the port is taken";
        }
    },
    /** In this process, whose JVM was started with its agent. */
    JAVA(5005) {
        @Override
        boolean open(long pid) {
            return true;
        }

        @Override
        String otherwise(long pid) {
            return "none can come: the port is taken, or this JVM was not started by the nucleon command";
        }
    },
    /** A JVM that can't have its port ends at once, and while it is made ready the port is another's: it takes any. */
    JAVA_PROCESS(0) {
        @Override
        void prepare(int port, Map<String, String> environment, Map<String, Object> attributes) {
            List<Object> options = new ArrayList<>();
            if (attributes.get(JVM_OPTIONS) instanceof List<?> given) {
                options.addAll(given);
            }
            options.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=" + LOOPBACK + ":0");
            attributes.put(JVM_OPTIONS, options);
        }

        @Override
        boolean open(long pid) {
            return false;
        }

        @Override
        String otherwise(long pid) {
            return "at the port that the worker prints, a new one after each save";
        }
    },
    DOTNET(0) {
        @Override
        void prepare(int port, Map<String, String> environment, Map<String, Object> attributes) {
            environment.put("DOTNET_EnableDiagnostics", "1");
            environment.put("COMPlus_EnableDiagnostics", "1");
        }

        @Override
        boolean open(long pid) {
            return false;
        }

        @Override
        String otherwise(long pid) {
            return "attach to process " + pid + " (vsdbg, Rider, netcoredbg): .NET opens no port";
        }
    },
    NONE(0) {
        @Override
        boolean open(long pid) {
            return false;
        }

        @Override
        String otherwise(long pid) {
            return "none for this runtime; python, nodejs, java and dotnetcore have one";
        }
    };

    private static final String JVM_OPTIONS = "jvmOptions";
    private static final String LOOPBACK = "127.0.0.1";

    private final int usualPort;

    Debugger(int usualPort) {
        this.usualPort = usualPort;
    }

    static Debugger of(String runtime, Map<String, Object> attributes) {
        return switch (runtime) {
            case "python" -> PYTHON;
            case "nodejs" -> NODEJS;
            case "java" -> "process".equals(attributes.get("isolation")) ? JAVA_PROCESS : JAVA;
            case "dotnetcore" -> DOTNET;
            default -> NONE;
        };
    }

    /** Of a function as its files are. */
    static Debugger of(Plan plan) {
        return of(
                plan.config().spec().runtime().name(),
                plan.config().raw().map("spec").map("runtimeAttributes").plain());
    }

    /** Before workers are started: adds what theirs need to let it in. */
    void prepare(int port, Map<String, String> environment, Map<String, Object> attributes) {
        // it needs nothing
    }

    /**
     * Asks a worker that serves to open its port.
     *
     * @param pid 0 if it is in this process
     * @return whether it was told to
     */
    boolean open(long pid) {
        return pid > 0 && Signals.toProcess(pid, Signals.USR1);
    }

    /** What a reader is told when nobody listens at the port. */
    abstract String otherwise(long pid);

    int port(int given) {
        return given == 0 ? usualPort : given;
    }

    String address(int given) {
        return LOOPBACK + ":" + port(given);
    }
}
