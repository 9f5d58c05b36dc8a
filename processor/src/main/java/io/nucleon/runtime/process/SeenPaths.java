package io.nucleon.runtime.process;

import io.nucleon.error.ErrorMessage;
import io.nucleon.error.Place;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Files of the function in what its wrapper says, as whoever typed the command knows them: {@code orders/main.py}. Stateless. */
final class SeenPaths {

    private SeenPaths() {}

    /**
     * The message with paths as seen from the processor's own folder.
     *
     * @param directory of the function; files elsewhere keep their names
     */
    static ErrorMessage of(ErrorMessage message, Path directory) {
        return of(message, directory, Path.of("").toAbsolutePath());
    }

    static ErrorMessage of(ErrorMessage message, Path directory, Path here) {
        if (!directory.startsWith(here) || here.getNameCount() == 0) {
            return message; // from above everything, or from elsewhere, the whole path says most
        }
        UnaryOperator<String> seen = shortening(directory, here);
        Place place = message.place();
        String file = seen.apply(place.file());
        return new ErrorMessage(
                message.code(),
                message.severity(),
                title(seen.apply(message.what()), file),
                seen.apply(message.why()),
                message.fix().stream().map(seen).toList(),
                new Place(file, place.line(), place.column(), place.source(), place.note()),
                message.event(),
                message.detail());
    }

    private static UnaryOperator<String> shortening(Path directory, Path here) {
        boolean same = here.equals(directory);
        String folder = same ? "." : here.relativize(directory).toString();
        String before = same ? "" : folder + "/";
        return text -> text.replace(directory + "/", before).replace(directory.toString(), folder);
    }

    /** Wrappers begin with a file's bare name where it is what they speak of. */
    private static String title(String what, String file) {
        String bare = file.substring(file.lastIndexOf('/') + 1);
        boolean named = !bare.isEmpty() && what.startsWith(bare) && what.length() > bare.length();
        return named ? file + what.substring(bare.length()) : what;
    }
}
