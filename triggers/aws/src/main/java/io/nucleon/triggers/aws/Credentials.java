package io.nucleon.triggers.aws;

import io.nucleon.spec.field.Secrets;
import java.time.Instant;

/**
 * What requests are signed with. {@code toString} shows none of it.
 *
 * @param token of a session; empty for none
 * @param expires {@link Instant#MAX} for never
 */
record Credentials(String keyId, String secret, String token, Instant expires) {

    @Override
    public String toString() {
        return "Credentials[keyId=" + Secrets.mask(keyId) + ", expires=" + expires + "]";
    }
}
