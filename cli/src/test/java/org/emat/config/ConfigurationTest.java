package org.emat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emat.arch.Architecture;
import org.emat.network.InputException;
import org.emat.network.Layer;
import org.emat.network.Network;
import org.emat.onnx.ImportOptions;
import org.emat.onnx.OnnxImport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema says what the records do; what is written reads back. */
class ConfigurationTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNode SCHEMA = schema();
    private static final JsonNode ARCHITECTURE = SCHEMA.at("/$defs/architecture");
    private static final JsonNode LAYER = SCHEMA.at("/$defs/layer");

    /** The largest whole number up to which JSON holds every one: where only that bounds a number, records take more. */
    private static final double EXACT = 9007199254740991.0;

    private static final Set<String> PROSE = Set.of("description", "$schema");

    @TempDir
    Path folder;

    private static JsonNode schema() {
        try {
            return MAPPER.readTree(ConfigurationSchema.text());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The values of a schema's properties and of those of its objects, by pointer; prose left out. */
    private static Map<String, JsonNode> leaves(JsonNode schema) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        collect("", schema, leaves);
        return leaves;
    }

    private static void collect(String place, JsonNode schema, Map<String, JsonNode> leaves) {
        schema.get("properties").properties().forEach(entry -> {
            String pointer = place + "/" + entry.getKey();
            if (entry.getValue().has("properties")) {
                collect(pointer, entry.getValue(), leaves);
            } else if (!PROSE.contains(entry.getKey())) {
                leaves.put(pointer, entry.getValue());
            }
        });
    }

    /** An object with one value at a pointer. */
    private static ObjectNode with(ObjectNode object, String pointer, JsonNode value) {
        ObjectNode at = object;
        String[] keys = pointer.substring(1).split("/");
        for (int i = 0; i < keys.length - 1; i++) {
            at = at.has(keys[i]) ? (ObjectNode) at.get(keys[i]) : at.putObject(keys[i]);
        }
        at.set(keys[keys.length - 1], value);
        return object;
    }

    private Path file(JsonNode json) throws IOException {
        return Files.writeString(folder.resolve("drawn.json"), json.toString());
    }

    @Test
    void defaultsOfTheArchitectureAreTheStandardOne() {
        ObjectNode standard = MAPPER.valueToTree(Architecture.standard());
        Map<String, JsonNode> leaves = leaves(ARCHITECTURE);
        // Without a budget there is no limit, which has no number.
        standard.remove("budget");
        assertThat(leaves.remove("/budget/crossbars").has("default")).isFalse();
        assertThat(leaves.remove("/budget/converters").has("default")).isFalse();
        leaves.forEach((pointer, leaf) -> assertThat(leaf.path("default").asText())
                .as(pointer)
                .isEqualTo(standard.at(pointer).isNumber() ? whole(standard.at(pointer)) : text(standard, pointer)));
        List<String> pointers = new ArrayList<>();
        pointers("", standard, pointers);
        assertThat(leaves.keySet()).containsExactlyElementsOf(pointers);
    }

    private static String text(JsonNode json, String pointer) {
        return json.at(pointer).asText();
    }

    /** 0.0 as 0. */
    private static String whole(JsonNode number) {
        return number.decimalValue().stripTrailingZeros().toPlainString();
    }

    private static void pointers(String place, JsonNode json, List<String> pointers) {
        json.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                pointers(place + "/" + entry.getKey(), entry.getValue(), pointers);
            } else {
                pointers.add(place + "/" + entry.getKey());
            }
        });
    }

    @Test
    void defaultsOfTheRunAreTheStandardOnes() throws IOException {
        ObjectNode plain = MAPPER.createObjectNode().put("network", "a.onnx");
        ObjectNode spelled = plain.deepCopy();
        leaves(SCHEMA).forEach((pointer, leaf) -> {
            if (leaf.has("default")) {
                with(spelled, pointer, leaf.get("default"));
            }
        });
        assertThat(spelled).hasSizeGreaterThan(6);
        assertThat(ConfigurationReader.read(file(plain)).options()).isEqualTo(RunOptions.standard());
        assertThat(ConfigurationReader.read(file(spelled)).options()).isEqualTo(RunOptions.standard());
    }

    @Test
    void defaultsOfLayersAreWhatIsTakenWithoutThem() throws IOException {
        Map<String, JsonNode> leaves = leaves(LAYER);
        int seen = 0;
        for (Map.Entry<String, JsonNode> leaf : leaves.entrySet()) {
            if (leaf.getValue().has("default")) {
                ObjectNode layer = layerFor(leaf.getKey().substring(1));
                ObjectNode spelled = layer.deepCopy();
                spelled.set(leaf.getKey().substring(1), leaf.getValue().get("default"));
                assertSame(network(spelled), network(layer));
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(10);
    }

    /** A layer that takes a key. */
    private static ObjectNode layerFor(String key) {
        ObjectNode layer = MAPPER.createObjectNode();
        if (Set.of("height", "width").contains(key)) {
            return layer.put("operator", "dense");
        }
        layer.put("operator", "transposed-convolution");
        return key.equals("slope") ? layer.put("activation", "leaky-relu") : layer;
    }

    private Network network(JsonNode layer) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.putObject("inputShape").put("channels", 2).put("height", 3).put("width", 4);
        json.putArray("network").add(layer);
        return network(file(json));
    }

    private static Network network(Path file) {
        return ((NetworkSource.Layers) ConfigurationReader.read(file).network()).network();
    }

    /** Bit for bit. */
    private static void assertSame(Network found, Network wanted) {
        assertThat(found.layers()).hasSameSizeAs(wanted.layers());
        for (int i = 0; i < wanted.layers().size(); i++) {
            Layer a = found.layers().get(i);
            Layer b = wanted.layers().get(i);
            assertThat(a.name()).isEqualTo(b.name());
            assertThat(a.geometry()).isEqualTo(b.geometry());
            assertThat(a.activation()).isEqualTo(b.activation());
            assertThat(a.weights()).isEqualTo(b.weights());
            assertThat(a.bias()).isEqualTo(b.bias());
        }
    }

    @Test
    void rangesOfTheArchitectureAreThoseOfItsRecord() throws IOException {
        int seen = 0;
        for (Map.Entry<String, JsonNode> leaf : leaves(ARCHITECTURE).entrySet()) {
            JsonNode range = leaf.getValue();
            if (range.has("minimum") && range.get("maximum").asDouble() < EXACT) {
                assertTaken(leaf.getKey(), range.get("minimum").asInt());
                assertTaken(leaf.getKey(), range.get("maximum").asInt());
                assertRefused(leaf.getKey(), range.get("minimum").asInt() - 1);
                assertRefused(leaf.getKey(), range.get("maximum").asInt() + 1);
                seen++;
            }
        }
        assertThat(seen).isEqualTo(19);
    }

    private void assertTaken(String pointer, int value) throws IOException {
        JsonNode number = MAPPER.getNodeFactory().numberNode(value);
        ObjectNode given = with(MAPPER.createObjectNode(), pointer, number);
        Architecture read = ConfigurationReader.readArchitecture(file(given));
        JsonNode found = MAPPER.valueToTree(read);
        assertThat(found.at(pointer).asDouble()).as(pointer).isEqualTo(value);
    }

    private void assertRefused(String pointer, int value) throws IOException {
        JsonNode number = MAPPER.getNodeFactory().numberNode(value);
        ObjectNode whole = with(MAPPER.valueToTree(Architecture.standard()), pointer, number);
        assertThatThrownBy(() -> MAPPER.treeToValue(whole, Architecture.class))
                .as("record: %s of %s", pointer, value)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        Path file = file(with(MAPPER.createObjectNode(), pointer, number));
        assertThatThrownBy(() -> ConfigurationReader.readArchitecture(file))
                .as("schema: %s of %s", pointer, value)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(pointer + " is " + value);
    }

    @Test
    void everyKeyIsDescribed() {
        List<String> keys = new ArrayList<>();
        SCHEMA.findValues("properties")
                .forEach(properties -> properties.properties().forEach(entry -> {
                    JsonNode key = entry.getValue();
                    JsonNode described = key.has("$ref") && !key.has("description")
                            ? SCHEMA.at(key.get("$ref").asText().substring(1))
                            : key;
                    assertThat(described.path("description").asText())
                            .as(entry.getKey())
                            .endsWith(".");
                    keys.add(entry.getKey());
                }));
        assertThat(keys).hasSizeGreaterThan(15);
        assertThat(leaves(SCHEMA)).hasSizeGreaterThan(15);
        assertThat(leaves(ARCHITECTURE)).hasSizeGreaterThan(15);
        assertThat(leaves(LAYER)).hasSizeGreaterThan(15);
    }

    @Test
    void theFirstConfigurationSaysTheDefaults() throws IOException {
        Path file = Files.writeString(
                folder.resolve("emat.json"), ConfigurationWriter.template("emat.schema.json", "model.onnx"));
        Configuration read = ConfigurationReader.read(file);
        assertThat(read.architecture()).isEqualTo(Architecture.standard());
        assertThat(read.options()).isEqualTo(RunOptions.standard());
        assertThat(read.network())
                .isEqualTo(
                        ConfigurationReader.read(folder.resolve("model.onnx")).network());
    }

    @ParameterizedTest
    @CsvSource({"dcgan_mnist_generator, 0", "dcgan_mnist_discriminator, 0", "fsrcnn_x3, 20"})
    void writtenNetworksReadBackBitForBit(String name, int size) {
        ImportOptions options =
                size == 0 ? ImportOptions.standard() : ImportOptions.standard().withSize(size, size + 3);
        Network imported = new OnnxImport(options)
                .read(Path.of("..", "examples", name + ".onnx"))
                .network();
        Path file = folder.resolve("imported.json");
        ConfigurationWriter.write(file, imported);
        assertSame(network(file), imported);
        assertThat(folder.resolve("imported.weights")).isDirectory();
    }

    /** Names of models may be of any length and kind; those of configurations may not. */
    @Test
    void anyNameCanBeWritten() throws IOException {
        ObjectNode layer = MAPPER.createObjectNode().put("operator", "convolution");
        Layer plain = network(layer).layers().get(0);
        String odd = "\u0000\n\"\\ü".repeat(100);
        for (String name : List.of("", " ", odd)) {
            Layer named = new Layer(name, plain.geometry(), plain.weights(), plain.bias(), plain.activation());
            Path file = folder.resolve("named.json");
            ConfigurationWriter.write(file, new Network(name, List.of(named)));
            Network read = network(file);
            assertThat(read.layers().get(0).name()).isEqualTo(name.isBlank() ? "layer" : odd.substring(0, 200));
        }
    }
}
