package io.nucleon.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final long NOW = 1_800_000_000_000_000_000L;
    private static final Secrets SECRETS = new Secrets(List.of("password", "X-Api-Key"));

    private static RecordedAnswer answer(String contentType, byte[] body) {
        return new RecordedAnswer("responded", 200, contentType, List.of(), ByteBuffer.wrap(body), 0, "", "");
    }

    private static String masked(String contentType, String body) {
        RecordedAnswer masked = SECRETS.mask(answer(contentType, body.getBytes(StandardCharsets.UTF_8)));
        return StandardCharsets.UTF_8.decode(masked.body().duplicate()).toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"password":"a"}                                | {"password":"****"}
            {"PASSWORD" : 17 , "b":2}                       | {"PASSWORD" : "****" , "b":2}
            {"password":null}                               | {"password":"****"}
            [{"a":{"password":{"x":["}",{"y":1}]},"b":0}}]  | [{"a":{"password":"****","b":0}}]
            {"password":"a\\"b","c":"d"}                  | {"password":"****","c":"d"}
            {"p\\u0061ssword":"a"}                        | {"p\\u0061ssword":"****"}
            {"a":"password","b":"\\"password\\":"}      | {"a":"password","b":"\\"password\\":"}
            {"headers":{"Authorization":"Bearer x"}}        | {"headers":{"Authorization":"****"}}
            {"password":"a"}{"password":"b"}                | {"password":"****"}{"password":"****"}
            {"password":"breaks off                         | {"password":"****"
            {"password":[1,                                 | {"password":"****"
            {"password":                                    | {"password":"****"
            """)
    void masksMembersAndNothingElse(String body, String expected) {
        assertThat(masked("", body)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "plain password: a",
                "\"password\"",
                "{",
                "{\"",
                "{\"a\\",
                "[]",
                "{\"pass\":\"é password\"}"
            })
    void leavesAloneWhatHasNone(String body) {
        assertThat(masked("text/plain", body)).isEqualTo(body);
    }

    @Test
    void masksFieldsOfFormsAndQueries() {
        assertThat(masked(
                        "application/x-www-form-urlencoded; charset=utf-8",
                        "a=1&password=b%20c&pass%77ord=d&password&%zz=é"))
                .isEqualTo("a=1&password=****&pass%77ord=****&password&%zz=é");

        RecordedEvent event = Samples.event("x")
                .with("/p", "x-api-key=k&q=1", List.of("x-API-key", "k", "Key", "eu"), ByteBuffer.allocate(0));
        assertThat(SECRETS.mask(event).query()).isEqualTo("x-api-key=****&q=1");
        assertThat(SECRETS.mask(event).headers()).containsExactly("x-API-key", "****", "Key", "eu");
    }

    private static String multipart(String... parts) {
        StringBuilder body = new StringBuilder("a preamble");
        for (String part : parts) {
            body.append("\r\n--b1\r\nContent-Disposition: form-data; ").append(part);
        }
        return body + "\r\n--b1--\r\nan epilogue";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=b1",
                "Multipart/Form-Data; charset=utf-8; boundary=\"b1\"",
                "multipart/form-data;boundary=b1; charset=utf-8"
            })
    void masksPartsOfMultipartForms(String contentType) {
        String user = "name=\"user\"\r\n\r\nada --b1 password";
        String file = "filename=\"p\"; name=\"X-Api-Key\"\r\nContent-Type: application/octet-stream\r\n\r\n";

        assertThat(masked(contentType, multipart("name=\"password\"\r\n\r\ns\r\nt\n--b2", user, file + "\0\1")))
                .isEqualTo(multipart("name=\"password\"\r\n\r\n****", user, file + "****"));
        assertThat(masked(contentType, multipart(user))).isEqualTo(multipart(user));
        assertThat(masked(contentType, multipart("name=password\r\n\r\nbreaks").replaceAll("(?s)breaks.*", "breaks o")))
                .endsWith("name=password\r\n\r\n****");
    }

    @Test
    void aMultipartBodyOfAnotherShapeIsLeftAlone() {
        String type = "multipart/form-data; boundary=b1";
        for (String body :
                List.of("", "--b1", "--b1\r\n", "--b1--", "--b1\r\nContent-Disposition: form-data\r\n\r\nx", "x")) {
            assertThat(masked(type, body)).isEqualTo(body);
        }
        String other = multipart("name=\"password\"\r\n\r\ns");
        assertThat(masked("multipart/mixed; boundary=b1", other)).isEqualTo(other);
        assertThat(masked("multipart/form-data", other)).isEqualTo(other);
    }

    private static final SecretValues KNOWN =
            SecretValues.of(List.of("s3cr3t/va lue", "s3cr3t/v", "short", "quo\"ted-one"));

    private static String knownMasked(String body) {
        RecordedAnswer answer = answer("text/plain", body.getBytes(StandardCharsets.UTF_8));
        return text(new Secrets(List.of(), KNOWN).mask(answer).body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a s3cr3t/va lue b s3cr3t/v  | a **** b ****
            s3cr3t/va lue               | ****
            s3cr3t%2Fva+lue!            | ****!
            s3cr3t%2Fva%20lue!          | ****!
            {"a":"quo\"ted-one"}     | {"a":"****"}
            s3cr3t/ s3cr3ts3cr3t/v      | s3cr3t/ s3cr3t****
            short                       | short
            """)
    void masksKnownValuesWhereverTheyStand(String body, String expected) {
        assertThat(knownMasked(body)).isEqualTo(expected);
    }

    @Test
    void knownValuesAreMaskedInEveryPartOfAnEntry() {
        String value = "s3cr3t/va lue";
        Secrets secrets = new Secrets(List.of(), KNOWN);
        RecordedEvent event = Samples.event("x")
                .with(
                        "/a/s3cr3t%2Fva%20lue/b",
                        "t=s3cr3t%2Fva+lue", List.of("Key", "eu " + value), bytes("x " + value));
        RecordedAnswer answer =
                new RecordedAnswer("failed", 500, "", List.of(), bytes(value), 0, "NUC-4030", "no " + value);
        Tries tries = new Tries("NUC-4030", "ValueError: " + value, 1, 0, 1, 1, 0);
        Entry masked = new Entry(
                        EntryKind.DEAD_LETTER,
                        Samples.id(1),
                        NOW,
                        "billing",
                        Optional.of(event),
                        Optional.of(answer),
                        tries)
                .masked(secrets);

        RecordedEvent kept = masked.event().orElseThrow();
        assertThat(kept.path()).isEqualTo("/a/****/b");
        assertThat(kept.query()).isEqualTo("t=****");
        assertThat(kept.headers()).containsExactly("Key", "eu ****");
        assertThat(text(kept.body())).isEqualTo("x ****");
        assertThat(text(masked.answer().orElseThrow().body())).isEqualTo("****");
        assertThat(masked.answer().orElseThrow().reason()).isEqualTo("no ****");
        assertThat(masked.tries().reason()).isEqualTo("ValueError: ****");
        assertThat(KNOWN.toString()
                        + new JournalSetting(Path.of("/j"), 1, Duration.ofHours(1), false, List.of()).with(KNOWN))
                .doesNotContain("s3cr3t");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bytesThatAreNoTextPassThrough() {
        byte[] bytes = {'{', '"', (byte) 0xff, '"', ':', (byte) 0x80, '}'};

        assertThat(SECRETS.mask(answer("", bytes)).body()).isEqualTo(ByteBuffer.wrap(bytes));
    }

    @Test
    void endsForWhateverComes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String signs = "{}[]\":,\\ ap";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("{");
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append(random.nextInt(8) == 0 ? "\"password\":" : signs.charAt(random.nextInt(signs.length())));
            }
            String once = masked("", text.toString());
            assertThat(masked("", once)).as("seed %d: %s", seed, text).isEqualTo(once);
        }
    }

    @Test
    void bodiesAreMaskedButForTheAnswerThatACallerFetches(@TempDir Path folder) {
        Path journalFolder = folder.resolve("journal");
        JournalSetting setting = new JournalSetting(
                journalFolder, 1L << 30, Duration.ofHours(1), false, List.of("X-Api-Key", "password"));
        String body = "{\"user\":\"ada\",\"Password\":\"s\"}";
        try (Journal journal = Journal.open(setting, () -> NOW)) {
            Receipts.kept(journal, Entry.deadLetter(Samples.id(1), NOW, "billing", Samples.event(body), Tries.NONE));
            Receipts.kept(journal, Entry.accepted(Samples.id(2), NOW, "billing", Samples.event(body)));
            Receipts.kept(journal, Entry.answered(Samples.id(2), NOW, "billing", Samples.answer(200, body)));

            Entry dead = journal.find(Samples.id(1)).getFirst().entry();
            assertThat(text(dead.event().orElseThrow().body())).isEqualTo("{\"user\":\"ada\",\"Password\":\"****\"}");
            List<Stored> call = journal.find(Samples.id(2));
            assertThat(text(call.getFirst().entry().event().orElseThrow().body()))
                    .isEqualTo(body);
            assertThat(text(call.getLast().entry().answer().orElseThrow().body()))
                    .isEqualTo(body);
        }
        Entry shown = JournalReader.of(journalFolder)
                .find(Samples.id(2))
                .getFirst()
                .entry()
                .shown(Secrets.of(journalFolder));
        assertThat(text(shown.event().orElseThrow().body())).contains("\"Password\":\"****\"");
        assertThat(shown.event().orElseThrow().headers()).contains(Secrets.MASK);
    }

    private static String text(ByteBuffer body) {
        return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    }
}
