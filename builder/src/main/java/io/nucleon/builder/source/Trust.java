package io.nucleon.builder.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whose certificates servers of code may have: those that Java trusts, and those of the file that {@code SSL_CERT_FILE} names, as for other
 * programs of the user; git gets that file too. Stateless.
 */
final class Trust {
    private static final String VARIABLE = "SSL_CERT_FILE";

    private Trust() {}

    /** The file of certificates (PEM) that the user's environment names. */
    static Optional<String> file() {
        return Optional.ofNullable(System.getenv(VARIABLE)).filter(name -> !name.isEmpty());
    }

    /** For connections to servers of code. */
    static SSLSocketFactory sockets() throws IOException {
        Optional<String> file = file();
        return file.isPresent() ? with(Path.of(file.get())) : (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    private static SSLSocketFactory with(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> trusted =
                    new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(in));
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager known) {
                    trusted.addAll(List.of(known.getAcceptedIssuers()));
                }
            }
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            for (Certificate one : trusted) {
                all.setCertificateEntry(String.valueOf(all.size()), one);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(all), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    "the certificates of " + VARIABLE + " (" + file + ") can't be read: " + e.getMessage(), e);
        }
    }

    /** @param store null for what Java trusts by itself */
    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
