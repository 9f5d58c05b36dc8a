package io.nucleon.builder;

import io.nucleon.builder.source.CodeFetcher;
import java.io.IOException;
import java.nio.file.Files;

/** Brings the code to the bench, wherever it is. */
final class FetchCode implements Step {

    @Override
    public String name() {
        return "code";
    }

    @Override
    public boolean run(Workbench bench) throws IOException {
        BuildOrder order = bench.order();
        var fetcher = new CodeFetcher(order.tools().addresses(), order.tools().limits());
        bench.fetched(fetcher.fetch(
                order.config(),
                order.folder(),
                Files.createDirectory(bench.folder().resolve("fetched")),
                bench.log()));
        return false;
    }
}
