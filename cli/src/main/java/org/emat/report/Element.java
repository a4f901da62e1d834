package org.emat.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An element of a page with its attributes and content; both are escaped when it is written. */
final class Element implements Node {
    /** Elements that HTML closes by themselves. */
    private static final Set<String> VOID = Set.of("meta", "img");

    private static final Set<String> IN_LINE =
            Set.of("span", "text", "a", "b", "data", "code", "title", "path", "rect", "i");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Node> content = new ArrayList<>();

    private Element(String name) {
        this.name = name;
    }

    /** An empty element. */
    static Element of(String name) {
        return new Element(name);
    }

    /** An empty element of a style class. */
    static Element of(String name, String style) {
        return new Element(name).with("class", style);
    }

    /** Sets an attribute. */
    Element with(String attribute, Object value) {
        attributes.put(attribute, value.toString());
        return this;
    }

    /** Appends characters. */
    Element text(String characters) {
        content.add(new Text(characters));
        return this;
    }

    /** Appends pieces. */
    Element add(Node... pieces) {
        return add(List.of(pieces));
    }

    /** Appends pieces. */
    Element add(List<? extends Node> pieces) {
        content.addAll(pieces);
        return this;
    }

    /** Number of pieces. */
    int size() {
        return content.size();
    }

    @Override
    public void write(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((attribute, value) -> out.append(' ')
                .append(attribute)
                .append("=\"")
                .append(Escape.text(value))
                .append('"'));
        if (VOID.contains(name)) {
            out.append("/>");
        } else {
            out.append('>');
            for (Node piece : content) {
                piece.write(out);
            }
            out.append("</").append(name).append('>');
        }
        if (!IN_LINE.contains(name)) {
            out.append('\n');
        }
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }
}
