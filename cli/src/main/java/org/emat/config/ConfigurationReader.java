package org.emat.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.emat.arch.Architecture;
import org.emat.files.Images;
import org.emat.files.InputFile;
import org.emat.network.InputException;
import org.emat.schedule.StallScript;

/** Reads configurations; each refusal is one sentence with file, place, value and what is allowed. */
public final class ConfigurationReader {
    private static final String OF_JACKSON = " \\(start marker at .*|: enable `.*| \\(not recognized as one .*";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;

    private ConfigurationReader(Path file) {
        this.file = file;
    }

    /** The configuration of a file: JSON, or an ONNX file alone with all defaults. */
    public static Configuration read(Path file) {
        return read(file, Optional.empty(), Optional.empty());
    }

    /**
     * The configuration of a file, with what outranks it. Weights from a seed depend on both.
     *
     * @param architecture in place of the file's own
     * @param mode in place of the file's own
     */
    public static Configuration read(Path file, Optional<Architecture> architecture, Optional<RunOptions.Mode> mode) {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            NetworkSource network = new NetworkSource.OnnxFile(file, OptionalInt.empty(), OptionalInt.empty());
            RunOptions options = RunOptions.standard();
            return new Configuration(
                    file,
                    "",
                    network,
                    architecture.orElseGet(Architecture::standard),
                    options.in(mode.orElse(options.mode())));
        }
        return new ConfigurationReader(file).configuration(architecture, mode);
    }

    /** The architecture of a file of its own. */
    public static Architecture readArchitecture(Path file) {
        ConfigurationReader reader = new ConfigurationReader(file);
        JsonNode json = reader.json();
        ConfigurationSchema.ofArchitecture().check(file, json);
        return reader.architecture("/", json);
    }

    private Configuration configuration(Optional<Architecture> architecture, Optional<RunOptions.Mode> mode) {
        JsonNode json = json();
        if (json.has("generator") && !json.has("network")) {
            throw new InputException(
                    "'" + file + "' is the configuration of a training, which is for the command 'train'.");
        }
        ConfigurationSchema.ofConfiguration().check(file, json);
        Architecture own = architecture("/architecture/", json.path("architecture"));
        Architecture hardware = architecture.orElse(own);
        RunOptions read = options(json);
        RunOptions options = read.in(mode.orElse(read.mode()));
        NetworkSource network = network(json, hardware, options.mode());
        return new Configuration(file, json.path("name").asText(""), network, hardware, options);
    }

    private JsonNode json() {
        return json(file, "a configuration in JSON, or an ONNX file,");
    }

    /** The JSON of a file, not checked yet; {@code needed} says what it should be. */
    static JsonNode json(Path file, String needed) {
        try {
            JsonNode json = MAPPER.readTree(InputFile.read(file, needed));
            if (json.isMissingNode()) {
                throw new InputException("'" + file + "' is empty; a configuration in JSON is needed.");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "'" + file + "' is not JSON" + place(e.getLocation()) + ": " + firstLine(e.getOriginalMessage())
                            + ".",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Without what tells a programmer how to use the parser. */
    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").replaceAll(OF_JACKSON, "").replaceAll("[.]$", "");
    }

    private Architecture architecture(String place, JsonNode given) {
        ObjectNode merged = MAPPER.valueToTree(Architecture.standard());
        if (given.isObject()) {
            merge(merged, (ObjectNode) given);
        }
        try {
            return MAPPER.treeToValue(merged, Architecture.class);
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw refuse(place + firstLine(cause.getMessage()));
        }
    }

    /** Overwrites defaults with what is given; free texts are left out. */
    private static void merge(ObjectNode defaults, ObjectNode given) {
        given.properties().forEach(entry -> {
            String key = entry.getKey();
            if (key.equals("description") || key.equals("$schema")) {
                return;
            }
            if (entry.getValue().isObject() && defaults.path(key).isObject()) {
                merge((ObjectNode) defaults.get(key), (ObjectNode) entry.getValue());
            } else {
                defaults.set(key, entry.getValue());
            }
        });
    }

    private RunOptions options(JsonNode json) {
        RunOptions standard = RunOptions.standard();
        JsonNode stalls = json.path("stalls");
        return new RunOptions(
                RunOptions.Mode.of(json.path("mode").asText()).orElse(standard.mode()),
                optional(json.path("inputBits")),
                path(json, "input"),
                path(json, "calibration"),
                json.path("frames").asInt(standard.frames()),
                json.path("seed").asLong(standard.seed()),
                pixelRange(json.path("pixelRange"), standard.pixelRange()),
                path(json, "reference")
                        .map(image -> new RunOptions.Reference(
                                image, json.path("referenceBorder").asInt(0))),
                new StallScript(
                        stalls.path("seed").asLong(0),
                        stalls.path("input").asInt(0),
                        stalls.path("output").asInt(0)),
                optional(json.path("threads")));
    }

    private Images.Range pixelRange(JsonNode given, Images.Range standard) {
        if (given.isMissingNode()) {
            return standard;
        }
        try {
            return new Images.Range(given.get(0).asDouble(), given.get(1).asDouble());
        } catch (IllegalArgumentException e) {
            throw refuse("/pixelRange is " + given + "; " + e.getMessage());
        }
    }

    private static OptionalInt optional(JsonNode node) {
        return node.isMissingNode() ? OptionalInt.empty() : OptionalInt.of(node.asInt());
    }

    private Optional<Path> path(JsonNode json, String key) {
        return json.has(key) ? Optional.of(near(file, "/" + key, json.get(key).asText())) : Optional.empty();
    }

    /** A path that a configuration names, from the folder of the configuration. */
    static Path near(Path file, String place, String path) {
        try {
            return file.resolveSibling(path);
        } catch (InvalidPathException e) {
            throw new InputException("'" + file + "': " + place + " is no path of a file: " + e.getReason() + ".", e);
        }
    }

    private NetworkSource network(JsonNode json, Architecture architecture, RunOptions.Mode mode) {
        JsonNode network = json.get("network");
        if (network.isArray()) {
            return new NetworkSource.Layers(new LayerReader(file, architecture, mode).network(json));
        }
        JsonNode shape = json.path("inputShape");
        if (shape.has("channels")) {
            throw refuse("/inputShape/channels is only for a list of layers; an ONNX file has its own");
        }
        return new NetworkSource.OnnxFile(
                near(file, "/network", network.asText()),
                optional(shape.path("height")),
                optional(shape.path("width")));
    }

    private InputException refuse(String what) {
        return new InputException("'" + file + "': " + what + ".");
    }
}
