package io.nucleon.triggers.shards;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Leases as text: a line is {@code SHARD OWNER NEXT VERSION POSITION}, parted by tabs, each part as in a URL. */
public final class LeaseText {

    private static final int PARTS = 5;

    private LeaseText() {}

    public static String write(Collection<Lease> leases) {
        StringBuilder text = new StringBuilder();
        for (Lease lease : leases) {
            text.append(encode(lease.shard())).append('\t');
            text.append(encode(lease.owner())).append('\t');
            text.append(encode(lease.next())).append('\t');
            text.append(lease.version()).append('\t');
            text.append(encode(lease.position().written())).append('\n');
        }
        return text.toString();
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, UTF_8);
    }

    /**
     * Leases by their shard.
     *
     * @throws IOException if a line is no lease
     */
    public static Map<String, Lease> read(String text) throws IOException {
        Map<String, Lease> leases = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split("\t", -1);
            if (parts.length != PARTS || !parts[3].matches("\\d{1,18}")) {
                throw new IOException("line '" + line + "' is no lease");
            }
            Lease lease = new Lease(
                    decode(parts[0]),
                    decode(parts[1]),
                    decode(parts[2]),
                    Long.parseLong(parts[3]),
                    Position.read(decode(parts[4])));
            leases.put(lease.shard(), lease);
        }
        return leases;
    }

    private static String decode(String part) throws IOException {
        try {
            return URLDecoder.decode(part, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + part + "' is no part of a lease", e);
        }
    }
}
