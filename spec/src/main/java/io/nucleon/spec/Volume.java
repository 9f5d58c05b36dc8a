package io.nucleon.spec;

import io.nucleon.spec.field.Attributes;
import io.nucleon.spec.field.Fields;
import java.util.Optional;

/**
 * A volume and the place where it is mounted.
 *
 * @param name of the volume, or of the mount where the volume has none; empty when neither has
 * @param mountName the other way round
 * @param mountPath in the container
 * @param hostPath a folder of the machine; the only kind that the local platform knows
 * @param volume Kubernetes' volume as it is
 * @param mount Kubernetes' volume mount as it is
 */
public record Volume(
        String name,
        String mountName,
        String mountPath,
        Optional<String> hostPath,
        boolean readOnly,
        Attributes volume,
        Attributes mount) {
    static Volume read(Fields fields) {
        Attributes volume = fields.attributes("volume");
        Attributes mount = fields.attributes("volumeMount");
        Fields of = volume.fields(fields.problems());
        Fields at = mount.fields(fields.problems());
        String name = of.text("name", "");
        String mountName = at.text("name", "");
        return new Volume(
                name.isEmpty() ? mountName : name,
                mountName.isEmpty() ? name : mountName,
                at.text("mountPath", ""),
                of.map("hostPath").optionalText("path"),
                at.bool("readOnly", false),
                volume,
                mount);
    }
}
