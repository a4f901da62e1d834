package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.emat.arch.Architecture;
import org.emat.arch.Architecture.Encoding;
import org.emat.network.LayerGeometry;
import org.emat.rtl.UpdateGenerator;
import org.emat.train.gan.DrawnUpdate;
import org.emat.train.gan.DrawnUpdate.Pass;
import org.emat.train.gan.GanPlan.Cells;
import org.emat.train.gan.NetworkState;
import org.emat.train.gan.Optimiser;
import org.emat.train.gan.TrainingCounts;
import org.emat.train.gan.TrainingFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The update of drawn layers in Verilog against the golden one: state, biases, cells, counts and cycles of each update. */
class UpdateUnitTest {
    /** Cycles from the read of the last parameter to the end of its write. */
    private static final int LATENCY = 5;

    @TempDir
    Path folder;

    /**
     * A unit and what it is given.
     *
     * @param lanes gradients of weights in a beat
     * @param byImages whether the state comes from memory images and not parameter by parameter
     * @param pauses whether beats come with pauses
     */
    private record Unit(DrawnUpdate drawn, int lanes, boolean byImages, boolean pauses) {
        LayerGeometry geometry() {
            return drawn.plan().generator().get(0).geometry();
        }

        int weights() {
            return geometry().weightCount();
        }

        int channels() {
            return geometry().output().channels();
        }

        int sets() {
            return geometry().scaleCount() / channels();
        }

        Cells cells() {
            return drawn.plan().cells();
        }

        int lines() {
            return Architecture.linesPerWeight(TrainingFormat.WEIGHT_BITS, cells().bits(), cells().encoding());
        }
    }

    @Test
    void updatesEqualTheGoldenOnes() throws Exception {
        compare(40, seed(), true);
    }

    @Test
    void updatesEqualTheGoldenOnesInVerilatorToo() throws Exception {
        compare(8, seed() + 1, false);
    }

    @Test
    @Tag("nightly")
    void manyUpdatesEqualTheGoldenOnes() throws Exception {
        for (int round = 0; round < 10; round++) {
            compare(60, seed() + 100 + round, round % 5 != 0);
        }
    }

    private static long seed() {
        return Long.getLong("emat.seed", 20261125L);
    }

