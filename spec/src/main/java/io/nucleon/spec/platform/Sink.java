package io.nucleon.spec.platform;

import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.field.Secrets;

/** A place for log lines or metrics. */
public record Sink(String kind, boolean enabled, String url, Attributes attributes) {
    static Sink read(Fields fields) {
        return new Sink(
                fields.text("kind", ""),
                fields.bool("enabled", true),
                fields.text("url", ""),
                fields.attributes("attributes"));
    }

    @Override
    public String toString() {
        return "Sink[kind=" + kind + ", enabled=" + enabled + ", url=" + Secrets.maskUrl(url) + ", attributes="
                + attributes + "]";
    }
}
