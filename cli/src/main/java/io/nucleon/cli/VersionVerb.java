package io.nucleon.cli;

import io.nucleon.command.GlobalOptions;
import io.nucleon.command.Output;
import io.nucleon.command.Product;
import io.nucleon.command.Terminal;

/** {@code nucleon version}. Stateless. */
final class VersionVerb {
    private VersionVerb() {}

    static int run(Terminal terminal, GlobalOptions options) {
        Documents.refuse(options.output(), Output.NAME);
        Product product = Product.installed();
        String java = System.getProperty("java.version");
        if (options.output().isDocument()) {
            String json = Documents.begin("version")
                    .name("version")
                    .value(product.version())
                    .name("commit")
                    .value(product.commit())
                    .name("java")
                    .value(java)
                    .name("wire")
                    .value(product.wire())
                    .name("nuclio")
                    .value(product.nuclio())
                    .endObject()
                    .toString();
            Documents.print(terminal, options.output(), json);
        } else {
            terminal.out()
                    .print("nucleon " + product.version() + "\ncommit  " + product.commit() + "\njava    " + java
                            + "\nwire    " + product.wire() + "\nnuclio  " + product.nuclio() + "\n");
        }
        return 0;
    }
}
