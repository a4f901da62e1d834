package org.emat.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.arch.Architecture.Mapping;
import org.emat.integer.Frame;
import org.emat.integer.IntegerLayer;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.network.Operator;
import org.emat.plan.EnginePlan;
import org.emat.reference.CellByCell;
import org.emat.reference.DrawnEngine;
import org.emat.reference.TextbookLayer;
import org.emat.window.WindowAxis;
import org.junit.jupiter.api.Test;

class EngineModelTest {

    /** Both ways to compute an engine give the integers of the textbook, whatever the arrays look like. */
    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void computesTheTextbookWhereNothingIsLost(@ForAll long seed) {
        DrawnEngine drawn = DrawnEngine.lossless(new SplittableRandom(seed));
        Assume.that(!drawn.layer().input().equals(new NumberFormat(32, false))); // the textbook takes signed ints
        assertThat(drawn.engine().lossless()).isTrue();
        long[] sums = TextbookLayer.sums(
                drawn.layer().geometry(), drawn.layer().weights(), drawn.input().words());
        EngineModel device = model(drawn, true);
        EngineModel integer = model(drawn, false);
        EngineModel.Result byDevice = device.run(drawn.input());
        EngineModel.Result byIntegers = integer.run(drawn.input());
        assertThat(byDevice.output()).as("%s", drawn.engine()).isEqualTo(finished(drawn.layer(), sums));
        assertThat(byIntegers).isEqualTo(byDevice);
        assertThat(byDevice.events().clipped()).isZero();
        assertAccumulators(drawn, device, sums);
        assertAccumulators(drawn, integer, sums);
    }

    private static void assertAccumulators(DrawnEngine drawn, EngineModel model, long[] sums) {
        EnginePlan engine = drawn.engine();
        if (engine.overlaps()) {
            return; // its steps compute parts of sums
        }
        WindowAxis vertical = engine.window().vertical();
        WindowAxis horizontal = engine.window().horizontal();
        int channels = engine.geometry().output().channels();
        for (int step = 0; step < engine.window().steps(); step++) {
            long[] found = model.accumulators(drawn.input(), step);
            for (int i = 0; i < found.length; i++) {
                int phase = i / channels;
                int y = step / horizontal.steps() * vertical.block() + phase / horizontal.block();
                int x = step % horizontal.steps() * horizontal.block() + phase % horizontal.block();
                if (y < vertical.output() && x < horizontal.output()) {
                    assertThat(found[i])
                            .as("step %d, accumulator %d", step, i)
                            .isEqualTo(sums[(y * horizontal.output() + x) * channels + i % channels]);
                }
            }
        }
    }

