/**
 * Requests of the readers: an HTTP client whose calls end, and a writer of JSON. Read {@link io.nucleon.triggers.shards.http.Http} first.
 */
package io.nucleon.triggers.shards.http;
