package io.nucleon.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonTreeTest {

    private static Object tree(String json) {
        return JsonTree.value(json);
    }

    @Test
    void linesHaveAMemberOrAnObjectOfAListEach() {
        Object tree = JsonTree.value("{\"a\":{\"b\":[1,2],\"c\":{}},\"d\":[{\"e\":\"x\"},{}],\"f\":null}");

        assertThat(JsonTree.lines(tree)).isEqualTo("""
                {
                  "a": {
                    "b": [1,2],
                    "c": {}
                  },
                  "d": [
                    {
                      "e": "x"
                    },
                    {}
                  ],
                  "f": null
                }""");
        assertThat(JsonTree.value(JsonTree.lines(tree))).isEqualTo(tree);
    }

    @Test
    void writesWhatWasRead() {
        String json = "{\"a\":[1,2.50,true,null,\"x\"],\"b\":{}}";

        assertThat(JsonTree.text(tree(json))).isEqualTo(json);
    }

    @Test
    void aTextThatIsNoJsonIsAText() {
        assertThat(tree("eu")).isEqualTo("eu");
        assertThat(tree("1,2")).isEqualTo("1,2");
        assertThat(tree("null")).isNull();
        assertThat(JsonTree.text(tree("12.50"))).isEqualTo("12.50");
    }

    @Test
    void findsByPath() {
        Object tree = tree("{\"order\":{\"items\":[{\"price\":1},{\"price\":2}],\"note\":null}}");

        assertThat(JsonTree.at(tree, "order.items.1.price").map(Object::toString))
                .contains("2");
        assertThat(JsonTree.at(tree, "order.items.price").map(Object::toString)).contains("1");
        assertThat(JsonTree.at(tree, "order.items.7.price")).isEmpty();
        assertThat(JsonTree.at(tree, "order.note")).isEmpty();
        assertThat(JsonTree.at(tree, "order.note.deeper")).isEmpty();
    }

    @Test
    void changesACopy() {
        Object tree = tree("{\"items\":[1]}");

        assertThat(JsonTree.text(JsonTree.with(tree, "items.0", "x"))).isEqualTo("{\"items\":[\"x\"]}");
        assertThat(JsonTree.text(JsonTree.with(tree, "items.1", true))).isEqualTo("{\"items\":[1,true]}");
        assertThat(JsonTree.text(JsonTree.with(tree, "new.deep", null)))
                .isEqualTo("{\"items\":[1],\"new\":{\"deep\":null}}");
        assertThat(JsonTree.text(tree)).isEqualTo("{\"items\":[1]}");
    }

    @Test
    void saysWhereAPathLeadsNowhere() {
        Object tree = tree("{\"items\":[1],\"text\":\"x\"}");

        assertThatThrownBy(() -> JsonTree.with(tree, "items.3", 1)).hasMessage("'3' is no place in a list of 1");
        assertThatThrownBy(() -> JsonTree.with(tree, "items.x", 1)).hasMessage("'x' is no place in a list of 1");
        assertThatThrownBy(() -> JsonTree.with(tree, "text.x", 1))
                .hasMessage("there is nothing below a text, number or boolean, so no 'x'");
        assertThatThrownBy(() -> JsonTree.with(tree, "a..b", 1)).hasMessage("a name is missing before or behind a dot");
    }
}
