package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Mapping;
import org.emat.golden.GoldenModel;
import org.emat.integer.Frame;
import org.emat.integer.IntegerActivation;
import org.emat.integer.IntegerLayer;
import org.emat.integer.IntegerNetwork;
import org.emat.integer.Requantiser;
import org.emat.network.LayerGeometry;
import org.emat.network.NumberFormat;
import org.emat.plan.EnginePlan;
import org.emat.plan.Mapper;
import org.emat.plan.Plan;
import org.emat.reference.DrawnEngine;
import org.emat.reference.DrawnGeometry;
import org.emat.reference.DrawnGradient;
import org.emat.rtl.MemoryImages;
import org.emat.rtl.PlacerContext;
import org.emat.rtl.RtlGenerator;
import org.emat.rtl.UpdateGenerator;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;
import org.emat.train.ErrorLayer;
import org.emat.train.WeightPlaces;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes of weights into the arrays of drawn layers and of the layers that carry their errors back: the cells are then what
 * the memory images of the new weights say, those that change are counted, and frames give what the golden model gives.
 */
class WeightWriteTest {
    private static final NumberFormat SUM = new NumberFormat(32, true);
    private static final Pattern PARAMETERS =
            Pattern.compile("layer_engine #\\((.*?)\\n    \\) engine_0", Pattern.DOTALL);
    private static final long MOST_CYCLES = 4000;

    @TempDir
    Path folder;

    /**
     * One engine whose weights are renewed.
     *
     * @param before the engine's network with the old weights
     * @param after with the new ones
     * @param stream both in the order of the forward layer
     */
    private record Renewal(
            Architecture architecture,
            Plan plan,
            WeightPlaces places,
            IntegerNetwork before,
            IntegerNetwork after,
            int[][] stream,
            List<Frame> frames) {
        EnginePlan engine() {
            return plan.engines().get(0);
        }
    }

    @Test
    void cellsAreThoseOfTheNewWeights() throws Exception {
        compare(10, seed(), false, true);
    }

    @Test
    void cellsAreThoseOfTheNewWeightsInVerilatorToo() throws Exception {
        compare(2, seed() + 2, false, false);
    }

    /** Crossbar by crossbar, as for synthesis; here what was in the cells before is not known. */
    @Test
    void theFormForSynthesisComputesWithTheNewWeights() throws Exception {
        compare(5, seed() + 1, true, true);
    }

    @Test
    @Tag("nightly")
    void manyMoreAreThoseOfTheNewWeights() throws Exception {
        for (int round = 0; round < 10; round++) {
            compare(12, seed() + 100 + round, round % 2 == 0, round % 5 != 0);
        }
    }

    private static long seed() {
        return Long.getLong("emat.seed", 20261125L);
    }

