package io.nucleon.trigger.http;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.TriggerSetting;

/** Makes HTTP triggers. Safe for many threads. */
public final class HttpTriggerFactory implements TriggerFactory {

    private final HttpTrigger.Place place;

    /** Makes triggers at addresses of their own. */
    public HttpTriggerFactory() {
        this(HttpTrigger.Place.OWN);
    }

    private HttpTriggerFactory(HttpTrigger.Place place) {
        this.place = place;
    }

    /** Makes the trigger of the function of that name, at an address of its own and behind the front too. */
    public static HttpTriggerFactory alsoBehind(HttpFront front, String function) {
        return new HttpTriggerFactory(new HttpTrigger.Place(true, front, function));
    }

    /** Makes the trigger of the function of that name, behind the front only. */
    public static HttpTriggerFactory behind(HttpFront front, String function) {
        return new HttpTriggerFactory(new HttpTrigger.Place(false, front, function));
    }

    @Override
    public boolean accepts(String kind) {
        return kind.equals("http");
    }

    @Override
    public Trigger create(TriggerSetting setting, Invoker invoker, Deliverer deliverer) {
        return new HttpTrigger(setting, HttpSetting.read(setting), invoker, TimeLimits.DEFAULT, place);
    }
}
