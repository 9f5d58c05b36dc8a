package io.nucleon.polyglot;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/** The calls behind {@code node:crypto}, on buffers and their parts. Stateless. */
final class JavaScriptDigests {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST_RANDOM = 1 << 24;

    private JavaScriptDigests() {}

    static ProxyObject members() {
        return ProxyObject.fromMap(Map.of(
                "hash", (ProxyExecutable) given -> hash(given[0].asString(), part(given, 1)),
                "hmac", (ProxyExecutable) given -> hmac(given[0].asString(), part(given, 1), part(given, 4)),
                "random", (ProxyExecutable) given -> random(given[0].asInt())));
    }

    private static byte[] part(Value[] given, int at) {
        byte[] bytes = new byte[given[at + 2].asInt()];
        given[at].readBuffer(given[at + 1].asInt(), bytes, 0, bytes.length);
        return bytes;
    }

    private static ByteBuffer hash(String algorithm, byte[] bytes) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(algorithm, e);
        }
    }

    private static ByteBuffer hmac(String algorithm, byte[] key, byte[] bytes) {
        try {
            String name = "Hmac" + algorithm.replace("-", "");
            Mac mac = Mac.getInstance(name);
            // An empty key is one of zeros, which Java wants said.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, name));
            return ByteBuffer.wrap(mac.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(algorithm, e);
        }
    }

    private static ByteBuffer random(int length) {
        byte[] bytes = new byte[Math.clamp(length, 0, MOST_RANDOM)];
        RANDOM.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
