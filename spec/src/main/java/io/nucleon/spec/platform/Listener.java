package io.nucleon.spec.platform;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.trigger.ListenAddress;
import java.util.Optional;

/** A server of the processor's own: health, administration. */
public record Listener(boolean enabled, ListenAddress address) {
    static Listener read(Fields fields, int port) {
        var fallback = new ListenAddress("", port);
        String text = fields.text("listenAddress", "");
        Optional<ListenAddress> address = text.isEmpty() ? Optional.of(fallback) : ListenAddress.parse(text);
        if (address.isEmpty()) {
            fields.report(ErrorCode.ADDRESS_INVALID, "listenAddress")
                    .what("is no address to listen on")
                    .why("'" + text + "' stands there")
                    .fix("write a port or a host and a port, such as '" + fallback + "' or '127.0.0.1:" + port + "'")
                    .add();
        }
        var read = new Listener(fields.bool("enabled", true), address.orElse(fallback));
        fields.done();
        return read;
    }
}
