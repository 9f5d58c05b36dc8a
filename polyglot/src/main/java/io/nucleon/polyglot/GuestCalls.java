package io.nucleon.polyglot;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * Functions that the code of a context calls by name, and those for the connection that both languages have. A processor that is gone shows
 * as {@code is_gone} after any call. Confined to the worker's thread, but for {@code send} and {@code wake}.
 */
final class GuestCalls {

    private final Map<String, Object> members = new HashMap<>();
    private volatile boolean gone;

    /** A function that may find the processor gone. */
    interface Call {
        Object on(Value... arguments) throws IOException;
    }

    /** One that gives nothing back. */
    interface Act {
        void on(Value... arguments) throws IOException;
    }

    /** A function that is given a name. */
    void put(String name, Call call) {
        members.put(name, (ProxyExecutable) arguments -> {
            try {
                return call.on(arguments);
            } catch (IOException e) {
                gone = true;
                return null;
            }
        });
    }

    void act(String name, Act act) {
        put(name, arguments -> {
            act.on(arguments);
            return null;
        });
    }

    /** A value that is given a name. */
    void value(String name, Object value) {
        members.put(name, value);
    }

    /**
     * The connection's functions: {@code is_gone}, {@code claim}, {@code release}, {@code cancelled}, {@code flush}, {@code make_wakeable},
     * {@code wake}.
     *
     * @param number how the language takes a correlation
     */
    void connection(Port port, LongFunction<Object> number) {
        put("is_gone", none -> gone);
        put("claim", none -> port.claim());
        act("release", none -> port.release());
        put(
                "cancelled",
                none -> ProxyArray.fromArray(
                        LongStream.of(port.cancelled()).mapToObj(number).toArray()));
        act("flush", none -> port.flush());
        act("make_wakeable", none -> port.makeWakeable());
        act("wake", none -> port.wake());
    }

    /** The processor is gone. */
    void end() {
        gone = true;
    }

    Map<String, Object> members() {
        return members;
    }
}
