package io.nucleon.builder.image;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import io.nucleon.builder.source.SecretMask;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * The logins of registries, where {@code docker login} leaves them. Whatever was handed out is masked from then on, also in what a registry
 * says: it may say what it was sent. Safe for many threads.
 */
final class Logins {
    private SecretMask mask;

    /** @param mask what else must not be shown */
    Logins(SecretMask mask) {
        this.mask = mask;
    }

    /** The image with its registry's login. */
    RegistryImage of(ImageReference name) {
        var factory = CredentialRetrieverFactory.forImage(name, event -> {});
        String folder = System.getenv("DOCKER_CONFIG");
        CredentialRetriever found = folder == null || folder.isEmpty()
                ? factory.dockerConfig()
                : factory.dockerConfig(Path.of(folder, "config.json"));
        return RegistryImage.named(name).addCredentialRetriever(() -> {
            Optional<Credential> login = found.retrieve();
            login.ifPresent(this::keepSecret);
            return login;
        });
    }

    private synchronized void keepSecret(Credential login) {
        String pair = login.getUsername() + ":" + login.getPassword();
        String header = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        mask = mask.with(Set.of(login.getPassword(), header));
    }

    /** The text without secrets. */
    synchronized String mask(String text) {
        return mask.mask(text);
    }
}
