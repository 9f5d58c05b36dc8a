package io.nucleon.trigger.http;

import java.util.concurrent.TimeUnit;

/**
 * How long a client may keep us waiting, ns. nuclio has no limits; these are generous for people and cut those who hold connections on
 * purpose. Looked at once a second.
 *
 * @param head from the first byte of a request to the end of its head
 * @param body without a byte of a body that is not complete
 * @param idle without a request: longer than the 60 s after which common proxies close their side, so that it's they who close first
 * @param write without progress while an answer is to be written
 * @param linger for a client to read a refusal before the connection is cut
 */
record TimeLimits(long head, long body, long idle, long write, long linger) {

    static final TimeLimits DEFAULT = new TimeLimits(
            TimeUnit.SECONDS.toNanos(10),
            TimeUnit.SECONDS.toNanos(30),
            TimeUnit.SECONDS.toNanos(180),
            TimeUnit.SECONDS.toNanos(30),
            TimeUnit.SECONDS.toNanos(2));
}
