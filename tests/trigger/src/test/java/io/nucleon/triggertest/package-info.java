/**
 * What every durable source promises, against its real broker: {@link io.nucleon.triggertest.DeliveryContract} holds the cases, a {@link
 * io.nucleon.triggertest.Source} is one broker, {@link io.nucleon.triggertest.Ledger} tells what was lost or done twice.
 */
package io.nucleon.triggertest;
