package org.emat.tb;

import java.util.ArrayList;
import java.util.List;
import org.emat.network.NumberFormat;
import org.emat.network.TensorShape;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;

/** A GTKWave save file that shows an engine from its input to its output. */
final class WaveView {
    /** Ticks of the wave in a cycle; {@code harness.cpp} has the same. */
    static final int TICKS = 10;

    private static final String BENCH = "TOP.emat_bench.";
    private static final String BINARY = "@28";
    private static final String HEXADECIMAL = "@22";
    private static final String DECIMAL = "@24";
    private static final String COMMENT = "@200";

    private final Plan plan;
    private final int index;
    private final EnginePlan engine;
    private final String design;
    private final String scope;
    private final List<String> lines = new ArrayList<>();

    /**
     * A view.
     *
     * @param index which engine
     * @param scope its place below the bench
     */
    WaveView(Plan plan, int index, String scope) {
        this.plan = plan;
        this.index = index;
        engine = plan.engines().get(index);
        design = BENCH + scope.substring(0, scope.indexOf('.') + 1);
        this.scope = BENCH + scope + ".";
    }

    /**
     * The text of the save file.
     *
     * @param name name of the wave and of the save file, both in the same folder
     * @param from first cycle to show
     * @param marked cycle of the marker
     */
    String text(String name, long from, long marked) {
        // From both names GTKWave derives the place of the wave beside the save file, wherever that is.
        lines.add("[dumpfile] \"" + name + ".fst\"");
        lines.add("[savefile] \"" + name + ".gtkw\"");
        lines.add("[timestart] " + from * TICKS);
        lines.add("*-4.000000 " + marked * TICKS + " -1".repeat(26));
        cycles();
        windows();
        arrays();
        blocks();
        return String.join("\n", lines) + "\n";
    }

    private void cycles() {
        group(engine.name().replaceAll("\\p{Cntrl}", " "));
        vector(BENCH + "running_cycle", 64, DECIMAL);
        bit(scope + "clk");
        group("pixels in");
        TensorShape input = engine.geometry().input();
        link(index, input.channels(), engine.input());
    }

    private void link(int link, int channels, NumberFormat format) {
        bit(design + "link_valid_" + link);
        bit(design + "link_ready_" + link);
        vector(design + "link_data_" + link, channels * format.bits(), HEXADECIMAL);
    }

    private void windows() {
        int bits = engine.window().windowPixels()
                * engine.geometry().input().channels()
                * engine.input().bits();
        group("line buffer");
        counter("line_buffer.step_y", engine.window().vertical().steps());
        counter("line_buffer.step_x", engine.window().horizontal().steps());
        counter("line_buffer.columns_left", engine.window().horizontal().window());
        counter("line_buffer.write_bank", engine.lineBufferRows());
        counter("line_buffer.lowest_bank", engine.lineBufferRows());
        for (String condition : List.of("begun", "frame_ready", "real_column", "arrived", "issue", "column_valid")) {
            bit(scope + "line_buffer." + condition);
        }
        bit(scope + "window_ready");
        group("window");
        bit(scope + "start");
        vector(scope + "window", bits, HEXADECIMAL);
    }

    private void arrays() {
        int words = Math.max(1, engine.rowBlockCount()) * engine.array().wordsPerLine();
        group("crossbars");
        bit(scope + "reading");
        vector(scope + "plane", 6, DECIMAL);
        vector(scope + "share", 8, DECIMAL);
        vector(scope + "wordlines", words * Long.SIZE, HEXADECIMAL);
        bit(scope + "last_read");
        bit(scope + "transfer");
        vector(scope + "crossbar_bank.accumulators", blockBits(), HEXADECIMAL);
    }

    private void blocks() {
        TensorShape output = engine.geometry().output();
        int channels = output.channels();
        group("requantizer");
        bit(scope + "draining");
        counter("drain_phase", engine.phases());
        vector(scope + "block", blockBits(), HEXADECIMAL);
        vector(
                scope + "requantizer.bounded",
                channels * (engine.scale().requantised().bits() + 1),
                HEXADECIMAL);
        bit(scope + "word_valid");
        vector(scope + "words", channels * engine.output().bits(), HEXADECIMAL);
        group("block to raster");
        counter("block_to_raster.write_step_y", engine.window().vertical().steps());
        counter("block_to_raster.write_step_x", engine.window().horizontal().steps());
        counter("block_to_raster.write_py", engine.window().vertical().block());
        counter("block_to_raster.write_px", engine.window().horizontal().block());
        counter("block_to_raster.read_y", output.height());
        counter("block_to_raster.read_x", output.width());
        link(index + 1, channels, engine.output());
    }

    private int blockBits() {
        return engine.grid().pixels()
                * engine.geometry().output().channels()
                * engine.array().accumulatorBits();
    }

    /** A register declared with a range, just wide enough for the values up to a limit. */
    private void counter(String name, int limit) {
        lines.add(DECIMAL);
        lines.add(scope + name + "[" + (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(limit)) + ":0]");
    }

    private void group(String title) {
        lines.add(COMMENT);
        lines.add("-" + title);
    }

    private void bit(String name) {
        lines.add(BINARY);
        lines.add(name);
    }

    /** A vector of one bit has no range in the wave, if it has none in the Verilog. */
    private void vector(String name, int bits, String radix) {
        lines.add(bits == 1 ? BINARY : radix);
        lines.add(bits == 1 ? name : name + "[" + (bits - 1) + ":0]");
    }
}
