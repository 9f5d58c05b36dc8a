package io.nucleon.transport;

/**
 * The page that processor and worker share on every kind of connection, as far as it tells what has begun (PROTOCOL.md §5). Confined to
 * the connection's loop.
 */
public interface StatusPage {

    /** Request position that the worker says it has begun, whatever it wrote there. */
    long claimed();

    /**
     * Takes back what a living worker has not begun of the frames before a request position; nothing while the worker has not acted on
     * the last such request. Only for workers that look (PROTOCOL.md §5.2).
     */
    Connection.Revoked revoke(long to);
}
