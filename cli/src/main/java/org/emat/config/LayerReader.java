package org.emat.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emat.arch.Architecture;
import org.emat.files.NpyArray;
import org.emat.files.NpyReader;
import org.emat.network.Activation;
import org.emat.network.Axis;
import org.emat.network.InputException;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.Network;
import org.emat.network.Operator;
import org.emat.network.TensorShape;
import org.emat.network.WeightOrder;

/** Reads the inline form of a network: a list of layers, each with its weights from a seed or a file. */
final class LayerReader {
    /** Words of a frame, and weights of a layer. */
    private static final int LARGEST = 1 << 27;

    private static final Set<String> CONVOLUTIONS = Set.of("convolution", "transposed-convolution");

    /** Keys that need one of some values of another key. */
    private static final Map<String, Condition> CONDITIONS = conditions();

    private final Path file;
    private final Architecture architecture;
    private final RunOptions.Mode mode;

    private record Condition(String key, Set<String> values) {}

    LayerReader(Path file, Architecture architecture, RunOptions.Mode mode) {
        this.file = file;
        this.architecture = architecture;
        this.mode = mode;
    }

    private static Map<String, Condition> conditions() {
        Map<String, Condition> conditions = new TreeMap<>();
        List.of("kernel", "stride", "dilation", "pads", "group")
                .forEach(key -> conditions.put(key, new Condition("operator", CONVOLUTIONS)));
        conditions.put("outputPadding", new Condition("operator", Set.of("transposed-convolution")));
        conditions.put("height", new Condition("operator", Set.of("dense")));
        conditions.put("width", new Condition("operator", Set.of("dense")));
        conditions.put("low", new Condition("activation", Set.of("clip")));
        conditions.put("high", new Condition("activation", Set.of("clip")));
        conditions.put("slope", new Condition("activation", Set.of("leaky-relu")));
        return Map.copyOf(conditions);
    }

    /** The network of a checked configuration. */
    Network network(JsonNode json) {
        for (int i = 0; i < json.get("network").size(); i++) {
            if (json.get("network").get(i).path("normalised").asBoolean()) {
                throw refuse("/network/" + i + "/normalised", "it is only for a training");
            }
        }
        TensorShape shape = inputShape(json.path("inputShape"));
        return new Network(json.path("name").asText("network"), layers("/network/", json.get("network"), shape));
    }

    /**
     * The layers of a checked list.
     *
     * @param place of the list in the file, with a slash at its end
     */
    List<Layer> layers(String place, JsonNode list, TensorShape input) {
        TensorShape shape = input;
        List<Layer> layers = new ArrayList<>();
        for (JsonNode layer : list) {
            Layer read = layer(place + layers.size(), layer, shape, layers.size());
            layers.add(read);
            shape = read.geometry().output();
        }
        return layers;
    }

    private TensorShape inputShape(JsonNode given) {
        if (!given.has("channels")) {
            throw new InputException("'" + file + "': /inputShape/channels is missing; a list of layers needs it.");
        }
        TensorShape shape = new TensorShape(
                given.get("channels").asInt(),
                given.path("height").asInt(1),
                given.path("width").asInt(1));
        checkWords("/inputShape", shape);
        return shape;
    }

    private void checkWords(String place, TensorShape shape) {
        long pixels = (long) shape.height() * shape.width();
        // In this order nothing overflows.
        if (pixels > LARGEST || pixels * shape.channels() > LARGEST) {
            throw refuse(place, "frames of " + shape + " words are too large; up to " + LARGEST + " are supported");
        }
    }

    private Layer layer(String place, JsonNode json, TensorShape input, int index) {
        checkConditions(place, json);
        LayerGeometry geometry;
        try {
            geometry = geometry(json, input);
            checkWords(place, geometry.output());
            if (geometry.weightCount() > LARGEST) {
                throw refuse(place, "its weights are too large; up to " + LARGEST + " are supported");
            }
        } catch (IllegalArgumentException e) {
            throw refuse(place, e.getMessage());
        } catch (ArithmeticException e) {
            throw refuse(
                    place,
                    "its sizes are too large: more than 2^31 words or weights; up to " + LARGEST + " are supported");
        }
        return new Layer(
                json.path("name").asText("layer" + index),
                geometry,
                weights(place, json.path("weights"), geometry),
                bias(place, json.path("bias"), geometry),
                activation(place, json, geometry));
    }

    /** Refuses a key that would be without effect. */
    private void checkConditions(String place, JsonNode json) {
        json.fieldNames().forEachRemaining(key -> {
            Condition condition = CONDITIONS.get(key);
            if (condition != null
                    && !condition.values.contains(json.path(condition.key).asText("none"))) {
                throw refuse(
                        place + "/" + key,
                        "it is only for the " + condition.key + " "
                                + condition.values.stream().sorted().collect(Collectors.joining(" or ")));
            }
        });
    }

