/**
 * Messages of MQTT brokers, protocol versions 3.1, 3.1.1 and 5.
 *
 * <p>Read {@link io.nucleon.triggers.mqtt.MqttTrigger}; {@link io.nucleon.triggers.mqtt.Session} is one connection from its beginning to
 * its loss, {@link io.nucleon.triggers.mqtt.Intake} keeps what it has received until the broker may be told.
 */
package io.nucleon.triggers.mqtt;
