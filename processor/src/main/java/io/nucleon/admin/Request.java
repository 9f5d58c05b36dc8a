package io.nucleon.admin;

/**
 * A request to an admin page, as far as pages look at it.
 *
 * @param path decoded, without trailing slashes; {@code /} for the root
 * @param query raw, empty if none
 */
record Request(String method, String path, String query) {

    /** The whole number that a parameter of the query has; 0 if it has none. */
    long number(String parameter) {
        for (String pair : query.split("&")) {
            String digits = pair.startsWith(parameter + "=") ? pair.substring(parameter.length() + 1) : "";
            if (!digits.isEmpty() && digits.length() <= 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Long.parseLong(digits);
            }
        }
        return 0;
    }

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
