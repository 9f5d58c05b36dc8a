package io.nucleon.platform;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Look;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Sends a new version its probe. Stateless. */
public final class Probing {
    private static final int FIRST_BAD_STATUS = 400;
    private static final int SHOWN_CHARS = 300;

    private Probing() {}

    /**
     * Waits for a good answer.
     *
     * @param url of the function
     * @throws io.nucleon.error.NucleonException NUC-7006 if another one comes, or none
     */
    public static void probe(String function, URI url, Deployment.Probe probe) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + probe.path())).timeout(probe.limit());
        if (!probe.body().isEmpty()) {
            request.POST(HttpRequest.BodyPublishers.ofString(probe.body()));
        }
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= FIRST_BAD_STATUS) {
                String body =
                        answer.body().length() > SHOWN_CHARS ? answer.body().substring(0, SHOWN_CHARS) : answer.body();
                throw failed(function, "it answered " + answer.statusCode() + ": " + Look.harmless(body), null);
            }
        } catch (IOException e) {
            throw failed(function, "no answer came: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(function, "the daemon ends", e);
        }
    }

    private static RuntimeException failed(String function, String why, Exception cause) {
        return ErrorMessage.of(
                        ErrorCode.PROBE_FAILED,
                        "the new version of function '" + function + "' did not pass its probe",
                        why,
                        "mend it and deploy again; the version before serves on")
                .toException(cause);
    }
}
