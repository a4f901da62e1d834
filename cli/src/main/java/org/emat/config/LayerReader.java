package org.emat.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

/** Reads the inline form of a network: a list of layers, each with its weights from a seed or a file. */
final class LayerReader {
    private final Path file;
    private final Path folder;
    private final Architecture architecture;
    private final RunOptions.Mode mode;

    LayerReader(Path file, Path folder, Architecture architecture, RunOptions.Mode mode) {
        this.file = file;
        this.folder = folder;
        this.architecture = architecture;
        this.mode = mode;
    }

    /** The network of a checked configuration. */
    Network network(JsonNode json) {
        JsonNode given = json.path("inputShape");
        if (!given.has("channels")) {
            throw new InputException("'" + file + "': /inputShape/channels is missing; a list of layers needs it.");
        }
        TensorShape shape = new TensorShape(
                given.get("channels").asInt(),
                given.path("height").asInt(1),
                given.path("width").asInt(1));
        List<Layer> layers = new ArrayList<>();
        for (JsonNode layer : json.get("network")) {
            String place = "/network/" + layers.size();
            Layer read = layer(place, layer, shape, layers.size());
            layers.add(read);
            shape = read.geometry().output();
        }
        return new Network(json.path("name").asText("network"), layers);
    }

    private Layer layer(String place, JsonNode json, TensorShape input, int index) {
        LayerGeometry geometry;
        try {
            geometry = geometry(json, input);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refuse(place, e instanceof ArithmeticException ? "its sizes are too large" : e.getMessage());
        }
        return new Layer(
                json.path("name").asText("layer" + index),
                geometry,
                weights(place, json.path("weights"), geometry),
                bias(place, json.path("bias"), geometry),
                activation(place, json, geometry));
    }

    private static LayerGeometry geometry(JsonNode json, TensorShape input) {
        String operator = json.get("operator").asText();
        int channels = json.path("channels").asInt(1);
        if (operator.equals("dense")) {
            TensorShape output = new TensorShape(
                    channels, json.path("height").asInt(1), json.path("width").asInt(1));
            LayerGeometry geometry = LayerGeometry.dense(input, output);
            geometry.weightCount();
            return geometry;
        }
        LayerGeometry geometry = LayerGeometry.of(
                operator.equals("convolution") ? Operator.CONVOLUTION : Operator.TRANSPOSED_CONVOLUTION,
                input,
                channels,
                axis(json, 0),
                axis(json, 1),
                json.path("group").asInt(1));
        geometry.weightCount();
        geometry.output().words();
        return geometry;
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
        Path path = folder.resolve(given.asText());
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
            if (!Double.isFinite(value)) {
                throw refuse(place, "'" + path + "' holds " + value + "; finite numbers are needed");
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
                double low = json.path("low").asDouble(Double.NEGATIVE_INFINITY);
                double high = json.path("high").asDouble(Double.POSITIVE_INFINITY);
                if (low > high) {
                    throw refuse(place, "low is " + low + ", above high, which is " + high);
                }
                yield new Activation.Clip(low, high);
            }
            case "leaky-relu" -> slope(place, json.path("slope"), geometry);
            default -> new Activation.None();
        };
    }

    private Activation slope(String place, JsonNode given, LayerGeometry geometry) {
        if (!given.isArray()) {
            return new Activation.Slope(new double[] {given.asDouble(0.01)});
        }
        if (given.size() != 1 && given.size() != geometry.output().channels()) {
            throw refuse(
                    place + "/slope",
                    "it has " + given.size() + " entries; 1 or "
                            + geometry.output().channels() + " are needed");
        }
        double[] slopes = new double[given.size()];
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = given.get(i).asDouble();
        }
        return new Activation.Slope(slopes);
    }

    private InputException refuse(String place, String what) {
        return new InputException("'" + file + "': " + place + ": " + what + ".");
    }
}
