/**
 * What the triggers on services of AWS share: requests in their JSON protocol, signed by Signature Version 4; where credentials come from;
 * leases in a DynamoDB table.
 *
 * <p>Read {@link io.nucleon.triggers.aws.AwsClient} first.
 */
package io.nucleon.triggers.aws;