    private void compare(int count, long seed, boolean icarus) throws Exception {
        String repeat = "repeat with: mvn -pl tb -am test -Dtest=UpdateUnitTest -DargLine=-Demat.seed=" + seed;
        System.out.println("seed " + seed + "; " + repeat);
        SplittableRandom random = new SplittableRandom(seed);
        List<Unit> units = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SplittableRandom own = random.split();
            DrawnUpdate drawn = DrawnUpdate.draw(own);
            units.add(new Unit(drawn, 1 + own.nextInt(7), own.nextBoolean(), own.nextBoolean()));
        }
        Path images = Files.createTempDirectory(folder, "images");
        for (int i = 0; i < count; i++) {
            load(images.resolve("u" + i).toString(), units.get(i));
        }
        assertThat(run(units, images, icarus)).contains("finished");
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < count; i++) {
            softly.assertThat(firstDifference(
                            Files.readAllLines(images.resolve("u" + i + "_out.txt")), expected(units.get(i))))
                    .as("unit %d, %s; %s", i, units.get(i), repeat)
                    .isEmpty();
        }
        softly.assertAll();
    }

    private static String firstDifference(List<String> found, List<String> expected) {
        for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
            String got = i < found.size() ? found.get(i) : "nothing";
            String wanted = i < expected.size() ? expected.get(i) : "nothing";
            if (!got.equals(wanted)) {
                return "line " + i + " is '" + got + "', not '" + wanted + "'";
            }
        }
        return "";
    }

    private String run(List<Unit> units, Path images, boolean icarus) throws Exception {
        StringBuilder text = new StringBuilder(IcarusBench.of("update_driver").text());
        text.append("\nmodule update_bench;\n    reg clk;\n    wire [%d:0] done;\n".formatted(units.size() - 1));
        for (int i = 0; i < units.size(); i++) {
            text.append(instance(i, units.get(i)));
        }
        text.append("""
                    initial clk = 1'b0;
                    always #1 clk = !clk;
                    always @(posedge clk) if (&done) begin
                        $display("finished");
                        $finish;
                    end
                    initial #200000 begin
                        $display("too long: %b", done);
                        $finish;
                    end
                endmodule
                """);
        List<String> sources =
                UpdateGenerator.LIBRARY.stream().map(name -> "lib/" + name).toList();
        Path place = Files.createTempDirectory(folder, "bench");
        return icarus
                ? new IcarusBench("update_bench", text.toString(), sources, List.of()).run(place, "+images=" + images)
                : new VerilatorBench("update_bench", text.toString(), sources, List.of())
                        .run(place, "+images=" + images);
    }

    private static String instance(int number, Unit unit) {
        return """
                    update_driver #(
                        .WEIGHTS(%d), .CHANNELS(%d), .BIAS_SETS(%d), .LANES(%d), .ACC_BITS(%d), .CELL_BITS(%d),
                        .DIFFERENTIAL(%d), .LINES(%d), .PASSES(%d), .BY_IMAGES(%d), .PAUSES(%d), .PREFIX("/u%d"), .IMAGES("%s%d")
                    ) unit_%d (.clk(clk), .done(done[%d]));
                """.formatted(
                        unit.weights(),
                        unit.channels(),
                        unit.sets(),
                        unit.lanes(),
                        unit.drawn().gradientBits(),
                        unit.cells().bits(),
                        unit.cells().encoding() == Encoding.DIFFERENTIAL ? 1 : 0,
                        unit.lines(),
                        unit.drawn().passes().size(),
                        unit.byImages() ? 1 : 0,
                        unit.pauses() ? 1 : 0,
                        number,
                        unit.byImages() ? "/u" : "/none",
                        number,
                        number,
                        number);
    }

    private static void load(String prefix, Unit unit) throws IOException {
        NetworkState first = unit.drawn().states().get(0);
        hex(prefix + "_parameters.hex", IntStream.of(first.parameters()[0]).mapToObj(w -> digits(w, 16)));
        hex(prefix + "_momenta.hex", IntStream.of(first.momenta()[0]).mapToObj(w -> digits(w, 32)));
        hex(prefix + "_seed.hex", Stream.of(digits(first.rounding()[0], 64)));
        List<String> beats = new ArrayList<>();
        List<String> factors = new ArrayList<>();
        for (int i = 0; i < unit.drawn().passes().size(); i++) {
            beats(unit, unit.drawn().passes().get(i), beats);
            factors(unit, i).forEach(factor -> factors.add(digits(factor, 16)));
        }
        hex(prefix + "_beats.hex", beats.stream());
        hex(prefix + "_factors.hex", factors.stream());
    }

    private static List<Integer> factors(Unit unit, int pass) {
        Optimiser optimiser = unit.drawn().plan().optimiser();
        Pass gradients = unit.drawn().passes().get(pass);
        int mean = Integer.numberOfTrailingZeros(unit.drawn().plan().batch()) - TrainingFormat.MOMENTUM_FRACTION;
        return List.of(
                optimiser.momentum(),
                optimiser.weightDecay().mantissa(),
                optimiser.weightDecay().shift()
                        + unit.drawn().plan().format().weightFraction()
                        - TrainingFormat.MOMENTUM_FRACTION,
                optimiser.rate().mantissa(),
                unit.drawn().rateShift(pass),
                gradients.inputExponent() + gradients.errorExponent() + mean,
                gradients.errorExponent() + mean);
    }

    /** Rows of weights, the last one perhaps partly filled, then the biases one by one. */
    private static void beats(Unit unit, Pass pass, List<String> beats) {
        int bits = unit.drawn().gradientBits();
        for (int i = 0; i < pass.sums().length; ) {
            int words = i < unit.weights() ? Math.min(unit.lanes(), unit.weights() - i) : 1;
            BigInteger beat = BigInteger.ZERO;
            for (int word = words - 1; word >= 0; word--) {
                beat = beat.shiftLeft(bits).or(BigInteger.valueOf(pass.sums()[i + word] & ((1L << bits) - 1)));
            }
            beats.add(beat.toString(16));
            i += words;
        }
    }

    /** What the driver must have noted. */
    private static List<String> expected(Unit unit) {
        List<String> lines = new ArrayList<>();
        List<NetworkState> states = unit.drawn().states();
        if (!unit.byImages()) {
            int[] loaded = states.get(0).parameters()[0];
            for (int i = 0; i < unit.weights(); i++) {
                lines.add(written(unit, loaded[i], ~0));
            }
            lines.add("loaded");
        }
        TrainingCounts counts = TrainingCounts.none();
        for (int pass = 0; pass < unit.drawn().passes().size(); pass++) {
            int[] before = states.get(pass).parameters()[0];
            NetworkState after = states.get(pass + 1);
            for (int i = 0; i < unit.weights(); i++) {
                lines.add(written(unit, after.parameters()[0][i], changed(unit, before[i], after.parameters()[0][i])));
            }
            if (!unit.pauses()) {
                lines.add("cycles " + (before.length + LATENCY));
            }
            counts = counts.plus(unit.drawn().counts().get(pass));
            state(unit, after, counts, lines);
        }
        return lines;
    }

    private static void state(Unit unit, NetworkState state, TrainingCounts counts, List<String> lines) {
        int[] parameters = state.parameters()[0];
        for (int i = 0; i < parameters.length; i++) {
            lines.add("s " + digits(parameters[i], 16) + " " + digits(state.momenta()[0][i], 32));
        }
        for (int set = 0; set < unit.sets(); set++) {
            int first = unit.weights() + set * unit.channels();
            StringBuilder biases = new StringBuilder();
            for (int channel = unit.channels() - 1; channel >= 0; channel--) {
                biases.append(digits(parameters[first + channel], 16));
            }
            lines.add("b " + biases);
        }
        lines.add("r " + digits(state.rounding()[0], 64) + " "
                + digits(counts.saturatedWeights(), 64)
                + digits(counts.saturatedMomenta(), 64)
                + digits(counts.skippedCells(), 64)
                + digits(counts.cellWrites(), 64)
                + " 0");
    }

    private static String written(Unit unit, int weight, int changed) {
        BigInteger cells = BigInteger.ZERO;
        for (int line = unit.lines() - 1; line >= 0; line--) {
            cells = cells.shiftLeft(unit.cells().bits()).or(BigInteger.valueOf(code(unit, weight, line)));
        }
        int digits = (unit.lines() * unit.cells().bits() + 3) / 4;
        String text = cells.toString(16);
        return "w " + "0".repeat(digits - text.length()) + text + " "
                + digits(changed & ((1L << unit.lines()) - 1), unit.lines());
    }

    private static int changed(Unit unit, int before, int after) {
        int changed = 0;
        for (int line = 0; line < unit.lines(); line++) {
            changed |= code(unit, before, line) == code(unit, after, line) ? 0 : 1 << line;
        }
        return changed;
    }

    private static int code(Unit unit, int weight, int line) {
        int codes = 1 << unit.cells().bits();
        boolean differential = unit.cells().encoding() == Encoding.DIFFERENTIAL;
        int rest = differential ? Math.max(0, line % 2 == 0 ? weight : -weight) : weight + 32768;
        for (int slice = 0; slice < (differential ? line / 2 : line); slice++) {
            rest /= codes;
        }
        return rest % codes;
    }

    private static String digits(long value, int bits) {
        String all = String.format("%016x", value);
        return all.substring(16 - (bits + 3) / 4);
    }

    private static void hex(String file, Stream<String> lines) throws IOException {
        Files.writeString(Path.of(file), lines.collect(Collectors.joining("\n", "", "\n")));
    }
}
