package org.emat.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.emat.network.InputException;

/** Plans as JSON text that people can read and compare. */
public final class PlanJson {
    private static final int LINE = 120;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PlanJson() {}

    /** The text of a plan, equal for equal plans; a container that fits a line is on one line. */
    public static String write(Plan plan) {
        StringBuilder text = new StringBuilder();
        append(text, MAPPER.valueToTree(plan), 0, 0);
        return text.append('\n').toString();
    }

    /**
     * The plan of a text.
     *
     * @throws InputException if the text is no plan
     */
    public static Plan read(String text) {
        try {
            Plan plan = MAPPER.readValue(text, Plan.class);
            if (plan == null) {
                throw new InputException("the plan is empty");
            }
            return plan;
        } catch (JsonProcessingException e) {
            throw new InputException("this is no plan: " + e.getOriginalMessage(), e);
        }
    }

    private static void append(StringBuilder text, JsonNode node, int indent, int column) {
        String line = inline(node);
        if (!node.isContainerNode() || column + line.length() <= LINE) {
            text.append(line);
            return;
        }
        String margin = "  ".repeat(indent + 1);
        text.append(node.isObject() ? '{' : '[');
        String separator = "\n";
        if (node.isObject()) {
            for (var field : node.properties()) {
                String name = quoted(field.getKey()) + ": ";
                text.append(separator).append(margin).append(name);
                append(text, field.getValue(), indent + 1, margin.length() + name.length());
                separator = ",\n";
            }
        } else {
            for (JsonNode element : node) {
                text.append(separator).append(margin);
                append(text, element, indent + 1, margin.length());
                separator = ",\n";
            }
        }
        text.append('\n').append("  ".repeat(indent)).append(node.isObject() ? '}' : ']');
    }

    private static String inline(JsonNode node) {
        List<String> parts = new ArrayList<>();
        if (node.isObject()) {
            for (var field : node.properties()) {
                parts.add(quoted(field.getKey()) + ": " + inline(field.getValue()));
            }
            return "{" + String.join(", ", parts) + "}";
        } else if (node.isArray()) {
            for (JsonNode element : node) {
                parts.add(inline(element));
            }
            return "[" + String.join(", ", parts) + "]";
        }
        return node.toString();
    }

    private static String quoted(String name) {
        return MAPPER.getNodeFactory().textNode(name).toString();
    }
}
