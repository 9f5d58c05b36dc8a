package io.nucleon.trigger.kickstart;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.SourceRules;
import io.nucleon.trigger.FixedEvent;
import io.nucleon.trigger.SourceEvent;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerSetting;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Delivers one event each time it is started. Other triggers do not wait for it. */
final class KickstartTrigger implements Trigger {

    private final TriggerSetting setting;
    private final FixedEvent event;
    private final Deliverer deliverer;

    KickstartTrigger(TriggerSetting setting, FixedEvent event, Deliverer deliverer) {
        this.setting = setting;
        this.event = event;
        this.deliverer = deliverer;
    }

    @Override
    public void start() {
        deliverer.deliver(List.of(new Kick()));
    }

    @Override
    public CompletionStage<Void> drain() {
        return deliverer.drain();
    }

    @Override
    public SourceRules rules() {
        return SourceRules.UNHEARD;
    }

    @Override
    public void stop() {
        // it has no client
    }

    @Override
    public String address() {
        return "";
    }

    /** Nobody waits to hear what became of it. */
    private final class Kick extends SourceEvent {

        Kick() {
            super(setting.source(), event.at(setting.clock().wallNanos()));
        }

        @Override
        public long lane() {
            return NO_LANE;
        }

        @Override
        public void ack() {
            // done
        }

        @Override
        public void nack(long delayNanos) {
            // the next start delivers another
        }

        @Override
        public void hold() {
            // done
        }
    }
}
