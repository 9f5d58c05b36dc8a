package io.nucleon.cli;

import io.nucleon.command.CodeFlags;
import io.nucleon.spec.yaml.MapNode;
import io.nucleon.spec.yaml.Node;
import io.nucleon.spec.yaml.ScalarNode;

/** The flags about a function's code as a part of function.yaml. Stateless. */
final class CodeDocument {
    private CodeDocument() {}

    /** @param name of the function; empty for the one of its files */
    static MapNode node(String name, CodeFlags flags) {
        MapNode document = MapNode.EMPTY;
        document = text(document, name, "metadata", "name");
        document = text(document, flags.handler(), "spec", "handler");
        document = text(document, flags.runtime(), "spec", "runtime");
        document = text(document, flags.image(), "spec", "build", "image");
        document = text(document, flags.registry(), "spec", "build", "registry");
        document = text(document, flags.baseImage(), "spec", "build", "baseImage");
        document = text(document, flags.onbuildImage(), "spec", "build", "onbuildImage");
        document = text(document, flags.codeEntryType(), "spec", "build", "codeEntryType");
        document = json(document, "--build-runtime-attrs", flags.buildRuntimeAttributes(), "runtimeAttributes");
        document = json(document, "--build-code-entry-attrs", flags.codeEntryAttributes(), "codeEntryAttributes");
        document = isSet(document, flags.noPull(), "noBaseImagesPull");
        document = isSet(document, flags.noCleanup(), "noCleanup");
        document = isSet(document, flags.noCache(), "noCache");
        document = isSet(document, flags.offline(), "offline");
        if (!flags.buildCommands().isEmpty()) {
            document = document.withAt(GivenFunction.texts(flags.buildCommands()), "spec", "build", "commands");
        }
        if (!flags.source().isEmpty()) {
            document = text(document, GivenFunction.sourceOf(flags.source()), "spec", "build", "functionSourceCode");
        }
        return document;
    }

    static MapNode text(MapNode document, String text, String... keys) {
        return text.isEmpty() ? document : document.withAt(ScalarNode.text(text), keys);
    }

    private static MapNode json(MapNode document, String flag, String text, String key) {
        Node node = text.isEmpty() ? null : GivenFunction.parsed(flag, text);
        return node == null ? document : document.withAt(node, "spec", "build", key);
    }

    private static MapNode isSet(MapNode document, boolean value, String key) {
        return value ? document.withAt(GivenFunction.parsed(key, "true"), "spec", "build", key) : document;
    }
}
