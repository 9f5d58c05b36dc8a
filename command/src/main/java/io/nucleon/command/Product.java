package io.nucleon.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What is installed here. Immutable.
 *
 * @param version of Nucleon
 * @param commit that the sources were built from; {@code unknown} outside of a checkout
 * @param wire version of the protocol between processor and worker
 * @param nuclio the version of nuclio whose handlers and files are taken as they are
 */
public record Product(String version, String commit, String wire, String nuclio) {

    /** The product that this class belongs to. */
    public static Product installed() {
        Properties properties = new Properties();
        try (InputStream file = Product.class.getResourceAsStream("product.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Product(
                properties.getProperty("version"),
                properties.getProperty("commit"),
                properties.getProperty("wire"),
                properties.getProperty("nuclio"));
    }
}
