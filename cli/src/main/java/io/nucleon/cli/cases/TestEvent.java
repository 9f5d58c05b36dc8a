package io.nucleon.cli.cases;

import java.util.List;
import java.util.Map;

/**
 * The event of a case. Immutable.
 *
 * @param kind {@code http} for a call; others go into the trigger of that kind
 * @param method of a call
 * @param path of a call, with its query
 * @param hasBody whether the case says what the body is; else it is empty in a call, and that of the kind's sample elsewhere
 * @param place where one of another kind comes from: {@code trigger}, {@code topic}, {@code path}, {@code partition}, {@code offset},
 *     {@code key}, {@code contentType}, as far as the case says
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record TestEvent(
        String kind,
        String method,
        String path,
        List<NamedValue> headers,
        byte[] body,
        boolean hasBody,
        Map<String, Object> place) {
    static final String HTTP = "http";

    public TestEvent {
        headers = List.copyOf(headers);
        place = Map.copyOf(place);
    }

    /** Whether it is a call. */
    public boolean isCall() {
        return kind.equals(HTTP);
    }
}
