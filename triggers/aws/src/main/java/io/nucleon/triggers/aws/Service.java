package io.nucleon.triggers.aws;

/** A service of AWS with a JSON protocol. */
public enum Service {
    KINESIS("Kinesis", "kinesis", "kinesis", "Kinesis_20131202", "1.1"),
    DYNAMODB("DynamoDB", "dynamodb", "dynamodb", "DynamoDB_20120810", "1.0"),
    DYNAMODB_STREAMS("DynamoDB Streams", "streams.dynamodb", "dynamodb", "DynamoDBStreams_20120810", "1.0");

    private final String title;
    private final String host;
    private final String signed;
    private final String target;
    private final String version;

    Service(String title, String host, String signed, String target, String version) {
        this.title = title;
        this.host = host;
        this.signed = signed;
        this.target = target;
        this.version = version;
    }

    /** For messages. */
    String title() {
        return title;
    }

    /** Its public address in a region. */
    String url(String region) {
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        return "https://" + host + "." + region + "." + domain;
    }

    /** Its name in signatures. */
    String signed() {
        return signed;
    }

    String operation(String name) {
        return target + "." + name;
    }

    String contentType() {
        return "application/x-amz-json-" + version;
    }
}
