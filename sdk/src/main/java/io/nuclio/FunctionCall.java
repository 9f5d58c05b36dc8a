package io.nuclio;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;

/**
 * What {@link Platform#callFunction} sends: to path {@code /} without a body and without a time limit, unless set.
 *
 * <p>The setters return the call itself; nothing is copied. Confined to one thread. Nucleon addition.
 */
public class FunctionCall {

    private static final byte[] EMPTY = new byte[0];

    private String method = "";
    private String path = "/";
    private String contentType = "text/plain";
    private byte[] body = EMPTY;
    private Map<String, Object> headers = Collections.emptyMap();
    private Duration timeout = Duration.ZERO;

    public FunctionCall() {}

    /** The method as set, else {@code POST} with a body and {@code GET} without. */
    public String getMethod() {
        return method.isEmpty() ? body.length == 0 ? "GET" : "POST" : method;
    }

    public FunctionCall setMethod(String method) {
        this.method = method;
        return this;
    }

    public String getPath() {
        return path;
    }

    /** The path, with a query if there is one; percent-encoded where it has to be. */
    public FunctionCall setPath(String path) {
        this.path = path;
        return this;
    }

    public String getContentType() {
        return contentType;
    }

    public FunctionCall setContentType(String contentType) {
        this.contentType = contentType;
        return this;
    }

    public byte[] getBody() {
        return body;
    }

    public FunctionCall setBody(byte[] body) {
        this.body = body;
        return this;
    }

    /** Sets the text's bytes in UTF-8. */
    public FunctionCall setBody(String body) {
        return setBody(body.getBytes(StandardCharsets.UTF_8));
    }

    /** The headers that were set; an immutable empty map before. */
    public Map<String, Object> getHeaders() {
        return headers;
    }

    /** Replaces all headers. An event's own may be given: what belongs to its connection is left out. */
    public FunctionCall setHeaders(Map<String, Object> headers) {
        this.headers = headers;
        return this;
    }

    /** How long the answer may take; zero for as long as it takes. */
    public Duration getTimeout() {
        return timeout;
    }

    public FunctionCall setTimeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }
}
