import io.nuclio.Context;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Packs and unpacks with gzip: a body is bytes, and bytes are an answer. */
public class GzipHandler implements EventHandler {

    @Override
    public Response handleEvent(Context context, Event event) {
        if (!event.getPath().equals("/unpack")) {
            return new Response().setBody(packed(event.getBody())).setContentType("application/gzip");
        }
        try {
            return new Response().setBody(unpacked(event.getBody())).setContentType("application/octet-stream");
        } catch (IOException e) {
            return new Response().setStatusCode(400).setBody("no gzip: " + e.getMessage());
        }
    }

    private static byte[] packed(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return gzip.readAllBytes();
        }
    }
}
