package org.emat.config;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.stream.StreamSupport;
import org.emat.network.InputException;

/** The published JSON Schema of a configuration, and refusals in its terms. */
public final class ConfigurationSchema {
    private static final int SHOWN = 60;

    private ConfigurationSchema() {}

    /** The text of the schema. */
    public static String text() {
        try (InputStream in = ConfigurationSchema.class.getResourceAsStream("emat.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses a configuration that the schema does not allow, with the place, the value and what is allowed. */
    static void check(Path file, JsonNode configuration) {
        check(file, configuration, schema());
    }

    /** Refuses an architecture of its own file that the schema does not allow. */
    static void checkArchitecture(Path file, JsonNode architecture) {
        JsonNode whole = schema().getSchemaNode();
        var part = whole.deepCopy();
        ((com.fasterxml.jackson.databind.node.ObjectNode) part)
                .setAll((com.fasterxml.jackson.databind.node.ObjectNode) whole.at("/$defs/architecture"));
        ((com.fasterxml.jackson.databind.node.ObjectNode) part).remove("required");
        check(file, architecture, registry().getSchema(part));
    }

    private static Schema schema() {
        return registry().getSchema(text());
    }

    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    }

    private static void check(Path file, JsonNode json, Schema schema) {
        List<Error> errors = schema.validate(json);
        errors.stream()
                .max(Comparator.comparingInt(
                        error -> error.getInstanceLocation().getNameCount()))
                .ifPresent(error -> {
                    throw new InputException("'" + file + "': " + sentence(error, json));
                });
    }

    private static String sentence(Error error, JsonNode json) {
        String place = error.getInstanceLocation().toString();
        String where = place.isEmpty() ? "the configuration" : place;
        JsonNode schema = error.getEvaluationPath() == null ? null : error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required" -> where + " lacks '" + error.getProperty() + "'.";
            case "additionalProperties" ->
                where + " has the unknown key '" + error.getProperty() + "'; known are " + known(error, json) + ".";
            default -> where + " is " + shown(json.at(place)) + "; it must be " + allowed(error, schema) + ".";
        };
    }

    /** The keys that an object may have, from the schema around the refusal. */
    private static String known(Error error, JsonNode json) {
        String pointer = error.getSchemaLocation().getFragment().toString();
        JsonNode object = schema().getSchemaNode().at(pointer.substring(0, pointer.lastIndexOf('/')));
        JsonNode properties = object.isMissingNode() ? schema().getSchemaNode().at("/$defs/architecture") : object;
        return String.join(
                ", ",
                properties.get("properties").properties().stream()
                        .map(java.util.Map.Entry::getKey)
                        .filter(key -> !key.equals("$schema") && !key.equals("description"))
                        .toList());
    }

    private static String allowed(Error error, JsonNode limit) {
        return switch (error.getKeyword()) {
            case "enum" ->
                "one of "
                        + String.join(
                                ", ",
                                StreamSupport.stream(limit.spliterator(), false)
                                        .map(JsonNode::asText)
                                        .toList());
            case "minimum", "maximum" -> range(error);
            case "type" -> "of type " + types(limit);
            case "minItems", "maxItems" ->
                "a list of " + (error.getKeyword().equals("minItems") ? "at least " : "at most ") + limit.asText()
                        + " entries";
            case "minLength", "maxLength" ->
                "a text of " + (error.getKeyword().equals("minLength") ? "at least " : "at most ") + limit.asText()
                        + " characters";
            case "multipleOf" -> "a multiple of " + limit.asText();
            default -> error.getMessage();
        };
    }

    private static String types(JsonNode limit) {
        if (limit.isTextual()) {
            return limit.asText();
        }
        return String.join(
                " or ",
                StreamSupport.stream(limit.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    private static String range(Error error) {
        String pointer = error.getSchemaLocation().getFragment().toString();
        JsonNode around = schema().getSchemaNode().at(pointer.substring(0, pointer.lastIndexOf('/')));
        JsonNode least = around.path("minimum");
        JsonNode most = around.path("maximum");
        if (most.isMissingNode()) {
            return "at least " + least.asText();
        }
        return least.isMissingNode() ? "at most " + most.asText() : "from " + least.asText() + " to " + most.asText();
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
