package org.emat.suite;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts networks and sets together from the JSON files that emat ships. */
final class BenchmarkReader {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<String, BenchmarkNetwork> networks = new LinkedHashMap<>();
    private final List<BenchmarkSet> sets = new ArrayList<>();

    /** A row as its file has it: layers {@code first} to {@code last} of a network, both included. */
    private record RowEntry(
            String name,
            String network,
            int first,
            int last,
            Pass pass,
            boolean signedInput,
            List<Published> published) {}

    private record SetEntry(String name, String title, String note, List<Published> published, List<RowEntry> rows) {}

    BenchmarkReader() {
        for (BenchmarkNetwork network : read("networks.json", BenchmarkNetwork[].class)) {
            networks.put(network.name(), network);
        }
        for (SetEntry set : read("sets.json", SetEntry[].class)) {
            List<Row> rows = set.rows().stream().map(this::row).toList();
            sets.add(new BenchmarkSet(set.name(), set.title(), set.note(), set.published(), rows));
        }
    }

    List<BenchmarkSet> sets() {
        return List.copyOf(sets);
    }

    private Row row(RowEntry entry) {
        BenchmarkNetwork network = networks.get(entry.network());
        List<LayerShape> layers = new ArrayList<>(network.layers().subList(entry.first(), entry.last() + 1));
        if (entry.pass() == Pass.ERROR) {
            layers.replaceAll(LayerShape::error);
            Collections.reverse(layers);
        }
        return new Row(entry.name(), network, entry.pass(), layers, entry.signedInput(), entry.published());
    }

    private static <T> T read(String file, Class<T> type) {
        try (InputStream in = BenchmarkReader.class.getResourceAsStream(file)) {
            return MAPPER.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
