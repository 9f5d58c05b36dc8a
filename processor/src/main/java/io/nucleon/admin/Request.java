package io.nucleon.admin;

/**
 * A request to an admin page, as far as pages look at it.
 *
 * @param path decoded, without trailing slashes; {@code /} for the root
 * @param query raw, empty if none
 */
record Request(String method, String path, String query) {

    /** Whether the query has that parameter with that value. */
    boolean has(String parameter, String value) {
        for (String pair : query.split("&")) {
            if (pair.equals(parameter + "=" + value)) {
                return true;
            }
        }
        return false;
    }
}
