/**
 * How the code of a function gets here: from a folder or file, out of the configuration, as an archive, out of a git repository.
 *
 * <p>Read {@link io.nucleon.builder.source.CodeFetcher} first. All that comes from elsewhere is hostile until checked: addresses
 * ({@link io.nucleon.builder.source.AddressRule}), archives ({@link io.nucleon.builder.source.Unpacker}), trees
 * ({@link io.nucleon.builder.source.CodeTree}).
 */
package io.nucleon.builder.source;
