package org.emat.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.emat.golden.GoldenRun;
import org.emat.quant.SignalToNoise;
import org.emat.schedule.CycleCount;
import org.emat.tb.Comparison;

/** Results as JSON; the format is documented in docs/results.md. */
final class ResultJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ResultJson() {}

    /** What the golden model computed. */
    static ObjectNode golden(Design design, GoldenRun run, CycleCount cycles) {
        ObjectNode json = head(design);
        json.put("cycles", cycles.cycles());
        json.put("firstOutput", cycles.firstOutput());
        ArrayNode layers = json.putArray("layers");
        for (int i = 0; i < design.plan().engines().size(); i++) {
            ObjectNode layer = layers.addObject();
            layer.put("name", design.plan().engines().get(i).name());
            ObjectNode counts = MAPPER.valueToTree(cycles.engines().get(i));
            layer.setAll(counts);
            layer.put("wordLineActivations", run.events().get(i).activations());
            layer.put("clippedConversions", run.events().get(i).clipped());
        }
        return json;
    }

    /** What a co-simulation found. */
    static ObjectNode comparison(Design design, Comparison comparison) {
        ObjectNode json = head(design);
        json.put("equal", comparison.equal());
        json.put("differingWords", comparison.differingWords());
        comparison.whole().forEach((name, count) -> json.set(key(name), count(count)));
        ArrayNode layers = json.putArray("layers");
        for (Comparison.EngineComparison engine : comparison.engines()) {
            ObjectNode layer = layers.addObject();
            layer.put("name", engine.name());
            layer.put("differingWords", engine.differingWords());
            layer.put("words", engine.words());
            Comparison.Count last = engine.counts().get("last output cycle");
            layer.set("cycles", count(new Comparison.Count(last.predicted() + 1, last.counted() + 1)));
            ObjectNode counts = layer.putObject("counts");
            engine.counts().forEach((name, count) -> counts.set(key(name), count(count)));
        }
        comparison.firstMismatch().ifPresent(mismatch -> json.set("firstMismatch", MAPPER.valueToTree(mismatch)));
        return json;
    }

    /** Adds how near the words come to real numbers. */
    static void quality(ObjectNode json, List<SignalToNoise> noise, List<Quality.Figure> figures) {
        if (!noise.isEmpty()) {
            ArrayNode layers = json.putArray("signalToQuantisationNoise");
            for (SignalToNoise entry : noise) {
                ObjectNode layer = layers.addObject();
                layer.put("layer", entry.layer());
                decibels(layer, "decibels", entry.decibels());
            }
        }
        figures.forEach(figure -> decibels(json, figure.key(), figure.decibels()));
    }

    /** JSON has no infinite number: without any difference the figure is null. */
    private static void decibels(ObjectNode json, String key, double decibels) {
        if (Double.isFinite(decibels)) {
            json.put(key, decibels);
        } else {
            json.putNull(key);
        }
    }

    private static ObjectNode head(Design design) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("design", design.plan().name());
        json.put("mode", design.quantised().isPresent() ? "quantised" : "integer");
        json.put("frames", design.frames().size());
        return json;
    }

    private static ObjectNode count(Comparison.Count count) {
        return MAPPER.createObjectNode().put("predicted", count.predicted()).put("counted", count.counted());
    }

    /** A name in words as a JSON key: "ADC conversions" becomes "adcConversions". */
    static String key(String words) {
        StringBuilder key = new StringBuilder();
        for (String word : words.split("[^A-Za-z]+")) {
            String lower = word.toLowerCase(Locale.ROOT);
            key.append(key.length() == 0 ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return key.toString();
    }
}
