/** Real brokers as processes of their own, on ports of this machine that nobody else has; they keep their data over restarts. */
package io.nucleon.support.broker;
