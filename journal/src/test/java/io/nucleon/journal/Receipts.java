package io.nucleon.journal;

import io.nucleon.error.NucleonException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Appends and waits for the receipt. */
final class Receipts {

    private static final long LIMIT_SECONDS = 30;

    private Receipts() {}

    /** Null if it was kept. */
    static NucleonException of(Journal journal, Entry entry) {
        CompletableFuture<NucleonException> told = new CompletableFuture<>();
        journal.append(entry, told::complete);
        return await(told);
    }

    static void kept(Journal journal, Entry entry) {
        NucleonException failure = of(journal, entry);
        if (failure != null) {
            throw failure;
        }
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no receipt within " + LIMIT_SECONDS + " s", e);
        }
    }
}