    private void compare(int layers, long seed, boolean structural, boolean icarus) throws Exception {
        String repeat = "repeat with: mvn -pl tb -am test -Dtest=WeightWriteTest -DargLine=-Demat.seed=" + seed;
        System.out.println("seed " + seed + "; " + repeat);
        SplittableRandom random = new SplittableRandom(seed);
        List<Renewal> renewals = new ArrayList<>();
        while (renewals.size() < 2 * layers) {
            renewals.addAll(draw(renewals.size() / 2, random.split(), structural));
        }
        Path images = Files.createTempDirectory(folder, "images");
        for (int i = 0; i < renewals.size(); i++) {
            load(images, i, renewals.get(i));
        }
        run(renewals, images, structural, icarus);
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < renewals.size(); i++) {
            check(softly, images, i, renewals.get(i), structural, repeat);
        }
        softly.assertAll();
    }

    /** A layer and the one that carries its errors back; none where a weight has no place. */
    private static List<Renewal> draw(int number, SplittableRandom random, boolean structural) {
        Architecture architecture = DrawnEngine.lossless(random).architecture();
        if (architecture.fold() > 1 && random.nextBoolean()) {
            architecture = architecture.with(Mapping.PIXEL_WISE, 1);
        }
        // Overlapping outputs cannot begin before the first one, as negative paddings demand.
        LayerGeometry geometry = architecture.mapping() == Mapping.PADDING_FREE
                ? DrawnGeometry.draw(random)
                : DrawnGradient.layer(random);
        boolean packed = architecture.groups() == Architecture.Groups.PACKED && geometry.groups() > 1;
        // Cells off the diagonal of packed groups hold a 0 that nothing writes.
        if (structural && packed) {
            return List.of();
        }
        try {
            IntegerLayer before = layer(geometry, architecture.weightBits(), random);
            IntegerLayer after = layer(geometry, architecture.weightBits(), random);
            int[][] stream = {before.weights(), after.weights()};
            // A third of the weights stay as they are.
            for (int i = 0; i < stream[0].length; i++) {
                stream[1][i] = random.nextInt(3) == 0 ? stream[0][i] : stream[1][i];
            }
            ErrorLayer error = new ErrorLayer(geometry);
            NumberFormat word = new NumberFormat(5, true);
            Renewal forward = renewal(
                    "forward" + number, architecture, before, layer(after, stream[1]), stream, random, geometry, false);
            Renewal back = renewal(
                    "back" + number,
                    architecture,
                    error.layer(before, word, 0, SUM),
                    error.layer(layer(after, stream[1]), word, 0, SUM),
                    stream,
                    random,
                    geometry,
                    true);
            return Math.max(cycles(forward), cycles(back)) > MOST_CYCLES ? List.of() : List.of(forward, back);
        } catch (IllegalArgumentException noPlace) {
            return List.of();
        }
    }

    private static long cycles(Renewal renewal) {
        return new Scheduler().count(renewal.plan(), 1, StallScript.none()).cycles() + renewal.stream()[0].length;
    }

    private static IntegerLayer layer(LayerGeometry geometry, int weightBits, SplittableRandom random) {
        NumberFormat weight = new NumberFormat(weightBits, true);
        int[] weights = DrawnGeometry.words(random, geometry.weightCount(), (int) weight.min(), (int) weight.max());
        return new IntegerLayer(
                "layer",
                geometry,
                new NumberFormat(1 + random.nextInt(4), random.nextBoolean()),
                weightBits,
                weights,
                Requantiser.exact(new long[geometry.scaleCount()], SUM.min(), SUM.max()),
                new IntegerActivation.Bounded(),
                SUM);
    }

    private static IntegerLayer layer(IntegerLayer layer, int[] weights) {
        return new IntegerLayer(
                layer.name(),
                layer.geometry(),
                layer.input(),
                layer.weightBits(),
                weights,
                layer.requantiser(),
                layer.activation(),
                layer.output());
    }

    private static Renewal renewal(
            String name,
            Architecture architecture,
            IntegerLayer before,
            IntegerLayer after,
            int[][] stream,
            SplittableRandom random,
            LayerGeometry layer,
            boolean back) {
        IntegerNetwork old = new IntegerNetwork("old", List.of(before));
        Plan plan = new Mapper(architecture).map(name, old);
        EnginePlan engine = plan.engines().get(0);
        WeightPlaces places = back ? WeightPlaces.error(engine, layer) : WeightPlaces.forward(engine);
        NumberFormat input = before.input();
        int[] words =
                DrawnGeometry.words(random, before.geometry().input().words(), (int) input.min(), (int) input.max());
        // The frames go through both with one format.
        IntegerLayer renewed = new IntegerLayer(
                after.name(),
                after.geometry(),
                input,
                after.weightBits(),
                after.weights(),
                after.requantiser(),
                after.activation(),
                after.output());
        return new Renewal(
                architecture,
                plan,
                places,
                old,
                new IntegerNetwork("new", List.of(renewed)),
                stream,
                List.of(new Frame(before.geometry().input(), words)));
    }

    private static void load(Path images, int number, Renewal renewal) throws IOException {
        MemoryImages.write(renewal.plan(), renewal.before(), renewal.architecture(), images);
        int bits = renewal.architecture().weightBits();
        String prefix = "w" + number;
        for (int i = 0; i < 2; i++) {
            hex(images.resolve(prefix + (i == 0 ? "_before.hex" : "_after.hex")), renewal.stream()[i], 1, bits);
        }
        Frame frame = renewal.frames().get(0);
        int channels = frame.shape().channels();
        hex(
                images.resolve(prefix + "_in.hex"),
                frame.words(),
                channels,
                renewal.engine().input().bits());
    }

    /** Words side by side, the first one in the least significant bits. */
    private static void hex(Path file, int[] words, int perLine, int bits) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int first = 0; first < words.length; first += perLine) {
            BigInteger line = BigInteger.ZERO;
            for (int i = perLine - 1; i >= 0; i--) {
                line = line.shiftLeft(bits).or(BigInteger.valueOf(words[first + i] & ((1L << bits) - 1)));
            }
            lines.add(line.toString(16));
        }
        Files.write(file, lines);
    }

    private void run(List<Renewal> renewals, Path images, boolean structural, boolean icarus) throws Exception {
        StringBuilder text =
                new StringBuilder(IcarusBench.of("weight_write_driver").text());
        List<String> sources = new ArrayList<>();
        RtlGenerator.LIBRARY.stream().filter(name -> name.endsWith(".v")).forEach(sources::add);
        sources.addAll(UpdateGenerator.LIBRARY);
        for (int i = 0; i < renewals.size(); i++) {
            text.append(module(i, renewals.get(i), structural));
        }
        text.append(top(renewals.size()));
        List<String> files = sources.stream().map(name -> "lib/" + name).toList();
        List<String> form = structural ? List.of("-DEMAT_STRUCTURAL") : List.of();
        Path place = Files.createTempDirectory(folder, "bench");
        String name = "weight_write_bench";
        String output = icarus
                ? new IcarusBench(name, text.toString(), files, form).run(place, "+images=" + images)
                : new VerilatorBench(name, text.toString(), files, form).run(place, "+images=" + images);
        assertThat(output).contains("finished");
    }

    private static String module(int number, Renewal renewal, boolean structural) {
        EnginePlan engine = renewal.engine();
        String top =
                new RtlGenerator().generate(renewal.plan()).get(renewal.plan().name() + "_top.v");
        Matcher parameters = PARAMETERS.matcher(top);
        assertThat(parameters.find()).isTrue();
        Frame frame = renewal.frames().get(0);
        int inBits = frame.shape().channels() * engine.input().bits();
        int outBits = engine.lanes() * engine.geometry().output().channels() * SUM.bits();
        String dump = structural
                ? ""
                : "    always @(posedge done) $writememh({driver.folder, \"/w" + number
                        + "_cells.hex\"}, engine.crossbar_bank.cells, 0, " + (engine.imageWords() - 1) + ");\n";
        return """

                module case_%d (input wire clk, output wire done);
                    localparam LINES = %d;
                    localparam CELL_BITS = %d;
                    wire reset, weight_valid, in_valid, in_ready, out_valid;
                    wire [%d:0] in_data;
                    wire [%d:0] out_data;
                    wire [%d:0] weight_before, weight_after;
                    wire [15:0] subkernel, block, row, column;
                    wire [LINES*CELL_BITS-1:0] cells_before, cells_after;
                    reg [LINES-1:0] changed;
                    wire [1023:0] counters;
                    integer l;
                    always @* for (l = 0; l < LINES; l = l + 1)
                        changed[l] = %s cells_before[l*CELL_BITS+:CELL_BITS] != cells_after[l*CELL_BITS+:CELL_BITS];
                    weight_write_driver #(.WEIGHTS(%d), .WEIGHT_BITS(%d), .IN_PIXELS(%d), .IN_BITS(%d), .OUT_PIXELS(%d),
                        .OUT_BITS(%d), .PREFIX("/w%d")) driver (.clk(clk), .reset(reset), .weight_valid(weight_valid),
                        .weight_before(weight_before), .weight_after(weight_after), .in_valid(in_valid),
                        .in_ready(in_ready), .in_data(in_data), .out_valid(out_valid), .out_data(out_data),
                        .cell_writes(counters[7*64+:64]), .done(done));
                    weight_cells #(.WEIGHT_BITS(%d), .CELL_BITS(CELL_BITS), .DIFFERENTIAL(%d), .LINES(LINES)) old_cells
                        (.weight(weight_before), .cells(cells_before));
                    weight_cells #(.WEIGHT_BITS(%d), .CELL_BITS(CELL_BITS), .DIFFERENTIAL(%d), .LINES(LINES)) new_cells
                        (.weight(weight_after), .cells(cells_after));
                    weight_placer #(
                        %s
                    ) placer (.clk(clk), .reset(reset), .advance(weight_valid), .subkernel(subkernel), .block(block),
                        .row(row), .column(column));
                    layer_engine #(.WEIGHT_PORT(1),%s
                    ) engine (
                        .clk(clk), .reset(reset), .enable(!reset), .running(!reset), .cycle(64'd0),
                        .in_valid(in_valid), .in_ready(in_ready), .in_data(in_data),
                        .out_valid(out_valid), .out_ready(1'b1), .out_data(out_data),
                        .program_valid(1'b0), .program_kind(4'd0), .program_subkernel(16'd0), .program_block(16'd0),
                        .program_line(16'd0), .program_word(16'd0), .program_data(64'd0),
                        .weight_valid(weight_valid), .weight_subkernel(subkernel), .weight_block(block),
                        .weight_row(row), .weight_column(column), .weight_cells(cells_after),
                        .weight_changed(changed), .counters(counters)
                    );
                %sendmodule
                """.formatted(
                        number,
                        engine.array().linesPerWeight(),
                        engine.array().cellBits(),
                        inBits - 1,
                        outBits - 1,
                        engine.array().weightBits() - 1,
                        structural ? "1'b1 ||" : "",
                        renewal.stream()[0].length,
                        engine.array().weightBits(),
                        frame.shape().pixels(),
                        inBits,
                        engine.geometry().output().pixels() / engine.lanes(),
                        outBits,
                        number,
                        engine.array().weightBits(),
                        engine.array().differential() ? 1 : 0,
                        engine.array().weightBits(),
                        engine.array().differential() ? 1 : 0,
                        String.join("\n        ", new PlacerContext(renewal.places()).getParameters()),
                        parameters.group(1),
                        dump);
    }

    private static String top(int cases) {
        String instances = IntStream.range(0, cases)
                .mapToObj(i -> "    case_%d case_%d (.clk(clk), .done(done[%d]));\n".formatted(i, i, i))
                .collect(Collectors.joining());
        return """

                module weight_write_bench;
                    reg clk;
                    wire [%d:0] done;
                    initial clk = 1'b0;
                    always #1 clk = !clk;
                %s    always @(posedge clk) if (&done) begin
                        $display("finished");
                        $finish;
                    end
                    initial #400000 begin
                        $display("too long: %%b", done);
                        $finish;
                    end
                endmodule
                """.formatted(cases - 1, instances);
    }

    private static void check(
            SoftAssertions softly, Path images, int number, Renewal renewal, boolean structural, String repeat)
            throws IOException {
        EnginePlan engine = renewal.engine();
        List<String> lines = Files.readAllLines(images.resolve("w" + number + "_out.txt"));
        String what = (renewal.places().transposed() ? "errors of " : "") + engine + "; " + repeat;
        Frame golden = new GoldenModel(renewal.plan(), renewal.after(), renewal.architecture())
                .run(renewal.frames(), done -> {})
                .results()
                .get(0);
        softly.assertThat(words(lines.subList(0, lines.size() - 1), engine))
                .as("outputs, %s", what)
                .isEqualTo(golden.words());
        if (!structural) {
            long[] old = image(renewal, renewal.before());
            long[] renewed = image(renewal, renewal.after());
            List<String> cells = Files.readAllLines(images.resolve("w" + number + "_cells.hex")).stream()
                    .filter(line -> !line.startsWith("//"))
                    .toList();
            softly.assertThat(cells.stream()
                            .mapToLong(line -> Long.parseUnsignedLong(line.strip(), 16))
                            .toArray())
                    .as("cells, %s", what)
                    .isEqualTo(renewed);
            softly.assertThat(Long.parseLong(lines.get(lines.size() - 1)))
                    .as("cells written, %s", what)
                    .isEqualTo(changed(engine, old, renewed));
        }
    }

    private static long[] image(Renewal renewal, IntegerNetwork network) {
        return MemoryImages.of(renewal.engine(), 0, network.layers().get(0), renewal.architecture())
                .cells();
    }

    /** Cells any of whose value bits differ. */
    private static long changed(EnginePlan engine, long[] before, long[] after) {
        int words = engine.array().wordsPerLine();
        int values = engine.array().valueBits();
        long changed = 0;
        for (int line = 0; line < engine.bitLines(); line++) {
            for (int word = 0; word < words; word++) {
                long differing = 0;
                for (int value = 0; value < values; value++) {
                    int at = (line * values + value) * words + word;
                    differing |= before[at] ^ after[at];
                }
                changed += Long.bitCount(differing);
            }
        }
        return changed;
    }

    private static int[] words(List<String> transfers, EnginePlan engine) {
        int perTransfer = engine.lanes() * engine.geometry().output().channels();
        int[] words = new int[transfers.size() * perTransfer];
        for (int i = 0; i < transfers.size(); i++) {
            // A cell that nothing wrote, in Icarus.
            if (transfers.get(i).matches("(?i).*x.*")) {
                return new int[0];
            }
            BigInteger transfer = new BigInteger(transfers.get(i), 16);
            for (int j = 0; j < perTransfer; j++) {
                words[i * perTransfer + j] = transfer.shiftRight(j * SUM.bits()).intValue();
            }
        }
        return Arrays.copyOf(words, engine.geometry().output().words());
    }
}
