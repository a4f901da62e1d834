package org.emat.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Encoding;
import org.emat.arch.Architecture.Mapping;
import org.emat.network.Activation;
import org.emat.network.InputException;
import org.emat.network.Layer;
import org.emat.network.TensorShape;
import org.emat.train.gan.GanPlan;
import org.emat.train.gan.Loss;
import org.emat.train.gan.Optimiser;
import org.emat.train.gan.Response;
import org.emat.train.gan.TrainedLayer;
import org.emat.train.gan.TrainingFormat;
import org.emat.train.gan.UntrainableException;
import org.emat.train.machine.MachineOptions;

/** Reads configurations of trainings; each refusal is one sentence with file, place, value and what is allowed. */
public final class TrainingReader {
    /** Parts of a plan that have other names in a file. */
    private static final Map<String, String> KEYS = Map.of(
            "/response", "/activation",
            "/image", "/imageShape",
            "/optimiser/rate", "/learningRate",
            "/optimiser/weightDecay", "/weightDecay",
            "/optimiser/halvings", "/halveAt");

    private final Path file;
    private final JsonNode json;

    private TrainingReader(Path file, JsonNode json) {
        this.file = file;
        this.json = json;
    }

    /** The training of a file. */
    public static TrainingConfiguration read(Path file) {
        JsonNode json = ConfigurationReader.json(file, "the configuration of a training in JSON");
        if (json.has("network") && !json.has("generator")) {
            throw new InputException("'" + file
                    + "' is the configuration of a network; that of a training has /generator and /discriminator.");
        }
        ConfigurationSchema.ofTraining().check(file, json);
        return new TrainingReader(file, json).training();
    }

    private TrainingConfiguration training() {
        String name = file.toAbsolutePath().getFileName().toString().replaceFirst("[.]json$", "");
        return new TrainingConfiguration(
                json.path("name").asText(name),
                data("images"),
                json.has("labels") ? Optional.of(data("labels")) : Optional.empty(),
                json.path("brightest").asInt(255),
                plan(),
                json.path("steps").asLong(12_000),
                new MachineOptions(
                        json.path("pipelined").asBoolean(true),
                        json.path("spatialParallelism").asBoolean(),
                        json.path("gradientLanes").asInt(64),
                        json.path("mapping").asText().equals("zero-insertion")
                                ? Mapping.ZERO_INSERTION
                                : Mapping.PHASE),
                json.has("endurance") ? OptionalLong.of(json.get("endurance").asLong()) : OptionalLong.empty(),
                json.has("threads") ? OptionalInt.of(json.get("threads").asInt()) : OptionalInt.empty());
    }

    private Path data(String key) {
        Path path = ConfigurationReader.near(file, "/" + key, json.get(key).asText());
        if (!Files.exists(path)) {
            throw refuse("/" + key, "'" + path + "' does not exist");
        }
        return path;
    }

    private GanPlan plan() {
        JsonNode shape = json.get("imageShape");
        TensorShape image = new TensorShape(
                shape.get("channels").asInt(),
                shape.get("height").asInt(),
                shape.get("width").asInt());
        TensorShape latent = new TensorShape(json.path("latent").asInt(16), 1, 1);
        List<TrainedLayer> generator = layers("generator", latent);
        List<TrainedLayer> discriminator = layers("discriminator", image);
        try {
            return new GanPlan(
                    generator,
                    discriminator,
                    format(),
                    loss(json.path("loss").asText("hinge")),
                    optimiser(),
                    json.path("batch").asInt(32),
                    json.path("computationSharing").asBoolean(),
                    cells(),
                    json.path("seed").asLong(1));
        } catch (UntrainableException e) {
            throw refused(e);
        } catch (IllegalArgumentException e) {
            throw new InputException("'" + file + "': " + e.getMessage() + ".", e);
        }
    }

    /** A refusal in the terms of the file. */
    private InputException refused(UntrainableException e) {
        String place = "/" + e.part();
        for (Map.Entry<String, String> part : KEYS.entrySet()) {
            place = place.replace(part.getKey(), part.getValue());
        }
        String value =
                place.endsWith("/activation") ? "; it is " + json.at(place).asText("none") : "";
        return refuse(place, e.getMessage() + value);
    }

    private TrainingFormat format() {
        TrainingFormat standard = TrainingFormat.standard();
        return new TrainingFormat(
                json.path("activationBits").asInt(standard.activationBits()),
                json.path("errorBits").asInt(standard.errorBits()),
                json.path("weightFraction").asInt(standard.weightFraction()),
                json.path("scaleDecay").asInt(standard.scaleDecay()));
    }

    private static Loss loss(String name) {
        return Loss.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    private Optimiser optimiser() {
        List<Long> halvings = new ArrayList<>();
        json.path("halveAt").forEach(step -> halvings.add(step.asLong()));
        return Optimiser.of(
                json.path("learningRate").asDouble(0x1p-7),
                json.path("momentum").asDouble(0.5),
                json.path("weightDecay").asDouble(0),
                halvings);
    }

    private GanPlan.Cells cells() {
        boolean differential = json.path("encoding").asText().equals("differential");
        return new GanPlan.Cells(
                json.path("cellBits").asInt(2), differential ? Encoding.DIFFERENTIAL : Encoding.OFFSET);
    }

    private List<TrainedLayer> layers(String key, TensorShape input) {
        String place = "/" + key + "/";
        JsonNode list = json.get(key);
        for (int i = 0; i < list.size(); i++) {
            for (String given : List.of("weights", "bias")) {
                if (list.get(i).has(given)) {
                    throw refuse(
                            place + i + "/" + given,
                            "a training draws its first weights from /seed and takes no "
                                    + list.get(i).get(given));
                }
            }
        }
        List<Layer> read =
                new LayerReader(file, Architecture.standard(), RunOptions.Mode.QUANTISED).layers(place, list, input);
        List<TrainedLayer> layers = new ArrayList<>();
        for (Layer layer : read) {
            JsonNode given = list.get(layers.size());
            Response response = response(place + layers.size(), given, layer.activation());
            boolean normalised = given.path("normalised").asBoolean();
            layers.add(new TrainedLayer(layer.name(), layer.geometry(), response, normalised));
        }
        return layers;
    }

    private Response response(String place, JsonNode given, Activation activation) {
        if (activation instanceof Activation.None) {
            return new Response.Linear();
        } else if (activation.equals(Activation.relu())) {
            return new Response.Relu();
        } else if (activation instanceof Activation.Tanh) {
            return new Response.Tabled(Response.Curve.TANH);
        } else if (activation instanceof Activation.Sigmoid) {
            return new Response.Tabled(Response.Curve.SIGMOID);
        } else if (activation instanceof Activation.Slope slope) {
            return leaky(place + "/slope", given.path("slope"), slope.slopes());
        }
        throw refuse(
                place + "/activation",
                "a training takes none, relu, leaky-relu, tanh and sigmoid, not "
                        + given.get("activation").asText());
    }

    private Response leaky(String place, JsonNode given, double[] slopes) {
        String allowed = "a training takes one slope, a power of two from 2^-15 to 1/2, ";
        if (given.isMissingNode()) {
            throw refuse(place, allowed + "and leaky-relu must give it");
        }
        int shift = slopes.length == 1 ? -Math.getExponent(slopes[0]) : 0;
        if (shift < 1 || shift > 15 || slopes[0] != Math.scalb(1.0, -shift)) {
            throw refuse(place, allowed + "not " + given);
        }
        return new Response.LeakyRelu(shift);
    }

    private InputException refuse(String place, String what) {
        return new InputException("'" + file + "': " + place + ": " + what + ".");
    }
}
