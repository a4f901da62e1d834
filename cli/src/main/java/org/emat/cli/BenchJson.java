package org.emat.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.emat.cost.Component;
import org.emat.cost.EventCounts;
import org.emat.cost.WriteEnergy;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.Hardware;
import org.emat.measure.Line;
import org.emat.measure.Measurement;
import org.emat.measure.PublishedCheck;
import org.emat.measure.Remark;
import org.emat.measure.TrainingStep;
import org.emat.measure.Variant;

/** A benchmark as JSON; the format is documented in docs/results.md. */
final class BenchJson {
    private final BenchmarkTable table;

    BenchJson(BenchmarkTable table) {
        this.table = table;
    }

    /** The whole result. */
    ObjectNode json(BenchTimes times) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("set", table.set().name());
        json.put("title", table.set().title());
        json.put("note", table.set().note());
        json.put("counted", table.counted());
        json.put("equal", table.equal());
        json.put("constants", table.constants());
        json.put("kept", table.kept());
        json.put("seconds", times.seconds());
        json.put("leftOut", String.join(" ", table.remarks()));
        ArrayNode lines = json.putArray("lines");
        table.lines().forEach(line -> line(lines.addObject(), line));
        ArrayNode steps = json.putArray("trainingSteps");
        TrainingStep.of(table).forEach(step -> trainingStep(steps.addObject(), step));
        ArrayNode published = json.putArray("published");
        PublishedCheck.of(table).forEach(check -> published(published.addObject(), check));
        return json;
    }

    private void line(ObjectNode json, Line line) {
        json.put("row", line.row().name());
        json.put("network", line.row().network().name());
        json.put("pass", line.row().pass().toString());
        json.put("mapping", line.variant().toString());
        json.put("usefulMacs", line.work().usefulMacs());
        json.put("zeroInsertedMacs", line.work().zeroInsertedMacs());
        json.put("steps", line.work().steps());
        put(json, "speedUpOverZeroInsertion", table.speedUp(line, Variant.ZERO_INSERTION));
        put(json, "speedUpOverPaddingFree", table.speedUp(line, Variant.PADDING_FREE));
        put(json, "energyRatioOfZeroInsertion", table.energyRatio(line, Variant.ZERO_INSERTION));
        put(json, "areaRatioToZeroInsertion", table.areaRatio(line, Variant.ZERO_INSERTION));
        json.put("published", Remark.published(table, line).map(Remark::range).orElse(""));
        json.put("remark", Remark.of(table, line));
        json.put("kept", line.kept());
        line.result().ifPresent(result -> {
            measurement(json, result.measurement());
            hardware(json, result.hardware(), result.measurement());
        });
    }

    private static void measurement(ObjectNode json, Measurement measurement) {
        EventCounts total = measurement.total();
        json.put("frames", measurement.frames());
        json.put("cyclesOfOneFrame", measurement.cyclesOfOne());
        json.put("cycles", measurement.cyclesOfAll());
        json.put("cyclesPerFrame", measurement.cyclesPerFrame());
        json.put("busyShare", measurement.busyShare());
        json.put("arrayReads", total.arrayReads());
        json.put("wordLineActivations", total.activations());
        json.put("adcConversions", total.conversions());
        json.put("words", measurement.words());
        json.put("differingWords", measurement.differingWords());
        json.put("predictedEqualsCounted", measurement.differences().isEmpty());
        json.put(
                "firstDifference",
                measurement.differences().stream().findFirst().orElse(""));
        json.put("simulationSeconds", measurement.simulation().seconds());
        json.put("simulatorBytes", measurement.simulation().peakBytes());
    }

    private static void hardware(ObjectNode json, Hardware hardware, Measurement measurement) {
        json.put("pixelsPerCycle", hardware.setting().pixelsPerCycle());
        json.put("streamBits", hardware.setting().streamBits());
        json.put("crossbars", hardware.crossbars());
        json.put("utilisation", hardware.utilisation());
        json.put("clockPeriod", hardware.period().seconds());
        json.put("latency", measurement.cyclesOfOne() * hardware.period().seconds());
        components(json.putObject("energy"), hardware.energy(), hardware.totalEnergy());
        components(json.putObject("area"), hardware.area(), hardware.totalArea());
        WriteEnergy writing = hardware.programming().energy();
        json.putObject("programming")
                .put("cells", hardware.programming().cells())
                .put("leastEnergy", writing.low())
                .put("mostEnergy", writing.high());
    }

    private static void components(ObjectNode json, Map<Component, Double> values, double total) {
        for (Component component : Component.values()) {
            json.put(component.toString(), values.get(component));
        }
        json.put("total", total);
    }

    private static void trainingStep(ObjectNode json, TrainingStep step) {
        json.put("network", step.network());
        json.put("cycles", step.cycles());
        json.put("zeroInsertedCycles", step.zeroInsertedCycles());
        json.put("speedUp", step.speedUp());
        json.put("arraySpeedUp", step.arraySpeedUp());
        json.put("energy", step.energy());
        json.put("zeroInsertedEnergy", step.zeroInsertedEnergy());
        json.put("energyRatio", step.energyRatio());
    }

    private static void published(ObjectNode json, PublishedCheck check) {
        json.put("row", check.where());
        json.put("system", check.published().system());
        json.put("claim", check.published().claim());
        json.put("low", check.published().low());
        json.put("high", check.published().high());
        json.put("unit", check.published().unit());
        json.put("baseline", check.published().baseline());
        json.put("source", check.published().source());
        json.put("status", check.published().status().toString());
        json.put("mapping", check.variant().map(Variant::toString).orElse(""));
        put(json, "measured", check.measured());
        put(json, "measuredPhase", check.phase());
        json.put("outcome", check.outcome().toString());
        json.put("why", check.why());
    }

    private static void put(ObjectNode json, String key, Optional<Double> value) {
        value.ifPresentOrElse(number -> json.put(key, number), () -> json.putNull(key));
    }
}
