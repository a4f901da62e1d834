package org.emat.rtl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emat.network.NumberFormat;
import org.emat.network.TensorShape;
import org.emat.plan.ArrayPlan;
import org.emat.plan.BlockGrid;
import org.emat.plan.EnginePlan;
import org.emat.plan.Plan;
import org.emat.plan.StreamPlan;
import org.emat.window.Tap;
import org.emat.window.WindowAxis;

/**
 * What {@code verilog/top.v.vm} sees: finished text and numbers. Getters are bean style for Velocity.
 */
public final class TopContext {
    private final Plan plan;

    /**
     * The top of a design.
     *
     * @throws IllegalArgumentException if the design's name is no identifier
     */
    TopContext(Plan plan) {
        if (!plan.name().matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("the name of a design must be of lower-case letters, digits and"
                    + " underscores, a letter first, not '" + plan.name() + "'");
        }
        this.plan = plan;
    }

    /** Name of the top module. */
    public String getModule() {
        return plan.name() + "_top";
    }

    /** One line on what the design is. */
    public String getSummary() {
        EnginePlan first = plan.engines().get(0);
        EnginePlan last = plan.engines().get(plan.engines().size() - 1);
        int engines = plan.engines().size();
        return engines + (engines == 1 ? " layer engine, " : " layer engines, ")
                + shape(first.geometry().input(), first.input()) + " to "
                + shape(last.geometry().output(), last.output());
    }

    /** Default width of the data streams. */
    public int getStreamBits() {
        return plan.streamBits();
    }

    /** The input stream. */
    public Stream getInput() {
        return new Stream(plan.inputStream());
    }

    /** The output stream. */
    public Stream getOutput() {
        return new Stream(plan.outputStream());
    }

    /** Index of the last link. */
    public int getLastLink() {
        return plan.engines().size();
    }

    /** Links, one more than engines. */
    public List<Link> getLinks() {
        List<Link> links = new ArrayList<>();
        EnginePlan first = plan.engines().get(0);
        links.add(new Link(0, first.geometry().input(), first.input(), 1));
        for (int i = 0; i < plan.engines().size(); i++) {
            EnginePlan engine = plan.engines().get(i);
            links.add(new Link(i + 1, engine.geometry().output(), engine.output(), engine.lanes()));
        }
        return links;
    }

    /** Engines in stream order. */
    public List<Engine> getEngines() {
        List<Engine> engines = new ArrayList<>();
        for (int i = 0; i < plan.engines().size(); i++) {
            engines.add(new Engine(i, plan.engines().get(i), imagePrefix(plan, i)));
        }
        return engines;
    }

    /** Prefix of an engine's memory images; it names the design, since one folder may serve several. */
    static String imagePrefix(Plan plan, int engine) {
        return "/" + plan.name() + "_engine" + engine;
    }

    private static String shape(TensorShape shape, NumberFormat format) {
        return shape.height() + "x" + shape.width() + "x" + shape.channels() + " "
                + (format.signed() ? "signed" : "unsigned") + " " + format.bits() + "-bit";
    }

    /** An external stream. */
    public static final class Stream {
        private final StreamPlan stream;

        Stream(StreamPlan stream) {
            this.stream = stream;
        }

        /** Bits of a transfer. */
        public int getPixelBits() {
            return stream.transferBits();
        }

        /** Transfers of a frame. */
        public int getPixels() {
            return stream.transfers();
        }

        /** Beats of a frame. */
        public int getBeats() {
            return stream.beatsPerFrame();
        }
    }

    /** Pixels between two engines. */
    public static final class Link {
        private final int index;
        private final TensorShape shape;
        private final NumberFormat format;
        private final int lanes;

        Link(int index, TensorShape shape, NumberFormat format, int lanes) {
            this.index = index;
            this.shape = shape;
            this.format = format;
            this.lanes = lanes;
        }

        /** Index of the engine it feeds. */
        public int getIndex() {
            return index;
        }

        /** Highest bit of a transfer. */
        public int getMsb() {
            return lanes * shape.channels() * format.bits() - 1;
        }

        /** What a pixel is. */
        public String getMeaning() {
            return shape(shape, format) + (lanes == 1 ? "" : ", " + lanes + " pixels at a time");
        }
    }

