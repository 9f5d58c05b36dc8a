package io.nucleon.spec;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** That volumes and mounts have names, the same ones, and that volumes of one name are one volume. */
final class VolumeCheck {
    private VolumeCheck() {}

    static void check(Fields spec, List<Volume> volumes) {
        Map<String, Attributes> byName = new HashMap<>();
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            Fields place = spec.items("volumes").get(i);
            if (volume.name().isEmpty()) {
                refuse(place, "has no name", "Volume name is missing", "add 'name' below volume and volumeMount");
            } else if (!volume.name().equals(volume.mountName())) {
                String why = "Volume and volume mount must have the same name: '" + volume.name() + "' and '"
                        + volume.mountName() + "'";
                refuse(place, "has two names", why, "write the same name in both");
            }
            Attributes other = byName.putIfAbsent(volume.name(), volume.volume());
            if (other != null
                    && !other.node().plain().equals(volume.volume().node().plain())) {
                String why = "Volumes sharing the same volume mount '" + volume.name()
                        + "' must having the same configuration";
                refuse(place, "takes the name of another volume", why, "give one of them another name");
            }
        }
    }

    private static void refuse(Fields place, String what, String why, String fix) {
        place.report(ErrorCode.VOLUME_INVALID).what(what).why(why).fix(fix).add();
    }
}
