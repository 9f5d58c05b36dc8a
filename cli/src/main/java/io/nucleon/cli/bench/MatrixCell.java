package io.nucleon.cli.bench;

/**
 * One combination of a matrix and what came of it. Immutable.
 *
 * @param function the name of its folder
 * @param bodyBytes of each request
 */
public record MatrixCell(String function, long bodyBytes, BenchResult result) {

    /** {@code python, shm}; only the function where there is nothing to choose. */
    public String label() {
        String transport = result.subject().transport();
        return transport.isEmpty() || transport.equals("none") ? function : function + ", " + transport;
    }
}
