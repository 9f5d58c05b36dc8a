package io.nucleon.triggers.mqtt;

import io.nucleon.trigger.TriggerSetting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a broker knows a processor by when its file does not say: the same over restarts, so that the broker gives what was not acked to the
 * next life, and another one for every other processor, function, trigger or list of subscriptions.
 */
final class ClientId {

    private static final String PREFIX = "nucleon";
    /** Servers need to take no more than 23 characters, all of them letters and digits. */
    private static final int HASH_BYTES = 8;

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private ClientId() {}

    static String of(TriggerSetting setting, List<Subscription> subscriptions) {
        String all = String.join(
                "\0",
                setting.function().namespace(),
                setting.function().name(),
                setting.source().name(),
                hostName(),
                setting.origin().toString(),
                subscriptions.toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Of the machine or container; a look-up by way of its address could take long. */
    private static String hostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
