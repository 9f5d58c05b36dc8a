package io.nucleon.admin;

/** What one {@link AdminServer} serves. Called on a virtual thread per request. */
@FunctionalInterface
public interface Pages {

    /** Answers a request that is not GET, too. */
    Answer answer(Request request);
}
