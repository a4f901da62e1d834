package org.emat.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import org.emat.arch.Architecture;
import org.emat.files.NpyArray;
import org.emat.files.NpyWriter;
import org.emat.files.OutputFile;
import org.emat.files.OutputFolder;
import org.emat.network.Activation;
import org.emat.network.Axis;
import org.emat.network.Layer;
import org.emat.network.LayerGeometry;
import org.emat.network.Network;
import org.emat.network.Operator;
import org.emat.network.WeightOrder;

/** Writes configurations: a first one to start from, and the inline form of a network. */
public final class ConfigurationWriter {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST_NAME = 200;

    private ConfigurationWriter() {}

    /**
     * A configuration with the defaults of the hardware spelled out.
     *
     * @param schema path of the schema, as editors find it from the file
     * @param network path of an ONNX file
     */
    public static String template(String schema, String network) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("$schema", schema);
        json.put(
                "description",
                "A network and the hardware it is mapped to. Everything but the network may be left out; '"
                        + "./emat schema' tells what each key means and allows.");
        json.put("network", network);
        ObjectNode architecture = MAPPER.valueToTree(Architecture.standard());
        architecture.remove("budget");
        ObjectNode described = MAPPER.createObjectNode();
        described.put("description", "Crossbars of 128 x 128 cells of 2 bits; 9-bit converters lose nothing.");
        described.setAll(architecture);
        json.set("architecture", described);
        json.put("mode", RunOptions.standard().mode().toString());
        json.put("frames", RunOptions.standard().frames());
        json.put("seed", RunOptions.standard().seed());
        return json.toPrettyString() + "\n";
    }

    /**
     * Writes the inline form of a network; its weights go to {@code .npy} files in a folder beside, named after the file.
     */
    public static void write(Path file, Network network) {
        OutputFile.check(file);
        Path name = file.toAbsolutePath().getFileName();
        Path weights = file.resolveSibling(name.toString().replaceFirst("[.]json$", "") + ".weights");
        ObjectNode json = MAPPER.createObjectNode();
        json.put("name", name(network.name(), "network"));
        ObjectNode shape = json.putObject("inputShape");
        shape.put("channels", network.input().channels());
        shape.put("height", network.input().height());
        shape.put("width", network.input().width());
        ArrayNode layers = json.putArray("network");
        try (OutputFolder folder = OutputFolder.begin(weights)) {
            for (Layer layer : network.layers()) {
                String prefix = "layer" + layers.size();
                layers.add(layer(layer, weights.getFileName() + "/" + prefix));
                store(folder, prefix, layer);
            }
            // Before the folder gets its place, so that a disk that is full now leaves neither.
            OutputFile.write(file, json.toPrettyString() + "\n");
            folder.finish();
        }
    }

    private static void store(OutputFolder folder, String prefix, Layer layer) {
        LayerGeometry geometry = layer.geometry();
        NpyArray weights = new NpyArray(WeightOrder.shape(geometry), WeightOrder.toOnnx(geometry, layer.weights()));
        double[] words = geometry.operator() == Operator.DENSE
                ? WeightOrder.toPlanes(geometry.output(), layer.bias())
                : layer.bias();
        NpyArray bias = new NpyArray(new int[] {words.length}, words);
        folder.write(prefix + "_weights.npy", NpyWriter.bytes(weights, NpyWriter.Type.FLOAT64));
        folder.write(prefix + "_bias.npy", NpyWriter.bytes(bias, NpyWriter.Type.FLOAT64));
    }

    /** A name of a file of any origin as a configuration may have it. */
    private static String name(String given, String otherwise) {
        String name = given.isBlank() ? otherwise : given;
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    private static ObjectNode layer(Layer layer, String prefix) {
        LayerGeometry geometry = layer.geometry();
        ObjectNode json = MAPPER.createObjectNode();
        json.put("name", name(layer.name(), "layer"));
        json.set("operator", MAPPER.valueToTree(geometry.operator()));
        json.put("channels", geometry.output().channels());
        if (geometry.operator() == Operator.DENSE) {
            json.put("height", geometry.output().height());
            json.put("width", geometry.output().width());
        } else {
            axes(json, geometry);
        }
        json.put("weights", prefix + "_weights.npy");
        json.put("bias", prefix + "_bias.npy");
        activation(json, layer.activation());
        return json;
    }

    private static void axes(ObjectNode json, LayerGeometry geometry) {
        Axis v = geometry.vertical();
        Axis h = geometry.horizontal();
        json.set("kernel", pair(v.kernel(), h.kernel()));
        json.set("stride", pair(v.stride(), h.stride()));
        json.set("dilation", pair(v.dilation(), h.dilation()));
        json.set("pads", pair(v.padBegin(), h.padBegin()).add(v.padEnd()).add(h.padEnd()));
        if (geometry.operator() == Operator.TRANSPOSED_CONVOLUTION) {
            json.set("outputPadding", pair(v.outputPadding(), h.outputPadding()));
        }
        json.put("group", geometry.groups());
    }

    private static ArrayNode pair(int vertical, int horizontal) {
        return MAPPER.createArrayNode().add(vertical).add(horizontal);
    }

    private static void activation(ObjectNode json, Activation activation) {
        if (activation instanceof Activation.Clip clip) {
            boolean relu = clip.low() == 0 && clip.high() == Double.POSITIVE_INFINITY;
            json.put("activation", relu ? "relu" : "clip");
            if (!relu && Double.isFinite(clip.low())) {
                json.put("low", clip.low());
            }
            if (!relu && Double.isFinite(clip.high())) {
                json.put("high", clip.high());
            }
        } else if (activation instanceof Activation.Slope slope) {
            json.put("activation", "leaky-relu");
            ArrayNode slopes = json.putArray("slope");
            for (double factor : slope.slopes()) {
                slopes.add(factor);
            }
        } else {
            json.put("activation", activation.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        }
    }
}
