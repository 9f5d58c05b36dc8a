package io.nucleon.spec.trigger;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import io.nucleon.spec.problem.Problems;
import java.util.Map;
import java.util.Optional;

/**
 * What an http trigger's {@code url} and {@code attributes} say.
 *
 * @param address where the processor listens
 * @param hostPort the port that the function gets outside its container; absent = the platform chooses
 * @param readBufferBytes also the limit on request line and headers
 * @param maxRequestBodyBytes a body of exactly this size is taken
 * @param publishPort false = no host port
 */
public record HttpConfig(
        ListenAddress address,
        Optional<Integer> hostPort,
        int readBufferBytes,
        int maxRequestBodyBytes,
        boolean reduceMemoryUsage,
        boolean publishPort,
        String serviceType,
        Map<String, Ingress> ingresses,
        Cors cors) {
    /** As nuclio. */
    public static final ListenAddress DEFAULT_ADDRESS = new ListenAddress("", 8080);

    /** As nuclio. */
    public static final int DEFAULT_READ_BUFFER_BYTES = 16 * 1024;

    /** As nuclio. */
    public static final int DEFAULT_MAX_REQUEST_BODY_BYTES = 4 * 1024 * 1024;

    private static final String NO_PORT_ANNOTATION = "nuclio.io/disable-port-publishing";

    /** Reads an http trigger; what is wrong with its attributes goes to the problems and leaves the default. */
    public static HttpConfig read(Trigger trigger, Problems problems) {
        Fields fields = trigger.attributes().fields(problems);
        fields.accept("mode");
        boolean hidden = fields.bool("disablePortPublishing", false)
                || "true".equalsIgnoreCase(trigger.annotations().get(NO_PORT_ANNOTATION));
        var http = new HttpConfig(
                ListenAddress.parse(trigger.url()).orElse(DEFAULT_ADDRESS),
                fields.optionalInteger("port", 0, 65_535).filter(port -> port > 0),
                fields.integer("readBufferSize", DEFAULT_READ_BUFFER_BYTES, 0, 1 << 30),
                fields.integer("maxRequestBodySize", DEFAULT_MAX_REQUEST_BODY_BYTES, 0, Integer.MAX_VALUE),
                fields.bool("reduceMemoryUsage", false),
                !hidden,
                serviceType(fields),
                fields.named("ingresses", (name, ingress) -> Ingress.read(ingress)),
                Cors.read(fields.map("cors")));
        fields.done();
        return http.withoutZeroes();
    }

    /** As in nuclio a size of 0 means the default. */
    private HttpConfig withoutZeroes() {
        return new HttpConfig(
                address,
                hostPort,
                readBufferBytes == 0 ? DEFAULT_READ_BUFFER_BYTES : readBufferBytes,
                maxRequestBodyBytes == 0 ? DEFAULT_MAX_REQUEST_BODY_BYTES : maxRequestBodyBytes,
                reduceMemoryUsage,
                publishPort,
                serviceType,
                ingresses,
                cors);
    }

    private static String serviceType(Fields fields) {
        String type = fields.text("serviceType", "");
        if (!type.isEmpty() && !type.equals("NodePort") && !type.equals("ClusterIP")) {
            fields.report(ErrorCode.WORD_NOT_ALLOWED, "serviceType")
                    .what("can't be '" + type + "'")
                    .why("Unsupported service type " + type)
                    .fix("write ClusterIP or NodePort")
                    .add();
        }
        return type;
    }
}
