package io.nucleon.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProductTest {
    @Test
    void knowsItsVersions() {
        Product product = Product.installed();

        assertThat(product.version()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(product.commit()).matches("[0-9a-f]{7,40}|unknown");
        assertThat(product.nuclio()).matches("\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void namesTheWireThatIsWrittenDown() throws IOException {
        String protocol = Files.readString(Path.of("..", "wrappers", "protocol", "PROTOCOL.md"));

        assertThat(protocol.lines().findFirst().orElseThrow())
                .endsWith("version " + Product.installed().wire());
    }
}
