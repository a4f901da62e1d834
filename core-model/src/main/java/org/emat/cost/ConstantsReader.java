package org.emat.cost;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emat.network.InputException;

/**
 * Reads sets of constants; each refusal is one sentence with file, place, value and what is allowed.
 *
 * <pre>{@code
 * {"name": "mine", "base": "isaac", "constants": {"adc": {"energy": {"9": {"value": 1.8, "unit": "pJ"}}}}}
 * }</pre>
 *
 * <p>What a file does not hold is taken from its base, a shipped set; without a base it must hold everything. Status
 * and source of an entry may be left out: then it is a choice of that file.
 */
public final class ConstantsReader {
    /** The sets that emat ships. */
    public static final List<String> SHIPPED = List.of("isaac", "neurosim", "mnsim", "graphr");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String file;
    private final SortedMap<String, Constant> entries = new TreeMap<>();

    private ConstantsReader(String file) {
        this.file = file;
    }

    /**
     * A set that emat ships.
     *
     * @throws InputException if there is none of that name
     */
    public static Constants shipped(String name) {
        if (!SHIPPED.contains(name)) {
            throw new InputException(
                    "There are no constants '" + name + "'; " + String.join(", ", SHIPPED) + " are there.");
        }
        return read(name + ".json", shippedText(name));
    }

    static String shippedText(String name) {
        try (InputStream in = ConstantsReader.class.getResourceAsStream(name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The set of a file.
     *
     * @param file name of the file, for messages
     * @param text its content
     */
    public static Constants read(String file, String text) {
        return new ConstantsReader(file).read(text);
    }

    private Constants read(String text) {
        JsonNode root = json(text);
        for (var field : root.properties()) {
            if (!List.of("name", "description", "base", "constants").contains(field.getKey())) {
                throw refuse("/" + field.getKey(), "is unknown; name, description, base and constants are known");
            }
        }
        JsonNode base = root.path("base");
        if (!base.isMissingNode()) {
            if (!SHIPPED.contains(base.asText())) {
                throw refuse("/base", "is " + base + "; one of " + String.join(", ", SHIPPED) + " is needed");
            }
            entries.putAll(shipped(base.asText()).entries());
        }
        JsonNode constants = root.path("constants");
        if (!constants.isObject()) {
            throw refuse("/constants", found(constants) + "; an object is needed");
        }
        walk(constants, "");
        checkComplete();
        return new Constants(root.path("name").asText(file), entries);
    }

    private JsonNode json(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (!root.isObject()) {
                throw new InputException("'" + file + "' holds no constants; an object in JSON is needed.");
            }
            return root;
        } catch (JsonProcessingException e) {
            String what = e.getOriginalMessage().lines().findFirst().orElse("").replaceAll("[.]$", "");
            throw new InputException(
                    "'" + file + "' is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + what + ".",
                    e);
        }
    }

    /** Enters an object of constants; {@code path} is its name with a dot behind, or empty. */
    private void walk(JsonNode object, String path) {
        for (var field : object.properties()) {
            String name = path + field.getKey();
            if (field.getKey().contains(".")) {
                throw refuse(pointer(path) + field.getKey(), "has a dot in its name; dots are levels of the file");
            }
            Optional<Quantity> quantity = Quantity.of(name);
            if (quantity.isPresent()) {
                entries.put(name, entry(name, quantity.get(), field.getValue()));
            } else if (isLevel(name)) {
                if (!field.getValue().isObject()) {
                    throw refuse(pointer(name), found(field.getValue()) + "; an object is needed");
                }
                walk(field.getValue(), name + ".");
            } else {
                throw new InputException("'" + file + "': " + pointer(name) + ": " + unknown(name));
            }
        }
    }

    private static boolean isLevel(String name) {
        return Arrays.stream(Quantity.values())
                .anyMatch(quantity -> quantity.path().startsWith(name + ".")
                        || (quantity.keys() != Quantity.Keys.NONE
                                && quantity.path().equals(name)));
    }

    private Constant entry(String name, Quantity quantity, JsonNode node) {
        String place = pointer(name);
        if (!node.isObject()) {
            throw refuse(place, found(node) + "; an object with value and unit is needed");
        }
        for (var field : node.properties()) {
            if (!List.of("value", "unit", "status", "source").contains(field.getKey())) {
                throw refuse(place + "/" + field.getKey(), "is unknown; value, unit, status and source are known");
            }
        }
        JsonNode value = node.path("value");
        if (!value.isNumber() || !quantity.allows(value.asDouble())) {
            throw refuse(place + "/value", found(value) + "; " + quantity.allowed() + " is needed");
        }
        Unit unit = quantity.dimension()
                .unit(node.path("unit").asText())
                .orElseThrow(() -> refuse(
                        place + "/unit",
                        found(node.path("unit")) + "; one of "
                                + quantity.dimension().symbols() + " is needed"));
        return new Constant(
                value.asDouble(),
                unit,
                status(place, node.path("status")),
                node.path("source").asText("given in " + file));
    }

    private Status status(String place, JsonNode node) {
        if (node.isMissingNode()) {
            return Status.CHOICE;
        }
        return Arrays.stream(Status.values())
                .filter(status -> status.toString().equals(node.asText()))
                .findFirst()
                .orElseThrow(() -> refuse(
                        place + "/status",
                        found(node) + "; one of "
                                + Arrays.stream(Status.values())
                                        .map(Status::toString)
                                        .collect(Collectors.joining(", "))
                                + " is needed"));
    }

    private void checkComplete() {
        for (Quantity quantity : Quantity.values()) {
            if (entries.keySet().stream()
                    .noneMatch(
                            name -> Quantity.of(name).filter(quantity::equals).isPresent())) {
                throw refuse(
                        pointer(quantity.path()),
                        "is missing; " + quantity.allowed() + " in one of "
                                + quantity.dimension().symbols() + " is needed, or a base, one of "
                                + String.join(", ", SHIPPED));
            }
        }
    }

    /** What to say of a name that no constant has. */
    static String unknown(String name) {
        String parent = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
        String known = Arrays.stream(Quantity.values())
                .filter(quantity -> parent.isEmpty()
                        || quantity.path().startsWith(parent + ".")
                        || quantity.path().equals(parent))
                .map(quantity -> quantity.path()
                        + switch (quantity.keys()) {
                            case NONE -> "";
                            case BITS -> ".1 to ." + 16;
                            case NAMES -> ".NAME";
                        })
                .collect(Collectors.joining(", "));
        return "there is no constant " + name + "; " + (known.isEmpty() ? "see docs/cost.md" : known)
                + (known.isEmpty() ? "." : known.contains(",") ? " are known." : " is known.");
    }

    private static String found(JsonNode node) {
        return node.isMissingNode() ? "is missing" : "is " + node;
    }

    private static String pointer(String name) {
        return "/constants/" + name.replace('.', '/');
    }

    private InputException refuse(String place, String what) {
        return new InputException("'" + file + "': " + place + " " + what + ".");
    }
}
