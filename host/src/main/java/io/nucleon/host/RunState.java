package io.nucleon.host;

import io.nucleon.error.JsonWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One function that a host serves on this machine, as its host wrote it down. Immutable.
 *
 * @param name of the function
 * @param url where it takes HTTP events, such as {@code http://127.0.0.1:8080/orders}; no slash at the end; empty if it takes none
 * @param host where its host is asked about itself
 * @param source the folder or file it was started from, absolute, links resolved
 * @param control the Unix socket on which its host takes what commands of the user ask; empty if there is none
 * @param deployed whether it is a platform's, and not one that somebody runs to work on it
 * @param pid the host's process
 * @param start when that process started, so that a later process with the same number is not taken for it
 */
public record RunState(
        String name,
        Optional<URI> url,
        HostUrls host,
        Path source,
        String control,
        boolean deployed,
        long pid,
        ProcessStart start) {
    private static final int LONGEST_NAME = 253;

    /** A function of this process that takes HTTP events. */
    public static RunState ofThisProcess(String name, URI url, HostUrls host, Path source) {
        return ofThisProcess(name, Optional.of(url), host, source);
    }

    /** A function of this process. */
    public static RunState ofThisProcess(String name, Optional<URI> url, HostUrls host, Path source) {
        ProcessHandle self = ProcessHandle.current();
        return new RunState(name, url, host, source, "", false, self.pid(), ProcessStart.of(self));
    }

    /** The same, with a socket for what commands ask. */
    public RunState withControl(Path socket) {
        return new RunState(name, url, host, source, socket.toString(), deployed, pid, start);
    }

    /** The same, as a platform's. */
    public RunState asDeployed() {
        return new RunState(name, url, host, source, control, true, pid, start);
    }

    /** Whether the process that wrote it still runs. */
    public boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(start::is)
                .isPresent();
    }

    /** Whether a name can be a function's, and so the name of its file: letters, digits, {@code - _ .}, not a dot first. */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.charAt(0) != '.'
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0));
    }

    String toJson() {
        JsonWriter json = new JsonWriter().object();
        json.name("apiVersion").value("v1").name("kind").value("run");
        json.name("name").value(name).name("url").value(url.map(URI::toString).orElse(null));
        host.write(json).name("source").value(source.toString());
        json.name("control").value(control.isEmpty() ? null : control);
        json.name("deployed").value(deployed);
        json.name("pid").value(pid).name("processStart").value(start.millis());
        json.name("processTicks").value(start.ticks());
        return json.endObject().toString();
    }

    /** What a file says, if all of it makes sense. */
    static Optional<RunState> fromJson(String json) {
        return JsonReader.object(json).flatMap(RunState::fromMembers);
    }

    private static Optional<RunState> fromMembers(Map<String, Object> members) {
        String name = JsonReader.text(members, "name");
        String source = JsonReader.text(members, "source");
        String control = JsonReader.text(members, "control");
        long pid = JsonReader.number(members, "pid");
        Optional<URI> url = httpUrl(JsonReader.text(members, "url"));
        boolean hasUrl = members.get("url") != null;
        if (!isName(name)
                || url.isPresent() != hasUrl
                || pid < 1
                || !source.startsWith("/")
                || source.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return Optional.of(new RunState(
                name,
                url,
                HostUrls.read(members),
                Path.of(source),
                control.startsWith("/") && control.indexOf('\0') < 0 ? control : "",
                Boolean.TRUE.equals(members.get("deployed")),
                pid,
                new ProcessStart(
                        JsonReader.number(members, "processStart"), JsonReader.number(members, "processTicks"))));
    }

    /** An address with host and port and nothing but a path behind them. */
    static Optional<URI> httpUrl(String text) {
        try {
            URI url = URI.create(text);
            boolean plain = "http".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getPort() > 0
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
            return plain ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Since when its process runs, in ms since 1970; 0 if nobody knows. */
    public long sinceMillis() {
        return start.millis();
    }
}
