package org.emat.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.emat.network.InputException;

/** The published JSON Schema of a configuration, or of a part of it, and refusals in its terms. */
public final class ConfigurationSchema {
    private static final int SHOWN = 60;

    /** In so many letters of a key one may be wrong. */
    private static final int LETTERS_OF_A_SLIP = 3;

    private final String subject;
    private final JsonNode root;
    private final Schema schema;

    private ConfigurationSchema(String subject, JsonNode root) {
        this.subject = subject;
        this.root = root;
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root);
    }

    /** The text of the schema. */
    public static String text() {
        try (InputStream in = ConfigurationSchema.class.getResourceAsStream("emat.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema of a whole configuration. */
    static ConfigurationSchema ofConfiguration() {
        return new ConfigurationSchema("the configuration", parsed());
    }

    /** The schema of an architecture in a file of its own. */
    static ConfigurationSchema ofArchitecture() {
        return new ConfigurationSchema("the architecture", parsed().at("/$defs/architecture"));
    }

    /** The schema of a training; its parts refer to others of the whole. */
    static ConfigurationSchema ofTraining() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("$ref", "#/$defs/training");
        root.set("$defs", parsed().get("$defs"));
        return new ConfigurationSchema("the training", root);
    }

    private static JsonNode parsed() {
        try {
            return new ObjectMapper().readTree(text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Refuses what the schema does not allow, with the place, the value and what is allowed. */
    void check(Path file, JsonNode json) {
        schema.validate(json).stream()
                .max(Comparator.comparingInt(
                        error -> error.getInstanceLocation().getNameCount()))
                .ifPresent(error -> {
                    throw new InputException("'" + file + "': " + sentence(error, json));
                });
    }

    private String sentence(Error error, JsonNode json) {
        String place = error.getInstanceLocation().toString();
        String where = place.isEmpty() ? subject : place;
        return switch (error.getKeyword()) {
            case "required" -> where + " lacks '" + error.getProperty() + "'.";
            case "additionalProperties" ->
                where + " has the unknown key '" + error.getProperty() + "'"
                        + alike(error.getProperty(), known(error)) + "; known are "
                        + String.join(", ", known(error)) + ".";
            default -> where + " is " + shown(json.at(place)) + "; it must be " + allowed(error) + ".";
        };
    }

    /** The part of the schema that holds the keyword of a refusal. */
    private JsonNode around(Error error) {
        String pointer = error.getSchemaLocation().getFragment().toString();
        return root.at(pointer.substring(0, pointer.lastIndexOf('/')));
    }

    /** The keys that an object may have; those for editors and readers go without saying. */
    private List<String> known(Error error) {
        return around(error).get("properties").properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.equals("$schema") && !key.equals("description"))
                .toList();
    }

    /** The key that is likely meant, if any is near. */
    private static String alike(String key, List<String> known) {
        LevenshteinDistance distance = new LevenshteinDistance(Math.max(1, key.length() / LETTERS_OF_A_SLIP));
        return known.stream()
                .filter(other -> apart(distance, key, other) >= 0)
                .min(Comparator.comparingInt(other -> apart(distance, key, other)))
                .map(other -> ", which may mean '" + other + "'")
                .orElse("");
    }

    /** Letters to change, whatever their case; -1 where they are too many. */
    private static int apart(LevenshteinDistance distance, String key, String other) {
        return distance.apply(key.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
    }

    private String allowed(Error error) {
        JsonNode limit = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "enum" -> "one of " + joined(limit, ", ");
            case "minimum", "maximum" -> range(around(error));
            case "type" -> "of type " + (limit.isTextual() ? limit.asText() : joined(limit, " or "));
            case "minItems" -> "a list of at least " + count(limit, "entry", "entries");
            case "maxItems" -> "a list of at most " + count(limit, "entry", "entries");
            case "minLength" -> "a text of at least " + count(limit, "character", "characters");
            case "maxLength" -> "a text of at most " + count(limit, "character", "characters");
            case "multipleOf" -> "a multiple of " + limit.asText();
            default -> error.getMessage();
        };
    }

    private static String joined(JsonNode list, String separator) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(separator));
    }

    private static String count(JsonNode number, String one, String many) {
        return number.asText() + " " + (number.asInt() == 1 ? one : many);
    }

    private static String range(JsonNode around) {
        return "from " + around.get("minimum").asText() + " to "
                + around.get("maximum").asText();
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
