package org.emat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emat.cost.Component;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.Hardware;
import org.emat.measure.Line;
import org.emat.measure.Measurement;
import org.emat.measure.Remark;
import org.emat.measure.Variant;

/** A benchmark as CSV (RFC 4180): a line per row and mapping, empty where something is not known. */
final class BenchCsv {
    private static final List<String> HEAD = List.of(
            "row",
            "mapping",
            "usefulMacs",
            "zeroInsertedMacs",
            "steps",
            "frames",
            "cyclesOfOneFrame",
            "cycles",
            "cyclesPerFrame",
            "busyShare",
            "arrayReads",
            "adcConversions",
            "crossbars",
            "utilisation",
            "speedUpOverZeroInsertion",
            "speedUpOverPaddingFree",
            "published",
            "counted",
            "differingWords",
            "predictedEqualsCounted");

    private final BenchmarkTable table;

    BenchCsv(BenchmarkTable table) {
        this.table = table;
    }

    /** The whole text. */
    String text() {
        List<String> head = new ArrayList<>(HEAD);
        for (Component component : Component.values()) {
            head.add("energy." + component);
        }
        head.add("energy.total");
        for (Component component : Component.values()) {
            head.add("area." + component);
        }
        head.add("area.total");
        head.add("remark");
        StringBuilder text = new StringBuilder();
        append(text, head);
        table.lines().forEach(line -> append(text, cells(line)));
        return text.toString();
    }

    private List<String> cells(Line line) {
        Optional<Measurement> measurement = line.result().map(Line.Result::measurement);
        Optional<Hardware> hardware = line.result().map(Line.Result::hardware);
        List<String> cells = new ArrayList<>(List.of(
                line.row().name(),
                line.variant().toString(),
                Long.toString(line.work().usefulMacs()),
                Long.toString(line.work().zeroInsertedMacs()),
                Long.toString(line.work().steps()),
                text(measurement.map(Measurement::frames)),
                text(measurement.map(Measurement::cyclesOfOne)),
                text(measurement.map(Measurement::cyclesOfAll)),
                text(measurement.map(Measurement::cyclesPerFrame)),
                text(measurement.map(Measurement::busyShare)),
                text(measurement.map(found -> found.total().arrayReads())),
                text(measurement.map(found -> found.total().conversions())),
                text(hardware.map(Hardware::crossbars)),
                text(hardware.map(Hardware::utilisation)),
                text(table.speedUp(line, Variant.ZERO_INSERTION)),
                text(table.speedUp(line, Variant.PADDING_FREE)),
                Remark.published(table, line).map(Remark::range).orElse(""),
                text(measurement.map(Measurement::counted)),
                text(measurement.filter(Measurement::counted).map(Measurement::differingWords)),
                text(measurement
                        .filter(Measurement::counted)
                        .map(found -> found.differences().isEmpty()))));
        components(cells, hardware.map(Hardware::energy), hardware.map(Hardware::totalEnergy));
        components(cells, hardware.map(Hardware::area), hardware.map(Hardware::totalArea));
        cells.add(Remark.of(table, line));
        return cells;
    }

    private static void components(
            List<String> cells, Optional<Map<Component, Double>> values, Optional<Double> total) {
        for (Component component : Component.values()) {
            cells.add(text(values.map(map -> map.get(component))));
        }
        cells.add(text(total));
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    private static void append(StringBuilder text, List<String> cells) {
        text.append(cells.stream().map(BenchCsv::quoted).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
