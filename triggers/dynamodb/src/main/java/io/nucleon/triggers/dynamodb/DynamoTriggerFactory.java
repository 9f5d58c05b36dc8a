package io.nucleon.triggers.dynamodb;

import io.nucleon.invoke.Deliverer;
import io.nucleon.invoke.Invoker;
import io.nucleon.trigger.AttributeReader;
import io.nucleon.trigger.Trigger;
import io.nucleon.trigger.TriggerFactory;
import io.nucleon.trigger.TriggerSetting;

/** Makes triggers on DynamoDB Streams. Safe for many threads. */
public final class DynamoTriggerFactory implements TriggerFactory {

    @Override
    public boolean accepts(String kind) {
        return kind.equals("dynamodb");
    }

    @Override
    public Trigger create(TriggerSetting setting, Invoker invoker, Deliverer deliverer) {
        DynamoSetting dynamo = AttributeReader.read(setting, fields -> DynamoSetting.read(fields, setting));
        String stream = dynamo.arn().isEmpty() ? dynamo.table() : dynamo.arn();
        return dynamo.reading().trigger(setting, dynamo.aws(), stream, new DynamoStream(setting, dynamo), deliverer);
    }
}
