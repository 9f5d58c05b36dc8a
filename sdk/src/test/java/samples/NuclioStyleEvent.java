package samples;

import io.nuclio.Event;
import io.nuclio.TriggerInfo;
import java.util.Date;
import java.util.Map;

/** An event class as a user of nuclio's SDK would have written it for tests: each of nuclio's members, nothing else. */
public final class NuclioStyleEvent implements Event {

    private final byte[] body;
    private final Map<String, Object> headers;
    private final Map<String, Object> fields;

    public NuclioStyleEvent(byte[] body, Map<String, Object> headers, Map<String, Object> fields) {
        this.body = body;
        this.headers = headers;
        this.fields = fields;
    }

    @Override
    public String getID() {
        return "id";
    }

    @Override
    public TriggerInfo getTriggerInfo() {
        return new NuclioStyleTrigger();
    }

    @Override
    public String getContentType() {
        return "text/plain";
    }

    @Override
    public byte[] getBody() {
        return body;
    }

    @Override
    public Object getBodyObject() {
        return body;
    }

    @Override
    public Object getHeader(String key) {
        return headers.get(key);
    }

    @Override
    public String getHeaderString(String key) {
        return (String) getHeader(key);
    }

    @Override
    public byte[] getHeaderBytes(String key) {
        return (byte[]) getHeader(key);
    }

    @Override
    public long getHeaderLong(String key) {
        return (long) getHeader(key);
    }

    @Override
    public Map<String, Object> getHeaders() {
        return headers;
    }

    @Override
    public Object getField(String key) {
        return fields.get(key);
    }

    @Override
    public String getFieldString(String key) {
        return (String) getField(key);
    }

    @Override
    public byte[] getFieldBytes(String key) {
        return (byte[]) getField(key);
    }

    @Override
    public long getFieldLong(String key) {
        return (long) getField(key);
    }

    @Override
    public Map<String, Object> getFields() {
        return fields;
    }

    @Override
    @SuppressWarnings("JavaUtilDate")
    public Date getTimestamp() {
        return new Date(0);
    }

    @Override
    public String getPath() {
        return "/";
    }

    @Override
    public String getURL() {
        return "";
    }

    @Override
    public String getMethod() {
        return "POST";
    }

    @Override
    public long getShardID() {
        return 0;
    }

    @Override
    public long getTotalNumShards() {
        return 1;
    }

    @Override
    public String getType() {
        return "";
    }

    @Override
    public String getTypeVersion() {
        return "";
    }

    @Override
    public String getVersion() {
        return "";
    }

    private static final class NuclioStyleTrigger implements TriggerInfo {

        @Override
        public String getClassName() {
            return "sync";
        }

        @Override
        public String getKindName() {
            return "http";
        }
    }
}