    private static Frame finished(IntegerLayer layer, long[] sums) {
        LayerGeometry geometry = layer.geometry();
        int channels = geometry.output().channels();
        int[] words = new int[sums.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) layer.finish(sums[i], geometry.scaleIndex(i / channels, i % channels));
        }
        return new Frame(geometry.output(), words);
    }

    /** Faults, deviation, converter offsets, lost bits and clipping fall where the design says, cell by cell. */
    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void computesWhatEveryCellDoes(@ForAll long seed) {
        DrawnEngine drawn = DrawnEngine.faulty(new SplittableRandom(seed));
        int index = (int) (seed & 3);
        CellByCell cells = new CellByCell(drawn.engine(), index, drawn.layer(), drawn.architecture());
        EngineModel model = new EngineModel(drawn.engine(), index, drawn.layer(), drawn.architecture(), false);
        for (int step = 0; step < drawn.engine().window().steps(); step++) {
            assertThat(model.accumulators(drawn.input(), step))
                    .as("step %d of %s", step, drawn.engine())
                    .isEqualTo(cells.accumulators(drawn.input(), step));
        }
        EngineModel.Result result = model.run(drawn.input());
        assertThat(result.events()).isEqualTo(new Events(cells.activations(), cells.clipped()));
        assertThat(result.output()).isEqualTo(fromSteps(drawn, model));
    }

    /** Scatters the kernels of outputs that the input pixels give. */
    private static Frame fromPixels(DrawnEngine drawn, EngineModel model) {
        LayerGeometry geometry = drawn.layer().geometry();
        int outputs = geometry.output().channels() / drawn.engine().arrayGroups();
        int width = geometry.horizontal().kernel();
        long[] sums = new long[geometry.output().words()];
        for (int iy = 0; iy < geometry.input().height(); iy++) {
            for (int ix = 0; ix < geometry.input().width(); ix++) {
                long[] step =
                        model.accumulators(drawn.input(), iy * geometry.input().width() + ix);
                for (int i = 0; i < step.length; i++) {
                    int tap = i / outputs % geometry.kernelSize();
                    int channel = i / outputs / geometry.kernelSize() * outputs + i % outputs;
                    int oy = iy * geometry.vertical().stride()
                            + tap / width * geometry.vertical().dilation()
                            - geometry.vertical().padBegin();
                    int ox = ix * geometry.horizontal().stride()
                            + tap % width * geometry.horizontal().dilation()
                            - geometry.horizontal().padBegin();
                    if (oy >= 0
                            && oy < geometry.output().height()
                            && ox >= 0
                            && ox < geometry.output().width()) {
                        sums[
                                (oy * geometry.output().width() + ox)
                                                * geometry.output().channels()
                                        + channel] += step[i];
                    }
                }
            }
        }
        return finished(drawn.layer(), sums);
    }

    private static Frame fromSteps(DrawnEngine drawn, EngineModel model) {
        if (drawn.engine().overlaps()) {
            return fromPixels(drawn, model);
        }
        LayerGeometry geometry = drawn.layer().geometry();
        WindowAxis vertical = drawn.engine().window().vertical();
        WindowAxis horizontal = drawn.engine().window().horizontal();
        int channels = geometry.output().channels();
        int[] words = new int[geometry.output().words()];
        for (int y = 0; y < geometry.output().height(); y++) {
            for (int x = 0; x < geometry.output().width(); x++) {
                int step = y / vertical.block() * horizontal.steps() + x / horizontal.block();
                int phase = y % vertical.block() * horizontal.block() + x % horizontal.block();
                long[] sums = model.accumulators(drawn.input(), step);
                int pixel = y * geometry.output().width() + x;
                for (int channel = 0; channel < channels; channel++) {
                    words[pixel * channels + channel] = (int)
                            drawn.layer().finish(sums[phase * channels + channel], geometry.scaleIndex(pixel, channel));
                }
            }
        }
        return new Frame(geometry.output(), words);
    }

    private enum Kind {
        CONVOLUTION,
        DENSE,
        SPATIAL_DENSE,
        PHASES,
        EMPTY_PHASE,
        ZEROS_INSERTED,
        ONE_PIXEL_DENSE,
        ONE_PIXEL_WINDOW,
        PACKED_GROUPS,
        SEPARATE_GROUPS,
        SEVERAL_ROW_BLOCKS,
        SEVERAL_COLUMN_BLOCKS,
        BLOCKS_BEYOND_OUTPUT,
        OUTPUT_PADDING,
        CROPPED_UNEVENLY,
        DILATED,
        DIFFERENTIAL,
        SIGNED_INPUT,
        WIDE_INPUT,
        TAP_BY_TAP,
        FOLDED_CROSSBARS,
        FOLDED_CONVERTERS,
        OVERLAPPING
    }

    @Test
    void drawsEveryKindOfLayer() {
        Set<Kind> seen = EnumSet.noneOf(Kind.class);
        for (int seed = 0; seed < 1000; seed++) {
            seen.addAll(kinds(DrawnEngine.faulty(new SplittableRandom(seed))));
        }
        assertThat(seen).containsExactlyInAnyOrder(Kind.values());
    }

    private static Set<Kind> kinds(DrawnEngine drawn) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        EnginePlan engine = drawn.engine();
        LayerGeometry geometry = drawn.layer().geometry();
        boolean transposed = geometry.operator() == Operator.TRANSPOSED_CONVOLUTION;
        boolean onePixel = transposed && geometry.input().pixels() == 1;
        boolean oneStep = engine.window().steps() == 1;
        add(kinds, Kind.CONVOLUTION, geometry.operator() == Operator.CONVOLUTION);
        add(kinds, Kind.DENSE, geometry.operator() == Operator.DENSE);
        add(
                kinds,
                Kind.SPATIAL_DENSE,
                geometry.operator() == Operator.DENSE
                        && geometry.input().pixels() > 1
                        && geometry.output().pixels() > 1);
        add(kinds, Kind.PHASES, transposed && engine.phases() > 1 && !oneStep);
        add(
                kinds,
                Kind.EMPTY_PHASE,
                transposed && engine.window().phases().stream().anyMatch(p -> p.isEmpty()));
        add(kinds, Kind.ZEROS_INSERTED, engine.window().vertical().stretch() > 1);
        add(
                kinds,
                Kind.ONE_PIXEL_DENSE,
                onePixel && oneStep && geometry.output().pixels() > 1);
        add(kinds, Kind.ONE_PIXEL_WINDOW, onePixel && !oneStep);
        add(kinds, Kind.PACKED_GROUPS, geometry.groups() > 1 && engine.arrayGroups() == 1);
        add(kinds, Kind.SEPARATE_GROUPS, engine.arrayGroups() > 1);
        add(kinds, Kind.SEVERAL_ROW_BLOCKS, engine.rowBlocks(0) > 1);
        add(kinds, Kind.SEVERAL_COLUMN_BLOCKS, engine.columnBlocks() > 1);
        add(
                kinds,
                Kind.BLOCKS_BEYOND_OUTPUT,
                geometry.output().width() % engine.window().horizontal().block() != 0);
        add(kinds, Kind.OUTPUT_PADDING, geometry.horizontal().outputPadding() > 0);
        add(
                kinds,
                Kind.CROPPED_UNEVENLY,
                transposed
                        && geometry.vertical().padBegin() != geometry.vertical().padEnd());
        add(kinds, Kind.DILATED, transposed && geometry.vertical().dilation() > 1);
        add(kinds, Kind.DIFFERENTIAL, engine.array().differential());
        add(kinds, Kind.SIGNED_INPUT, engine.input().signed());
        add(kinds, Kind.WIDE_INPUT, engine.input().bits() > 16);
        add(kinds, Kind.TAP_BY_TAP, engine.mapping() == Mapping.PIXEL_WISE && engine.rowBlocks(0) > 1);
        add(kinds, Kind.FOLDED_CROSSBARS, engine.foldsCrossbars());
        add(kinds, Kind.FOLDED_CONVERTERS, engine.fold() > 1 && !engine.foldsCrossbars());
        add(kinds, Kind.OVERLAPPING, engine.overlaps() && geometry.vertical().kernel() > 1);
        return kinds;
    }

    private static void add(Set<Kind> kinds, Kind kind, boolean applies) {
        if (applies) {
            kinds.add(kind);
        }
    }

    private static EngineModel model(DrawnEngine drawn, boolean deviceExact) {
        return new EngineModel(drawn.engine(), 0, drawn.layer(), drawn.architecture(), deviceExact);
    }
}
