/**
 * YAML and JSON text as a tree whose every node knows its place, and back. The only package that names the YAML parser.
 *
 * <p>Read {@link io.nucleon.spec.yaml.Node} first, then {@link io.nucleon.spec.yaml.YamlReader}, which holds the limits that make
 * hostile text harmless. Nothing here knows of functions.
 */
package io.nucleon.spec.yaml;
