package io.nucleon.platform.docker;

import io.nucleon.error.MessageText;
import io.nucleon.error.NucleonException;
import io.nucleon.platform.Deployment;
import io.nucleon.platform.Probing;
import java.net.URI;
import java.time.Duration;

/** Sends a probe from inside of the container of the version that is to answer it, which alone reaches that. */
public final class ProbeMain {
    private ProbeMain() {}

    /**
     * Ends with 0 if the answer is good; else says why not in JSON.
     *
     * @param args function, its address, path, limit in ms, body
     */
    public static void main(String[] args) {
        try {
            Probing.probe(
                    args[0],
                    URI.create(args[1]),
                    new Deployment.Probe(args[2], args[4], Duration.ofMillis(Long.parseLong(args[3]))));
        } catch (NucleonException e) {
            System.out.println(MessageText.json(e.error()));
            System.exit(1);
        }
    }
}