    /** A layer engine. */
    public static final class Engine {
        private static final int INDENT = 8;
        private static final int ENTRIES_PER_LINE = 10;

        private final int index;
        private final EnginePlan plan;
        private final String images;
        private final boolean raw;

        Engine(int index, EnginePlan plan, String images) {
            this(index, plan, images, false);
        }

        /** An engine whose sums leave it as they are. */
        static Engine ofSums(EnginePlan plan, String images) {
            return new Engine(0, plan, images, true);
        }

        private Engine(int index, EnginePlan plan, String images, boolean raw) {
            this.index = index;
            this.plan = plan;
            this.images = images;
            this.raw = raw;
        }

        /** Position in the stream. */
        public int getIndex() {
            return index;
        }

        /** Index of the link behind it. */
        public int getNext() {
            return index + 1;
        }

        /** Instance name. */
        public String getInstance() {
            return "engine_" + index + "_" + Identifier.of(plan.name());
        }

        /** What it computes. */
        public String getComment() {
            return Identifier.of(plan.name()) + ": "
                    + plan.geometry()
                            .operator()
                            .name()
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace('_', ' ') + ", "
                    + plan.window().steps() + " steps of " + plan.interval() + " cycles, " + plan.crossbars()
                    + " crossbars";
        }

        /** Zeros for the cells of a weight: nothing writes weights of a design without training. */
        public String getNoCells() {
            return zeros(plan.array().linesPerWeight() * plan.array().valueBits());
        }

        /** Zeros for the bit lines of a weight. */
        public String getNoLines() {
            return zeros(plan.array().linesPerWeight());
        }

        private static String zeros(int bits) {
            return bits + "'d0";
        }

        /** Parameter list, one entry per line, aligned. */
        public List<String> getParameters() {
            Map<String, String> values = new LinkedHashMap<>();
            values.putAll(shapes());
            values.putAll(windows());
            values.putAll(arrays());
            if (raw) {
                sums(values);
            }
            int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
            List<String> lines = new ArrayList<>();
            // The lines of a table begin under its first entry.
            String indent = "\n" + " ".repeat(INDENT + width + ". ({".length());
            values.forEach((name, value) -> lines.add(
                    "." + name + " ".repeat(width - name.length()) + " (" + value.replace("\n", indent) + "),"));
            int last = lines.size() - 1;
            lines.set(last, lines.get(last).substring(0, lines.get(last).length() - 1));
            return lines;
        }

        private void sums(Map<String, String> values) {
            put(values, "OUT_BITS", plan.array().accumulatorBits());
            put(values, "OUT_SIGNED", true);
            put(values, "Q_BITS", plan.array().accumulatorBits());
            put(values, "EXACT", 2);
            put(values, "WEIGHT_PORT", true);
        }

        private Map<String, String> shapes() {
            Map<String, String> values = new LinkedHashMap<>();
            TensorShape in = plan.geometry().input();
            TensorShape out = plan.geometry().output();
            put(values, "CHANNELS", in.channels());
            put(values, "INPUT_BITS", plan.input().bits());
            put(values, "INPUT_SIGNED", plan.input().signed());
            put(values, "IN_HEIGHT", in.height());
            put(values, "IN_WIDTH", in.width());
            put(values, "OUT_CHANNELS", out.channels());
            put(values, "OUT_BITS", plan.output().bits());
            put(values, "OUT_SIGNED", plan.output().signed());
            put(values, "OUT_HEIGHT", out.height());
            put(values, "OUT_WIDTH", out.width());
            return values;
        }

