package org.emat.rtl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.emat.train.WeightPlaces;
import org.emat.train.WeightPlaces.Place;

/** What a template sees of a {@code weight_placer}. Getters are bean style for Velocity. */
public final class PlacerContext {
    private static final int ENTRIES_PER_LINE = 10;

    private final WeightPlaces places;

    /** The placer of an engine's arrays. */
    public PlacerContext(WeightPlaces places) {
        this.places = places;
    }

    /** Parameter list, one entry per line, aligned. */
    public List<String> getParameters() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("KERNELS", Integer.toString(places.layer().kernelSize()));
        values.put("OUTPUTS", Integer.toString(places.layer().groupOutputs()));
        values.put("INPUTS", Integer.toString(places.layer().groupInputs()));
        values.put("GROUPS", Integer.toString(places.layer().groups()));
        values.put("PACKED", places.packed() ? "1" : "0");
        values.put("TRANSPOSED", places.transposed() ? "1" : "0");
        values.put("CROSSBAR_ROWS", Integer.toString(places.crossbarRows()));
        values.put("SUBKERNELS", table(Place::subkernel));
        values.put("BLOCKS", table(Place::block));
        values.put("ROWS", table(Place::row));
        values.put("COLUMNS", table(Place::column));
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        values.forEach(
                (name, value) -> lines.add("." + name + " ".repeat(width - name.length()) + " (" + value + "),"));
        int last = lines.size() - 1;
        lines.set(last, lines.get(last).substring(0, lines.get(last).length() - 1));
        return lines;
    }

    /** A packed table of 16-bit entries, that of kernel index 0 in the least significant bits. */
    private String table(ToIntFunction<Place> field) {
        List<String> words = new ArrayList<>();
        for (int i = places.starts().size() - 1; i >= 0; i--) {
            words.add("16'd" + field.applyAsInt(places.starts().get(i)));
        }
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < words.size(); i += ENTRIES_PER_LINE) {
            text.append(i == 0 ? "" : ",\n            ")
                    .append(words.subList(i, Math.min(words.size(), i + ENTRIES_PER_LINE)).stream()
                            .collect(Collectors.joining(", ")));
        }
        return text.append('}').toString();
    }
}
