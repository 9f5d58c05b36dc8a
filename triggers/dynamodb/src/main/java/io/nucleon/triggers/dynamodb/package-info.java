/**
 * The trigger on the changes of a DynamoDB table.
 *
 * <p>Read {@link io.nucleon.triggers.dynamodb.DynamoTriggerFactory}; how shards are shared and read lies in {@code
 * io.nucleon.triggers.shards}.
 */
package io.nucleon.triggers.dynamodb;
