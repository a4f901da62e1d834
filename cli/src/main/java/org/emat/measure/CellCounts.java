package org.emat.measure;

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

/**
 * Cells that a synthesizer counts around the crossbars of a row; {@code scripts/cell-counts} writes the file.
 *
 * @param row name of the row
 * @param tool the synthesizer and its version
 * @param note what was counted and how
 * @param mappings names of the mappings
 * @param modules cells by Verilog module, all its instances, one number per mapping
 */
public record CellCounts(String row, String tool, String note, List<String> mappings, Map<String, List<Long>> modules) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    public CellCounts {
        mappings = List.copyOf(mappings);
        modules = Collections.unmodifiableMap(new LinkedHashMap<>(modules));
        int columns = mappings.size();
        if (modules.values().stream().anyMatch(cells -> cells.size() != columns)) {
            throw new IllegalArgumentException("each module has one number of cells per mapping");
        }
    }

    /** The counts that emat ships. */
    public static CellCounts shipped() {
        try (InputStream in = CellCounts.class.getResourceAsStream("cell-counts.json")) {
            return MAPPER.readValue(in, CellCounts.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cells of all modules, per mapping. */
    public List<Long> totals() {
        List<Long> totals = new ArrayList<>();
        for (int i = 0; i < mappings.size(); i++) {
            int mapping = i;
            totals.add(modules.values().stream()
                    .mapToLong(cells -> cells.get(mapping))
                    .sum());
        }
        return totals;
    }
}
