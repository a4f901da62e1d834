package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emat.rtl.RtlGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults planted in the Verilog, one at a time: the comparison of words and counts must show each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedFaultTest {
    private static final Path LIBRARY = Path.of("..", "verilog-out", "lib");

    private MutantRig rig;

    @BeforeAll
    void runGoldenModels(@TempDir Path folder) {
        rig = new MutantRig(folder);
    }

    /** Without a fault nothing shows, or the other tests would say nothing. */
    @Test
    void nothingShowsWithoutAFault() {
        assertThat(rig.symptom(files -> files, false, rig.designs())).isEmpty();
    }

    /** As above; the structural form takes longest to build. */
    @Test
    void nothingShowsInStructuralCrossbarsWithoutAFault() {
        List<String> designs = List.of(MutantRig.PHASE, MutantRig.SHARED, MutantRig.FOLDED);
        assertThat(rig.symptom(files -> files, true, designs)).isEmpty();
    }

    /** One fault in each module; "simulation" and "structural" are the two forms of the crossbars. */
    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "crossbar.v         | structural | phase        | << v);                  | << 0);",
                "crossbar_bank.v    | simulation | phase        | (32'(popcount64(        | (32'(~popcount64(",
                "crossbar_bank.v    | simulation | turns        | RUN_BLOCKS % FOLD ==    | FOLD ==",
                "adc.vh             | simulation | shared       | code >= (32'sd1         | code > (32'sd1",
                "adc.v              | structural | shared       | turn && code            | 'turn || code'",
                "shift_add.v        | structural | phase        | {kept[ACC_BITS-1], kept | {1'b0, kept",
                "crossbar_tile.v    | structural | folded       | plane_begins && lines   | lines",
                "row_adder.v        | structural | phase        | total + partial         | total ^ partial",
                "event_sum.v        | structural | phase        | sum + 64'(total)        | sum + 64'd1",
                "line_buffer.v      | simulation | phase        | row_written ? 0 :       | row_written ? 1 :",
                "line_buffer.v      | simulation | skipping     | real_x + SKIPPED        | real_x - SKIPPED",
                "window_register.v  | simulation | phase        | if (take) window        | window",
                "wordline_driver.v  | simulation | folded       | 6'(RUN % FOLD)          | 6'(RUN / FOLD)",
                "overlap_add.v      | simulation | padding_free | slot_y != 32'd0         | slot_x != 32'd0",
                "overlap_add.v      | simulation | cropped      | FIRST_Y != 0 &&         | 'FIRST_Y != 0 ||'",
                "requantizer.v      | simulation | shared       | (value & others) !=     | (value & half) !=",
                "block_to_raster.v  | simulation | phase        | PIXELS - BLOCK_X + 1    | PIXELS - BLOCK_X",
                "layer_engine.v     | simulation | shared       | ADC_SHARE - 1           | ADC_SHARE - 2",
                "layer_engine.v     | simulation | cropped      | (draining && drain_ph   | '(draining || drain_ph'",
                "stream_unpack.v    | simulation | shared       | emptied ? 1             | emptied ? 0",
                "stream_pack.v      | simulation | shared       | BEATS     = (PIXEL_BITS | BEATS     = (1 + PIXEL_BITS",
                "csr.v              | simulation | phase        | if (!any_output)        | if (any_output)",
            })
    void showsAFaultIn(String file, String form, String design, String text, String fault) {
        Optional<String> symptom = rig.symptom(
                files -> Trials.plant(files, file, text, fault), form.equals("structural"), List.of(design));
        assertThat(symptom).as("%s, %s instead of %s", file, fault, text).isPresent();
        System.out.println(file + ": " + symptom.orElseThrow());
    }

    /** Many changed lines all over the library, all designs. */
    @Test
    @Tag("nightly")
    void showsMutantsOfTheWholeLibrary() throws IOException {
        List<Mutation> mutations = drawn(Integer.getInteger("emat.mutants", 40));
        List<String> survivors = new ArrayList<>();
        int refused = 0;
        for (Mutation mutation : mutations) {
            try {
                Optional<String> symptom = symptom(mutation);
                System.out.println(mutation + "\n    " + symptom.orElse("SURVIVES"));
                if (symptom.isEmpty()) {
                    survivors.add(mutation.toString());
                }
            } catch (MutantRig.Unbuildable e) {
                refused++;
                System.out.println(mutation + "\n    refused: "
                        + e.getMessage().lines().findFirst().orElse(""));
            }
        }
        System.out.printf("%d mutants, %d refused, survivors:%n%s%n", mutations.size(), refused, survivors);
        // Some mutants change nothing that a run can show, and not all of them are known as such.
        assertThat(survivors).hasSizeLessThanOrEqualTo(mutations.size() / 10);
    }

    /** Most faults show in the first design, which is soon built. */
    private Optional<String> symptom(Mutation mutation) {
        List<String> designs = rig.designs();
        int drawn = designs.indexOf(MutantRig.SKIPPING) + 1;
        return Stream.of(designs.subList(0, 1), designs.subList(1, drawn), designs.subList(drawn, designs.size()))
                .flatMap(names -> rig.symptom(mutation::plant, mutation.structural(), names).stream())
                .findFirst();
    }

    /**
     * Lines whose mutants do the same: resets of what is written before it is read, what only 2^32 cycles show, signals
     * and blocks that silence a lint, a column in the cycle after the reset, sizes that are larger than need be, the
     * cycle of a share in which a bit line is read, turns in which no word line of a tap is driven, and the slope of a
     * zero. Times of reads are compared in machines only, whose faults are planted in {@link PlantedMachineFaultTest}.
     */
    private static boolean changesNothing(Mutation mutation) {
        return mutation.before()
                .matches(
                        ".*(ends  <= 1'b0|column_valid <= 1'b0|program_\\w+ +<= \\d+'d0|HIGH_WORD|unused|crossbars_shared"
                                + "|localparam \\w+_W +=|localparam BE(LOW|SIDE) |\\(EXTENT_\\w > STRIDE_"
                                + "|rdata +<= 32'd0|(?<!\\) )drain_phase <= \\{|planes = \\{"
                                + "|position = \\(|FOLD == 1 \\|\\||value < 64'sd0|(first|last|any)_busy +<= ).*");
    }

    /**
     * Whether a fault shows only where a read ends in the cycle in which the last block of a row is taken. Windows are
     * complete every third cycle at most, too late for that.
     */
    private static boolean neverMet(Mutation mutation) {
        return mutation.after().contains("(next_x <= READS_X)");
    }

    private static List<Mutation> drawn(int count) throws IOException {
        long seed = Long.getLong("emat.seed", 20261124L);
        System.out.println("seed " + seed
                + "; repeat with: mvn -pl tb -am test -Pnightly -Dtest=PlantedFaultTest -DargLine=-Demat.seed=" + seed);
        List<Mutation> all = new ArrayList<>();
        for (String name : RtlGenerator.LIBRARY) {
            // What registers answer is asked by a bench of their own (RegistersTest), which runs of designs do not do.
            if (!name.equals("csr.v")) {
                all.addAll(Mutation.of(name, Files.readString(LIBRARY.resolve(name))));
            }
        }
        all.removeIf(mutation -> changesNothing(mutation) || neverMet(mutation));
        Collections.shuffle(all, new Random(seed));
        System.out.println(all.size() + " mutants, by file: "
                + all.stream().collect(Collectors.groupingBy(Mutation::file, Collectors.counting())));
        return all.subList(0, Math.min(count, all.size()));
    }
}