        private Map<String, String> windows() {
            Map<String, String> values = new LinkedHashMap<>();
            axis(values, "_Y", plan.window().vertical());
            axis(values, "_X", plan.window().horizontal());
            put(values, "PHASES", plan.phases());
            blocks(values, plan.grid());
            put(values, "LINE_ROWS", plan.lineBufferRows());
            put(values, "RASTER_BLOCKS", plan.rasterBlocks());
            put(values, "GROUPS", plan.arrayGroups());
            List<Tap> taps =
                    plan.window().phases().stream().flatMap(List::stream).toList();
            put(values, "TAPS", Math.max(1, taps.size()));
            put(values, "ROW_BLOCKS", Math.max(1, plan.rowBlockCount()));
            put(values, "TAP_BLOCKS", plan.tapBlocks());
            put(values, "FOLD", plan.fold());
            put(values, "FOLD_CROSSBARS", plan.foldsCrossbars());
            List<Integer> phases = new ArrayList<>();
            List<Integer> blocks = new ArrayList<>();
            for (int phase = 0; phase < plan.phases(); phase++) {
                phases.add(plan.taps(phase).size());
                blocks.add(plan.rowBlocks(phase));
            }
            values.put("PHASE_TAPS", table(phases));
            values.put("PHASE_BLOCKS", table(blocks));
            int rows = plan.window().vertical().window();
            List<Integer> pixels = new ArrayList<>(taps.stream()
                    .map(tap -> tap.windowX() * rows + tap.windowY())
                    .toList());
            values.put("TAP_PIXELS", table(pixels.isEmpty() ? List.of(0) : pixels));
            return values;
        }

        private static void axis(Map<String, String> values, String suffix, WindowAxis axis) {
            put(values, "STEPS" + suffix, axis.steps());
            put(values, "ADVANCE" + suffix, axis.advance());
            put(values, "WINDOW" + suffix, axis.window());
            put(values, "ORIGIN" + suffix, axis.origin());
            put(values, "STRETCH" + suffix, axis.stretch());
        }

        private void blocks(Map<String, String> values, BlockGrid grid) {
            put(values, "BLOCK_Y", grid.vertical().size());
            put(values, "BLOCK_X", grid.horizontal().size());
            put(values, "BLOCKS_X", grid.horizontal().blocks());
            put(values, "LANES", plan.lanes());
            put(values, "OVERLAP", plan.overlaps());
            if (plan.overlaps()) {
                put(values, "BLOCKS_Y", grid.vertical().blocks());
                put(values, "CROP_Y", grid.vertical().crop());
                put(values, "CROP_X", grid.horizontal().crop());
                put(values, "KERNEL_Y", plan.geometry().vertical().kernel());
                put(values, "KERNEL_X", plan.geometry().horizontal().kernel());
                put(values, "DILATION_Y", plan.geometry().vertical().dilation());
                put(values, "DILATION_X", plan.geometry().horizontal().dilation());
            }
        }

        private Map<String, String> arrays() {
            Map<String, String> values = new LinkedHashMap<>();
            ArrayPlan array = plan.array();
            put(values, "CROSSBAR_ROWS", array.rows());
            put(values, "CROSSBAR_COLS", array.columns());
            put(values, "WEIGHT_BITS", array.weightBits());
            put(values, "CELL_BITS", array.cellBits());
            put(values, "VALUE_BITS", array.valueBits());
            put(values, "FRACTION_BITS", array.fractionBits());
            put(values, "DIFFERENTIAL", array.differential());
            put(values, "LINES", array.linesPerWeight());
            put(values, "ADC_BITS", array.adcBits());
            put(values, "ADC_LSB", array.adcLsb());
            put(values, "ADC_OFFSETS", array.adcOffsets());
            put(values, "ADC_SHARE", array.columnsPerAdc());
            put(values, "ACC_BITS", array.accumulatorBits());
            put(values, "SCALE_SETS", plan.scale().sets());
            put(values, "Q_BITS", plan.scale().requantised().bits());
            put(values, "EXACT", plan.scale().exact());
            put(values, "FINISH", plan.scale().finish().ordinal());
            values.put("IMAGES", "\"" + images + "\"");
            return values;
        }

        private static void put(Map<String, String> values, String name, int value) {
            values.put(name, Integer.toString(value));
        }

        private static void put(Map<String, String> values, String name, boolean value) {
            values.put(name, value ? "1" : "0");
        }

        /** A packed table of 16-bit entries, entry 0 in the least significant bits. */
        private static String table(List<Integer> entries) {
            List<String> words = new ArrayList<>();
            for (int i = entries.size() - 1; i >= 0; i--) {
                words.add("16'd" + entries.get(i));
            }
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < words.size(); i += ENTRIES_PER_LINE) {
                text.append(i == 0 ? "" : ",\n")
                        .append(words.subList(i, Math.min(words.size(), i + ENTRIES_PER_LINE)).stream()
                                .collect(Collectors.joining(", ")));
            }
            return text.append('}').toString();
        }
    }
}
