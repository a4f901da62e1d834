package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.emat.config.ConfigurationSchema;

/** Configurations drawn from the schema, most of them at or beyond its limits, are computed or refused in a sentence. */
class DrawnConfigurationTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonNode SCHEMA = schema();

    /** Keys whose large values would only take long. */
    private static final List<String> SIZES =
            List.of("frames", "threads", "channels", "height", "width", "kernel", "stride", "pads", "outputPadding");

    private static Path folder;

    private static JsonNode schema() {
        try {
            return new ObjectMapper().readTree(ConfigurationSchema.text());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("drawn-configurations");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("drawn.json"));
        Files.delete(folder);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void isComputedOrRefused(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        String text = configuration(random).toString();
        Path file = Files.writeString(folder.resolve("drawn.json"), text);
        Console console = Console.run("golden", file, "--quiet");
        Statistics.label("exit code").collect(console.code());
        if (console.code() == 0) {
            assertThat(console.out()).as(text).contains("the first output in cycle");
        } else {
            assertThat(console.code()).as(text).isEqualTo(Main.REFUSED);
            assertThat(console.out()).as(text).isEmpty();
            assertThat(console.error())
                    .as(text)
                    .matches("emat: [^\n]*[^ .][.]\n")
                    .doesNotContain("fault of emat", "Exception", ": null");
        }
    }

    private static ObjectNode configuration(SplittableRandom random) {
        // Most keys are left out, for else nearly all would be refused.
        ObjectNode json = object(random, SCHEMA, 20);
        json.putObject("inputShape")
                .put("channels", 1 + random.nextInt(4))
                .put("height", 5)
                .put("width", 4);
        ArrayNode layers = json.putArray("network");
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            ObjectNode layer = object(random, SCHEMA.at("/$defs/layer"), 6);
            layer.set("operator", drawn(random, SCHEMA.at("/$defs/layer/properties/operator"), "operator"));
            if (random.nextInt(8) > 0) {
                removeIdle(layer);
            }
            layers.add(layer);
        }
        if (random.nextInt(3) == 0) {
            json.set("architecture", object(random, SCHEMA.at("/$defs/architecture"), 4));
        }
        List.of("input", "calibration", "reference").forEach(json::remove);
        return json;
    }

    /** Removes most keys that would be refused as being without effect, and weights of files, which are not there. */
    private static void removeIdle(ObjectNode layer) {
        boolean dense = layer.get("operator").asText().equals("dense");
        layer.remove(dense ? List.of("kernel", "stride", "dilation", "pads", "group") : List.of("height", "width"));
        if (!layer.get("operator").asText().startsWith("transposed")) {
            layer.remove("outputPadding");
        }
        String activation = layer.path("activation").asText();
        if (!activation.equals("clip")) {
            layer.remove(List.of("low", "high"));
        }
        if (!activation.equals("leaky-relu")) {
            layer.remove("slope");
        }
        List.of("weights", "bias").forEach(key -> {
            if (layer.path(key).isTextual()) {
                layer.remove(key);
            }
        });
    }

    /** Each key is there once in a number of times. */
    private static ObjectNode object(SplittableRandom random, JsonNode schema, int rarity) {
        ObjectNode object = JSON.objectNode();
        schema.get("properties").properties().forEach(entry -> {
            if (random.nextInt(rarity) == 0) {
                object.set(entry.getKey(), drawn(random, entry.getValue(), entry.getKey()));
            }
        });
        return object;
    }

    private static JsonNode drawn(SplittableRandom random, JsonNode schema, String key) {
        if (random.nextInt(80) == 0) {
            return List.of(
                            JSON.nullNode(),
                            JSON.textNode("x"),
                            JSON.numberNode(1e300),
                            JSON.arrayNode(),
                            JSON.objectNode())
                    .get(random.nextInt(5));
        }
        if (schema.has("$ref")) {
            return drawn(random, SCHEMA.at(schema.get("$ref").asText().substring(1)), key);
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        if (schema.has("properties")) {
            return object(random, schema, 3);
        }
        String type = schema.get("type").isTextual()
                ? schema.get("type").asText()
                : schema.at("/type/" + random.nextInt(schema.get("type").size()))
                        .asText();
        return switch (type) {
            case "array" -> list(random, schema, key);
            case "string" -> JSON.textNode("ä \n");
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "number" ->
                JSON.numberNode(List.of(0.0, 0.5, 1.0, -1.0, 1e-30, 1e30).get(random.nextInt(6)));
            default -> JSON.numberNode(number(random, schema, SIZES.contains(key)));
        };
    }

    private static JsonNode list(SplittableRandom random, JsonNode schema, String key) {
        ArrayNode list = JSON.arrayNode();
        int size = schema.path("minItems").asInt(1) + (random.nextInt(20) == 0 ? 1 : 0);
        for (int i = 0; i < size; i++) {
            list.add(drawn(random, schema.get("items"), key));
        }
        return list;
    }

    /** Small ones, and those at and just beyond the limits. */
    private static long number(SplittableRandom random, JsonNode schema, boolean small) {
        long least = schema.get("minimum").asLong();
        long most = schema.get("maximum").asLong();
        return switch (random.nextInt(small ? 60 : 64)) {
            case 0 -> least - 1;
            case 1 -> most + 1;
            case 2, 3, 4 -> least;
            case 60, 61, 62, 63 -> most;
            default -> Math.min(most, least + random.nextInt(4));
        };
    }
}
