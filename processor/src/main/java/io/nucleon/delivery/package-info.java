/**
 * What becomes of an event of a durable source: ack, another try, dead letter. One policy for every trigger.
 *
 * <p>Read {@link io.nucleon.delivery.DeliveryEngine} first: {@code app} gives one to each trigger that is no listener. It stands between
 * steps 1 and 2 of an event's walk (docs/architecture.md), and again behind step 9. What waits in a lane goes to a worker that knows runs
 * as one {@code LaneRun}.
 */
package io.nucleon.delivery;
