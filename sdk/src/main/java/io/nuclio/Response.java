package io.nuclio;

import java.nio.charset.Charset;
import java.util.Collections;
import java.util.Map;

/**
 * A handler's answer: status 200, {@code text/plain}, no body and no headers unless set.
 *
 * <p>The setters return the response itself. Nothing is copied and nothing checked: arrays and maps belong to the
 * response from the call on, until the handler has returned it and the processor has written it. Confined to one thread.
 */
public class Response {

    private static final byte[] EMPTY = new byte[0];

    private byte[] body = EMPTY;
    private long statusCode = 200;
    private String contentType = "text/plain";
    private Map<String, Object> headers = Collections.emptyMap();

    public Response() {}

    public Response setBody(byte[] body) {
        this.body = body;
        return this;
    }

    /** Sets the text's bytes in the platform's charset, which is UTF-8 unless {@code file.encoding} says otherwise. */
    public Response setBody(String body) {
        this.body = body.getBytes(Charset.defaultCharset());
        return this;
    }

    public byte[] getBody() {
        return body;
    }

    public Response setStatusCode(long statusCode) {
        this.statusCode = statusCode;
        return this;
    }

    public long getStatusCode() {
        return statusCode;
    }

    /** Replaces all headers. */
    public Response setHeaders(Map<String, Object> headers) {
        this.headers = headers;
        return this;
    }

    /** The headers that were set; an immutable empty map before. */
    public Map<String, Object> getHeaders() {
        return headers;
    }

    public Response setContentType(String contentType) {
        this.contentType = contentType;
        return this;
    }

    public String getContentType() {
        return contentType;
    }
}
