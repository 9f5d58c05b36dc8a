package io.nucleon.runtime.process;

import io.nucleon.program.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What interpreters of this machine said of themselves, and what wrappers needed to be started by them: asked once for a host, not for each
 * version of a function. One that was exchanged is asked anew. Safe for many threads.
 */
final class KnownInterpreters {

    private final Map<Key, Optional<Version>> versions = new ConcurrentHashMap<>();
    private final Map<Key, Map<String, String>> prepared = new ConcurrentHashMap<>();

    /** An interpreter as it lies on the disk, for one wrapper. */
    private record Key(Path wrapper, Path interpreter, FileTime modified, long size) {

        static Optional<Key> of(WrapperManifest manifest, Path interpreter) {
            try {
                return Optional.of(new Key(
                        manifest.folder(),
                        interpreter,
                        Files.getLastModifiedTime(interpreter),
                        Files.size(interpreter)));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    /** Empty if it doesn't run, which is not remembered. Waits for it. */
    Optional<Version> versionOf(WrapperManifest manifest, Path interpreter) {
        Optional<Key> key = Key.of(manifest, interpreter);
        Optional<Version> known = key.map(versions::get).orElse(Optional.empty());
        if (known.isPresent()) {
            return known;
        }
        Optional<Version> version = Version.of(interpreter, manifest.versionArguments(), manifest.versionPattern());
        if (version.isPresent()) {
            key.ifPresent(found -> versions.put(found, version));
        }
        return version;
    }

    /**
     * As {@link Preparation#run}, once.
     *
     * @throws io.nucleon.error.NucleonException what it says when it fails, which is not remembered
     */
    Map<String, String> prepared(WrapperManifest manifest, Path interpreter) {
        Optional<Key> key = Key.of(manifest, interpreter);
        Map<String, String> known = key.map(prepared::get).orElse(null);
        if (known != null) {
            return known;
        }
        Map<String, String> values = Preparation.run(manifest, interpreter);
        key.ifPresent(found -> prepared.put(found, values));
        return values;
    }
}
