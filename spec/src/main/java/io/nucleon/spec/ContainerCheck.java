package io.nucleon.spec;

import io.nucleon.error.ErrorCode;
import io.nucleon.spec.field.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** That sidecars and init containers are whole and stay away from the processor's ports. */
final class ContainerCheck {
    private static final Set<Integer> RESERVED_PORTS = Set.of(8080, 8081, 8082, 8090);
    private static final Set<String> RESERVED_NAMES = Set.of("http", "metrics");

    private final Fields spec;
    private final Set<String> portNames = new HashSet<>();

    ContainerCheck(Fields spec) {
        this.spec = spec;
    }

    void check() {
        for (String list : List.of("sidecars", "initContainers")) {
            // Kubernetes knows the other fields, and new ones every year: they are not asked for.
            for (Fields container : spec.items(list)) {
                container(container);
            }
        }
    }

    private void container(Fields container) {
        String name = container.text("name", "");
        if (name.isEmpty()) {
            refuse(container, "name", "is missing", "Container name must be provided", "add 'name'");
        }
        if (container.text("image", "").isEmpty()) {
            String why = "Container image must be provided for container " + name;
            refuse(container, "image", "is missing", why, "add 'image'");
        }
        for (Fields port : container.items("ports")) {
            port(port);
        }
    }

    private void port(Fields port) {
        int number = port.integer("containerPort", 0, 0, 65_535);
        if (RESERVED_PORTS.contains(number)) {
            String why = "Container port " + number + " is reserved for Nuclio internal use";
            refuse(port, "containerPort", "can't be " + number, why, "choose another port");
        }
        String name = port.text("name", "");
        boolean reserved = RESERVED_NAMES.contains(name);
        boolean repeated = !name.isEmpty() && !portNames.add(name);
        if (reserved || repeated) {
            String why = "Port name " + name + (reserved ? " is reserved" : " is duplicated");
            refuse(port, "name", "can't be '" + name + "'", why, "choose another name");
        }
    }

    private static void refuse(Fields fields, String name, String what, String why, String fix) {
        fields.report(ErrorCode.CONTAINER_INVALID, name)
                .what(what)
                .why(why)
                .fix(fix)
                .add();
    }
}
