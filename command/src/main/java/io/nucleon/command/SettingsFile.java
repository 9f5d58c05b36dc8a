package io.nucleon.command;

import io.nucleon.spec.yaml.MapNode;

/**
 * One file that holds values of flags. Immutable.
 *
 * @param name as messages call it
 * @param root its keys
 */
record SettingsFile(String name, MapNode root) {}
