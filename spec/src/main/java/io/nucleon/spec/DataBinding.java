package io.nucleon.spec;

import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.field.Secrets;

/**
 * A connection that nuclio opens for Go handlers; kept, since no handler of this version can reach one. {@code toString} masks the
 * secret.
 *
 * @param kind when it is empty {@code class} takes its place, as in nuclio
 */
public record DataBinding(
        String name, String kind, String url, String path, String query, String secret, Attributes attributes) {
    static DataBinding read(String key, Fields binding) {
        String name = binding.text("name", "");
        String kind = binding.text("kind", "");
        String older = binding.text("class", "");
        return new DataBinding(
                name.isEmpty() ? key : name,
                kind.isEmpty() ? older : kind,
                binding.text("url", ""),
                binding.text("path", ""),
                binding.text("query", ""),
                binding.text("secret", ""),
                binding.attributes("attributes"));
    }

    @Override
    public String toString() {
        return "DataBinding[name=" + name + ", kind=" + kind + ", url=" + Secrets.maskUrl(url) + ", secret="
                + Secrets.mask(secret) + "]";
    }
}
