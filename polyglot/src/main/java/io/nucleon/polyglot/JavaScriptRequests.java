package io.nucleon.polyglot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * The requests behind {@code node:http} and {@code fetch}: the answers wait until the worker's thread takes them. Confined to that thread, but
 * for the queue.
 */
final class JavaScriptRequests {

    private final GuestRequests requests;
    private final Port port;
    private final Queue<Map<String, Object>> answers = new ConcurrentLinkedQueue<>();
    private boolean wakes;

    JavaScriptRequests(GuestSetting setting, Port port) {
        this.requests = new GuestRequests(setting);
        this.port = port;
    }

    /** {@code request(number, method, url, [name, value, …], buffer, from, length, timeoutMillis)}. */
    Object send(Value... given) throws IOException {
        int number = given[0].asInt();
        if (!wakes) {
            wakes = true;
            port.makeWakeable();
        }
        byte[] body = new byte[given[6].asInt()];
        given[4].readBuffer(given[5].asInt(), body, 0, body.length);
        List<String> headers = new ArrayList<>();
        for (long at = 0; at < given[3].getArraySize(); at++) {
            headers.add(given[3].getArrayElement(at).asString());
        }
        requests.send(new GuestRequests.Wanted(
                        given[1].asString(), given[2].asString(), headers, ByteBuffer.wrap(body), given[7].asLong()))
                .thenAccept(answer -> add(number, answer));
        return null;
    }

    private void add(int number, GuestRequests.Answer given) {
        Map<String, Object> answer = new HashMap<>();
        answer.put("number", number);
        answer.put("failure", given.failure());
        answer.put("status", given.status());
        answer.put("headers", ProxyArray.fromArray(given.headers().toArray()));
        answer.put("body", given.body());
        answers.add(answer);
        port.wake();
    }

    /** What has come since the last time. */
    ProxyArray take() {
        List<Object> taken = new ArrayList<>();
        for (Map<String, Object> one = answers.poll(); one != null; one = answers.poll()) {
            taken.add(ProxyObject.fromMap(one));
        }
        return ProxyArray.fromArray(taken.toArray());
    }
}
