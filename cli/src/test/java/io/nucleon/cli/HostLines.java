package io.nucleon.cli;

/** What a host tells of an event that it was sent. */
final class HostLines {

    static final String ID = "2TSWY4R20000K8Q5ZJ0V3E1M7B";
    static final String SENT = "{\"kind\":\"sent\",\"id\":\"" + ID
            + "\",\"trigger\":\"stream\",\"source\":\"kafka orders-topic/0@0\",\"of\":2}\n";
    static final String STORED = answer(
            1,
            "{\"outcome\":\"responded\",\"status\":200,\"contentType\":\"application/json\",\"body\":\"{\\\"stored\\\":42}\"}");
    static final String ACKED = end("ok", "would ack");

    static String answer(int number, String answer) {
        return "{\"kind\":\"answer\",\"id\":\"" + ID + "\",\"try\":" + number
                + ",\"worker\":0,\"ms\":{\"queue\":0.02,\"handler\":0.43,\"transport\":0.07},\"answer\":" + answer
                + "}\n";
    }

    static String raised(int number) {
        return answer(
                number,
                "{\"outcome\":\"failed\",\"status\":500,\"code\":\"NUC-4030\",\"error\":\"KeyError: 'price' main.py:21\"}");
    }

    static String end(String state, String ack) {
        return "{\"kind\":\"end\",\"id\":\"" + ID + "\",\"state\":\"" + state + "\",\"tries\":1,\"ack\":\"" + ack
                + "\"}";
    }

    private HostLines() {}
}
