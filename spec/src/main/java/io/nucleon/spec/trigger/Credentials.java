package io.nucleon.spec.trigger;

import io.nucleon.spec.field.Fields;
import io.nucleon.spec.field.Secrets;

/** What a trigger signs in with. {@code toString} masks password and secret. */
public record Credentials(String username, String password, String secret) {
    static Credentials read(Fields trigger) {
        return new Credentials(trigger.text("username", ""), trigger.text("password", ""), trigger.text("secret", ""));
    }

    @Override
    public String toString() {
        return "Credentials[username=" + username + ", password=" + Secrets.mask(password) + ", secret="
                + Secrets.mask(secret) + "]";
    }
}
