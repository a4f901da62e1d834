package org.emat.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.emat.arch.Architecture;
import org.emat.files.Images;
import org.emat.network.InputException;
import org.emat.schedule.StallScript;

/** Reads configurations; each refusal is one sentence with file, place, value and what is allowed. */
public final class ConfigurationReader {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ConfigurationReader() {}

    /** The configuration of a file: JSON, or an ONNX file alone with all defaults. */
    public static Configuration read(Path file) {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            NetworkSource network = new NetworkSource.OnnxFile(file, OptionalInt.empty(), OptionalInt.empty());
            return new Configuration(file, "", network, Architecture.standard(), RunOptions.standard());
        }
        JsonNode json = json(file);
        ConfigurationSchema.check(file, json);
        Path folder = file.toAbsolutePath().getParent();
        Architecture architecture = architecture(file, "/architecture/", json.path("architecture"));
        RunOptions options = options(json, folder);
        return new Configuration(
                file,
                json.path("name").asText(""),
                network(file, folder, json, architecture, options),
                architecture,
                options);
    }

    /** The architecture of a file of its own. */
    public static Architecture readArchitecture(Path file) {
        JsonNode json = json(file);
        ConfigurationSchema.checkArchitecture(file, json);
        return architecture(file, "/", json);
    }

    private static JsonNode json(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new InputException("'" + file + "' is a folder; a configuration or an ONNX file is needed.");
            }
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            if (json == null || json.isMissingNode()) {
                throw new InputException("'" + file + "' is empty; a configuration in JSON is needed.");
            }
            return json;
        } catch (NoSuchFileException e) {
            throw new InputException("'" + file + "' does not exist.", e);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "'" + file + "' is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + firstLine(e.getOriginalMessage()) + ".",
                    e);
        } catch (IOException e) {
            throw new InputException("'" + file + "' cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").replaceAll("[.]$", "");
    }

    private static Architecture architecture(Path file, String place, JsonNode given) {
        ObjectNode merged = MAPPER.valueToTree(Architecture.standard());
        if (given.isObject()) {
            merge(merged, (ObjectNode) given);
        }
        try {
            return MAPPER.treeToValue(merged, Architecture.class);
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new InputException("'" + file + "': " + place + firstLine(cause.getMessage()) + ".", e);
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

    private static RunOptions options(JsonNode json, Path folder) {
        RunOptions standard = RunOptions.standard();
        JsonNode range = json.path("pixelRange");
        JsonNode stalls = json.path("stalls");
        return new RunOptions(
                json.path("mode").asText("quantised").equals("integer")
                        ? RunOptions.Mode.INTEGER
                        : RunOptions.Mode.QUANTISED,
                optional(json.path("inputBits")),
                path(json.path("input"), folder),
                path(json.path("calibration"), folder),
                json.path("frames").asInt(standard.frames()),
                json.path("seed").asLong(standard.seed()),
                range.isArray()
                        ? new Images.Range(range.get(0).asDouble(), range.get(1).asDouble())
                        : standard.pixelRange(),
                path(json.path("reference"), folder)
                        .map(image -> new RunOptions.Reference(
                                image, json.path("referenceBorder").asInt(0))),
                new StallScript(
                        stalls.path("seed").asLong(0),
                        stalls.path("input").asInt(0),
                        stalls.path("output").asInt(0)),
                optional(json.path("threads")));
    }

    private static OptionalInt optional(JsonNode node) {
        return node.isMissingNode() ? OptionalInt.empty() : OptionalInt.of(node.asInt());
    }

    private static Optional<Path> path(JsonNode node, Path folder) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(folder.resolve(node.asText()));
    }

    private static NetworkSource network(
            Path file, Path folder, JsonNode json, Architecture architecture, RunOptions options) {
        JsonNode network = json.get("network");
        JsonNode shape = json.path("inputShape");
        if (network.isTextual()) {
            if (shape.has("channels")) {
                throw new InputException(
                        "'" + file + "': /inputShape/channels is only for a list of layers; an ONNX file has its own.");
            }
            Path onnx = folder.resolve(network.asText());
            Path near = file.getParent() == null ? Path.of(network.asText()) : onnx;
            return new NetworkSource.OnnxFile(
                    Path.of(network.asText()).isAbsolute() ? onnx : near,
                    optional(shape.path("height")),
                    optional(shape.path("width")));
        }
        return new NetworkSource.Layers(new LayerReader(file, folder, architecture, options.mode()).network(json));
    }
}
