package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.emat.tb.Cosimulation.Outcome;
import org.emat.tb.Diagnosis.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults planted in the Verilog: the triage names the signal and writes a wave of the failing step. */
class TriageTest {
    private static final Trial TRIAL = Trials.small(1, 1);

    @TempDir
    Path folder;

    @Test
    void wrongScalingOfOneLayerIsFoundBehindItsAccumulators() throws IOException {
        Diagnosis diagnosis = diagnose(
                "requantizer.v",
                "                bounded[",
                "                if (CHANNELS == 5 && c == 3) value = value + 64'sd1;\n                bounded[");
        assertThat(diagnosis.mismatch().layer()).isEqualTo("same");
        assertThat(diagnosis.mismatch().channel()).isEqualTo(3);
        assertThat(diagnosis.mismatch().got()).isEqualTo(diagnosis.mismatch().expected() + 1);
        assertThat(diagnosis.signal()).isEqualTo(Signal.WORD);
        assertThat(diagnosis.wave()).hasFileName("small_same_frame0_step0.fst");
    }

    @Test
    void wrongShiftAddIsFoundInTheAccumulators() throws IOException {
        Diagnosis diagnosis = diagnose(
                "crossbar_bank.v", "total = total << plane;", "total = total << ((plane == 6'd6) ? 6'd5 : plane);");
        assertThat(diagnosis.mismatch().layer()).isEqualTo("up");
        assertThat(diagnosis.signal()).isEqualTo(Signal.ACCUMULATOR);
        assertThat(diagnosis.detail()).startsWith("output phase ");
    }

    @Test
    void wrongWindowIsFoundInTheWindow() throws IOException {
        Diagnosis diagnosis =
                diagnose("line_buffer.v", "&& (real_y + DOWN < HEIGHT)", "&& (real_y + DOWN < HEIGHT - 1)");
        assertThat(diagnosis.mismatch().layer()).isEqualTo("up");
        assertThat(diagnosis.signal()).isEqualTo(Signal.WINDOW);
        // The last of three rows goes missing, so it is the bottom row of the windows of the second step row.
        assertThat(diagnosis.mismatch().step()).isBetween(3, 5);
        assertThat(diagnosis.detail()).startsWith("row 2, ").endsWith(", got 0");
    }

    @Test
    void pixelsThatLeaveTooEarlyAreFoundAsStepsNotComputed() throws IOException {
        Diagnosis diagnosis = diagnose("block_to_raster.v", "= (written > COUNT_W'(read_block));", "= 1'b1;");
        assertThat(diagnosis.mismatch().layer()).isEqualTo("up");
        assertThat(diagnosis.mismatch().step()).isZero();
        assertThat(diagnosis.signal()).isEqualTo(Signal.STEP);
    }

    @Test
    void anEqualRunWritesNothing() {
        Outcome outcome = run(files -> files);
        assertThat(Differences.of(outcome.comparison())).isEmpty();
        assertThat(outcome.diagnosis()).isEmpty();
        assertThat(folder.resolve("trace")).doesNotExist();
    }

    @Test
    void aWindowOfCyclesShowsTheWholeDesign() throws IOException {
        Path file = folder.resolve("new").resolve("window.fst");
        Outcome outcome = run(files -> files, new TraceRequest.Window(file, 20, 60));
        assertThat(Differences.of(outcome.comparison())).isEmpty();
        try (Stream<Path> written = Files.list(file.getParent())) {
            assertThat(written).containsExactly(file);
        }
        FstFile wave = FstFile.read(file);
        assertThat(wave.start()).isBetween(20L * WaveView.TICKS, 21L * WaveView.TICKS);
        assertThat(wave.end()).isEqualTo(61L * WaveView.TICKS);
        assertThat(wave.signals())
                .contains("TOP.emat_bench.design_0.engine_0_up.start", "TOP.emat_bench.design_0.engine_1_same.start");
    }

    @Test
    void aWaveThatCannotBeWrittenIsSaidInOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        assertThatThrownBy(() -> run(files -> files, new TraceRequest.Window(file.resolve("window.fst"), 20, 60)))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith("the wave '" + file + "/window.fst' cannot be written: ");
    }

    /** A diagnosis with all that holds for every one. */
    private Diagnosis diagnose(String file, String text, String fault) throws IOException {
        Outcome outcome = run(files -> Trials.plant(files, file, text, fault));
        Diagnosis diagnosis = outcome.diagnosis().orElseThrow();
        System.out.println(diagnosis);
        assertThat(outcome.comparison().firstMismatch()).contains(diagnosis.mismatch());
        assertThat(outcome.simulation().crossings().get(diagnosis.mismatch().engine() + 1))
                .contains(diagnosis.left());
        assertThat(diagnosis.started()).isLessThanOrEqualTo(diagnosis.left());
        try (Stream<Path> written = Files.list(folder.resolve("trace"))) {
            assertThat(written).containsExactlyInAnyOrder(diagnosis.wave(), diagnosis.view());
        }
        FstFile wave = FstFile.read(diagnosis.wave());
        assertThat(wave.start()).isBetween(0L, WaveView.TICKS * (diagnosis.started() + 1));
        assertThat(wave.end()).isBetween(WaveView.TICKS * diagnosis.left(), WaveView.TICKS * (diagnosis.left() + 20));
        assertThat(Files.size(diagnosis.wave())).isBetween(1000L, 100_000L);
        String engine = ".engine_" + diagnosis.mismatch().engine() + "_";
        assertThat(wave.signals())
                .filteredOn(name -> name.contains(".engine_"))
                .allMatch(name -> name.contains(engine));
        checkView(diagnosis, wave);
        return diagnosis;
    }

    /** The view names the wave beside it, and of each stage signals that the wave has. */
    private static void checkView(Diagnosis diagnosis, FstFile wave) throws IOException {
        List<String> lines = Files.readAllLines(diagnosis.view());
        assertThat(lines.get(0)).isEqualTo("[dumpfile] \"" + diagnosis.wave().getFileName() + "\"");
        assertThat(diagnosis.view()).hasParentRaw(diagnosis.wave().getParent());
        List<String> shown =
                lines.stream().filter(line -> line.startsWith("TOP.")).toList();
        assertThat(wave.signals()).containsAll(shown);
        for (String part :
                List.of("line_buffer", "window[", "plane[", "accumulators[", "requantizer", "block_to_raster")) {
            assertThat(shown).anyMatch(name -> name.contains(part));
        }
    }

    private Outcome run(UnaryOperator<Map<String, String>> fault) {
        return run(fault, new TraceRequest.Mismatch(folder.resolve("trace")));
    }

    private Outcome run(UnaryOperator<Map<String, String>> fault, TraceRequest trace) {
        SimulatorBuild build = new SimulatorBuild(VerilatorToolchain.find(), folder.resolve("cache"));
        return new Cosimulation(build, fault, false).run(TRIAL, trace, Progress.none());
    }
}
