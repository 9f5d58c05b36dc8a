/**
 * The HTTP trigger, on Netty: HTTP/1.1 with pipelining, HTTP/1.0, HTTP/2 without encryption.
 *
 * <p>Read {@link io.nucleon.trigger.http.HttpTrigger} first, then {@link io.nucleon.trigger.http.HttpExchange}, one request with its
 * answer, and {@link io.nucleon.trigger.http.Http1Channel}, one client. Steps 1, 2 and 10 of an event's walk are in here, on the hot path:
 * a request costs one object of ours, its body is copied once (into the worker's ring), its answer once (out of it).
 *
 * <p>The package is larger than most because two versions of HTTP share it and none of it is of use to others.
 */
package io.nucleon.trigger.http;