    private static LayerGeometry geometry(JsonNode json, TensorShape input) {
        String operator = json.get("operator").asText();
        int channels = json.path("channels").asInt(1);
        if (operator.equals("dense")) {
            TensorShape output = new TensorShape(
                    channels, json.path("height").asInt(1), json.path("width").asInt(1));
            return LayerGeometry.dense(input, output);
        }
        return LayerGeometry.of(
                operator.equals("convolution") ? Operator.CONVOLUTION : Operator.TRANSPOSED_CONVOLUTION,
                input,
                channels,
                axis(json, 0),
                axis(json, 1),
                json.path("group").asInt(1));
    }

    private static Axis axis(JsonNode json, int index) {
        JsonNode pads = json.path("pads");
        return new Axis(
                entry(json.path("kernel"), index, 1),
                entry(json.path("stride"), index, 1),
                entry(json.path("dilation"), index, 1),
                entry(pads, index, 0),
                entry(pads, index + 2, 0),
                entry(json.path("outputPadding"), index, 0));
    }

    private static int entry(JsonNode node, int index, int otherwise) {
        return node.isArray() ? node.get(index).asInt() : node.asInt(otherwise);
    }

    private double[] weights(String place, JsonNode given, LayerGeometry geometry) {
        if (given.isTextual()) {
            int[] shape = WeightOrder.shape(geometry);
            return WeightOrder.fromOnnx(geometry, values(place + "/weights", given, shape));
        }
        Random random = new Random(given.asLong(1));
        int terms = geometry.groupInputs()
                * (geometry.operator() == Operator.DENSE ? geometry.input().pixels() : geometry.kernelSize());
        double spread = Math.sqrt(2.0 / terms);
        int most = (1 << (architecture.weightBits() - 1)) - 1;
        double[] weights = new double[geometry.weightCount()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = mode == RunOptions.Mode.INTEGER
                    ? random.nextInt(2 * most + 1) - most
                    : (float) (random.nextGaussian() * spread);
        }
        return weights;
    }

    private double[] bias(String place, JsonNode given, LayerGeometry geometry) {
        double[] bias = new double[geometry.scaleCount()];
        if (given.isTextual()) {
            double[] words = values(place + "/bias", given, new int[] {bias.length});
            return geometry.operator() == Operator.DENSE ? WeightOrder.toStream(geometry.output(), words) : words;
        }
        if (!given.isMissingNode()) {
            Random random = new Random(given.asLong());
            for (int i = 0; i < bias.length; i++) {
                bias[i] = mode == RunOptions.Mode.INTEGER
                        ? random.nextInt(201) - 100
                        : (float) (random.nextGaussian() * 0.1);
            }
        }
        return bias;
    }

    private double[] values(String place, JsonNode given, int[] shape) {
        Path path = ConfigurationReader.near(file, place, given.asText());
        NpyArray array;
        try {
            array = NpyReader.read(path);
        } catch (InputException e) {
            throw refuse(place, e.getMessage().replaceAll("[.]$", ""));
        }
        if (!Arrays.equals(array.shape(), shape)) {
            throw refuse(
                    place,
                    "'" + path + "' has the shape " + Arrays.toString(array.shape()) + "; this layer needs "
                            + Arrays.toString(shape));
        }
        for (double value : array.values()) {
            if (!Float.isFinite((float) value)) {
                throw refuse(place, "'" + path + "' holds " + value + "; finite numbers below 2^128 are needed");
            }
        }
        return array.values();
    }

    private Activation activation(String place, JsonNode json, LayerGeometry geometry) {
        return switch (json.path("activation").asText("none")) {
            case "relu" -> Activation.relu();
            case "tanh" -> new Activation.Tanh();
            case "sigmoid" -> new Activation.Sigmoid();
            case "clip" -> {
                double low = bound(place, json, "low", Double.NEGATIVE_INFINITY);
                double high = bound(place, json, "high", Double.POSITIVE_INFINITY);
                if (low > high) {
                    throw refuse(place, "low is " + low + ", above high, which is " + high);
                }
                yield new Activation.Clip(low, high);
            }
            case "leaky-relu" -> slope(place, json.path("slope"), geometry);
            default -> new Activation.None();
        };
    }

    private double bound(String place, JsonNode json, String key, double none) {
        return json.has(key) ? finite(place + "/" + key, json.get(key).asDouble()) : none;
    }

    private double finite(String place, double value) {
        if (!Float.isFinite((float) value)) {
            throw refuse(place, "it is " + value + "; a finite number below 2^128 is needed");
        }
        return value;
    }

    private Activation slope(String place, JsonNode given, LayerGeometry geometry) {
        if (!given.isArray()) {
            return new Activation.Slope(new double[] {finite(place + "/slope", given.asDouble(0.01))});
        }
        if (given.size() != 1 && given.size() != geometry.output().channels()) {
            throw refuse(
                    place + "/slope",
                    "it has " + given.size() + " entries; 1 or "
                            + geometry.output().channels() + " are needed");
        }
        double[] slopes = new double[given.size()];
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = finite(place + "/slope/" + i, given.get(i).asDouble());
        }
        return new Activation.Slope(slopes);
    }

    private InputException refuse(String place, String what) {
        return new InputException("'" + file + "': " + place + ": " + what + ".");
    }
}
