package org.emat.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emat.report.TrainingContent;
import org.emat.train.gan.GanTraining;
import org.emat.train.quality.LabelledImages;
import org.emat.train.quality.QualityFigures;
import org.emat.train.quality.QualityMeter;

/** How good the images of a training are, from checkpoint to checkpoint, beside the real ones that were held out. */
final class TrainingQuality {
    private static final int SAMPLES = 2048;
    private static final long SEED = 2;

    private final QualityMeter meter;
    private final QualityFigures heldOut;
    private final int heldOutImages;
    private final List<Row> rows = new ArrayList<>();

    private record Row(long step, QualityFigures figures) {}

    /** The quality of a training on a data set; its classifier learns now. */
    TrainingQuality(LabelledImages images, int exponent) {
        meter = new QualityMeter(images, exponent);
        heldOut = meter.heldOut();
        heldOutImages = images.heldOut().images().size();
    }

    /** Measures images of the generator as it is, unless that is done. */
    void measure(GanTraining trainer) {
        if (rows.isEmpty() || rows.get(rows.size() - 1).step != trainer.next()) {
            rows.add(new Row(
                    trainer.next(), meter.of(trainer.samples(SAMPLES, SEED).images())));
        }
    }

    /** The newest figures. */
    String newest() {
        return rows.isEmpty() ? "" : ", " + text(rows.get(rows.size() - 1).figures);
    }

    private static String text(QualityFigures figures) {
        return String.format(
                Locale.ROOT,
                "class score %.2f, Fréchet distance %.1f",
                figures.classScore(),
                figures.frechetDistance());
    }

    /** All figures, a line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            lines.add(String.format("After %d steps: %s of %d images.", row.step, text(row.figures), SAMPLES));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%d real images that were held out: %s; the classifier knows %.1f %% of them.",
                heldOutImages,
                text(heldOut),
                100 * meter.accuracy()));
        return lines;
    }

    /** All figures, those of the images held out last. */
    List<TrainingContent.Quality> table() {
        List<TrainingContent.Quality> table = new ArrayList<>();
        for (Row row : rows) {
            table.add(quality(SAMPLES + " generated after step " + row.step, row.figures));
        }
        table.add(quality(heldOutImages + " real ones held out", heldOut));
        return table;
    }

    private static TrainingContent.Quality quality(String images, QualityFigures figures) {
        return new TrainingContent.Quality(images, figures.classScore(), figures.frechetDistance());
    }

    /** All figures as data. */
    ObjectNode json() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("classifierAccuracy", meter.accuracy());
        json.set("heldOut", put(new ObjectMapper().createObjectNode(), heldOut));
        json.put("samples", SAMPLES);
        ArrayNode generated = json.putArray("generated");
        for (Row row : rows) {
            put(generated.addObject().put("step", row.step), row.figures);
        }
        return json;
    }

    private static ObjectNode put(ObjectNode json, QualityFigures figures) {
        return json.put("classScore", figures.classScore()).put("frechetDistance", figures.frechetDistance());
    }
}
