package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.api.SoftAssertions;
import org.emat.golden.GoldenModel;
import org.emat.golden.GoldenRun;
import org.emat.plan.Plan;
import org.emat.reference.DrawnDesign;
import org.emat.rtl.MemoryImages;
import org.emat.schedule.CycleCount;
import org.emat.schedule.Scheduler;
import org.emat.schedule.StallScript;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random designs, golden against Verilog: every word and every count, with and without stalls, many to one binary. */
class DrawnDesignTest {
    @TempDir
    Path folder;

    @Test
    void drawnDesignsEqualTheirGoldenModels() throws Exception {
        compare(42, seed(), false);
    }

    @Test
    void structuralCrossbarsEqualTheGoldenModel() throws Exception {
        compare(5, seed() + 1, true);
    }

    @Test
    @Tag("nightly")
    void manyDrawnDesignsEqualTheirGoldenModels() throws Exception {
        for (int round = 0; round < 15; round++) {
            compare(20, seed() + 1000 + round, false);
        }
        compare(10, seed() + 2000, true);
    }

    private static long seed() {
        return Long.getLong("emat.seed", 20261124L);
    }

    /** Draws designs, builds one simulator of them all and compares each. */
    private void compare(int count, long seed, boolean structural) throws Exception {
        String repeat = "repeat with: mvn -pl tb -am test -Dtest=DrawnDesignTest -DargLine=-Demat.seed=" + seed;
        System.out.println("seed " + seed + "; " + repeat);
        List<DrawnDesign> designs = new ArrayList<>();
        List<Plan> plans = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            DrawnDesign design = DrawnDesign.draw(random.split());
            designs.add(design);
            plans.add(design.plan("drawn" + i));
        }
        SimulatorBuild build = new SimulatorBuild(VerilatorToolchain.find(), folder.resolve("cache"));
        Path binary = new Cosimulation(build)
                .simulator(plans, new SimulatorBuild.Options(structural, false, false))
                .binary();
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < count; i++) {
            for (StallScript script : List.of(StallScript.none(), new StallScript(seed + i, 90, 110))) {
                String which = String.format("design %d of seed %d, %s%n%s%n%s", i, seed, script, plans.get(i), repeat);
                softly.assertThat(differences(binary, i, plans.get(i), designs.get(i), script, structural))
                        .as(which)
                        .isEmpty();
            }
        }
        softly.assertAll();
        assertThat(designs).hasSize(count);
    }

    /** A cycle is busy, input-starved or output-stalled, and no two of them. */
    private static void everyCycleIsOfOneKind(SimulationResult result) {
        for (SimulationResult.EngineCounters counted : result.counters()) {
            assertThat(counted.busy() + counted.inputStarved() + counted.outputStalled())
                    .as("cycles of %s", counted)
                    .isEqualTo(result.cycles());
        }
    }

    private List<String> differences(
            Path binary, int select, Plan plan, DrawnDesign design, StallScript script, boolean structural)
            throws Exception {
        try {
            return Differences.of(run(binary, select, plan, design, script, structural));
        } catch (ToolException e) {
            return List.of(e.getMessage());
        }
    }

    private Comparison run(
            Path binary, int select, Plan plan, DrawnDesign design, StallScript script, boolean structural)
            throws Exception {
        GoldenRun golden =
                new GoldenModel(plan, design.network(), design.architecture()).run(design.frames(), done -> {});
        CycleCount cycles = new Scheduler().count(plan, design.frames().size(), script);
        Path images = Files.createTempDirectory(folder, "images");
        MemoryImages.write(plan, design.network(), design.architecture(), images);
        try (Simulator simulator = new Simulator(binary, images, Duration.ofMinutes(2))) {
            if (structural) {
                simulator.program(select, ProgramWrites.of(plan, design.network(), design.architecture()));
            }
            SimulationResult result = simulator.run(
                    new SimulationRequest(
                            plan, select, design.frames(), script, 2 * cycles.cycles() + 1000, Optional.empty()),
                    cycle -> {});
            everyCycleIsOfOneKind(result);
            return Comparison.of(plan, golden, cycles, result);
        }
    }
}
