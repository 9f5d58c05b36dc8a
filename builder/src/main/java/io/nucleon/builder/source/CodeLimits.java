package io.nucleon.builder.source;

import io.nucleon.error.ErrorCode;
import io.nucleon.error.ErrorMessage;

/**
 * How much code a function may bring. Immutable.
 *
 * @param maxBytes of all files together, unpacked
 * @param maxFiles files, folders and links together
 * @param maxRatio how many bytes one byte of an archive may become; looked at from {@link #RATIO_FROM_BYTES} on
 * @param maxDownloadBytes of an archive as it is sent
 */
public record CodeLimits(long maxBytes, int maxFiles, int maxRatio, long maxDownloadBytes) {

    /**
     * Models of a few hundred MiB pass; node_modules of large projects have about 40,000 files. Source code packs to a fifth, tables of
     * zeros to a thousandth.
     */
    public static final CodeLimits DEFAULT = new CodeLimits(2L << 30, 100_000, 200, 1L << 30);

    /** Small archives of empty or repeated text pack far better than real ones and harm nobody. */
    static final long RATIO_FROM_BYTES = 16L << 20;

    /** Adds up what a tree or archive holds. Confined to one thread. */
    final class Count {
        private final String what;
        private long bytes;
        private int files;

        /** @param what is counted, for messages */
        Count(String what) {
            this.what = what;
        }

        /** One more file, folder or link. */
        void file() {
            if (++files > maxFiles) {
                throw refused("it has more than " + maxFiles + " files");
            }
        }

        /** Further bytes of a file, and how many the archive has taken so far; 0 if there is none. */
        void bytes(long more, long packed) {
            bytes += more;
            if (bytes > maxBytes) {
                throw refused("its files are larger than " + maxBytes + " bytes together");
            }
            if (packed > 0 && bytes > RATIO_FROM_BYTES && bytes / packed > maxRatio) {
                throw refused("it unpacks to more than " + maxRatio + " times its size");
            }
        }

        private RuntimeException refused(String why) {
            return ErrorMessage.of(
                            ErrorCode.CODE_REFUSED,
                            what + " is refused",
                            why,
                            "leave out what the function doesn't need")
                    .toException();
        }
    }

    Count count(String what) {
        return new Count(what);
    }
}
