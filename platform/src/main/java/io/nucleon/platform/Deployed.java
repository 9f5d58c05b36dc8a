package io.nucleon.platform;

import io.nucleon.host.WorkerCount;
import java.util.List;

/**
 * A function on a platform, as it was when it was looked at. Immutable.
 *
 * @param state nuclio's word: {@code ready}, {@code error}, {@code unhealthy}
 * @param message why it isn't ready; empty if it is
 * @param sinceMillis since when it is ready, or not, in ms since 1970
 * @param version that serves
 * @param versions that could, oldest first
 * @param url where it takes requests; empty if nowhere
 * @param config function.yaml of the version that serves, secrets and all
 * @param restarts of the version that serves, since it was deployed
 * @param workers of the version that serves, as they were when it was ready
 */
public record Deployed(
        String name,
        String state,
        String message,
        long sinceMillis,
        int version,
        List<Integer> versions,
        String url,
        String config,
        int restarts,
        WorkerCount workers) {
    public Deployed {
        versions = List.copyOf(versions);
    }
}
