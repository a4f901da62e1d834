package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.emat.reference.DrawnGradient;
import org.emat.rtl.GradientGenerator;
import org.emat.schedule.StallScript;
import org.emat.train.GradientCycles;
import org.emat.train.GradientModel;
import org.emat.train.GradientPlan;
import org.emat.train.GradientScheduler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults planted in the Verilog of gradients, one at a time: the comparison of words and counts must show each. */
class PlantedGradientFaultTest {
    private static final Path LIBRARY = Path.of("..", "verilog-out", "lib");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final Map<String, DrawnGradient> gradients = gradients();

    private static Map<String, DrawnGradient> gradients() {
        Map<String, DrawnGradient> gradients = new LinkedHashMap<>();
        gradients.put("meeting", DrawnGradient.meetingFrames("meeting", new SplittableRandom(1)));
        gradients.put("cropped", DrawnGradient.croppedBlocks("cropped", new SplittableRandom(2)));
        first(gradients, "registers", plan -> !plan.aligned() && plan.skipping() && plan.steps() > 1);
        first(gradients, "groups", plan -> !plan.aligned() && plan.forward().groups() == 3);
        first(gradients, "exchanged", plan -> plan.errorInWindow() && plan.aligned());
        first(gradients, "inserted", plan -> !plan.errorInWindow() && !plan.skipping() && !plan.aligned());
        first(
                gradients,
                "dense",
                plan -> plan.biasWords() > plan.forward().output().channels());
        return gradients;
    }

    /** The first short drawn gradient of a kind. */
    private static void first(Map<String, DrawnGradient> gradients, String name, Predicate<GradientPlan> kind) {
        for (long seed = 1; !gradients.containsKey(name); seed++) {
            DrawnGradient drawn = DrawnGradient.draw(name, new SplittableRandom(seed));
            if (kind.test(drawn.plan())
                    && drawn.batches() == 2
                    && predicted(drawn, StallScript.none()).cycles() < 2000) {
                gradients.put(name, drawn);
            }
        }
    }

    private static GradientCycles predicted(DrawnGradient drawn, StallScript script) {
        return new GradientScheduler().count(drawn.plan(), drawn.batches(), drawn.frames(), script);
    }

    /** Without a fault nothing shows, or the other tests would say nothing. */
    @Test
    void nothingShowsWithoutAFault() throws IOException {
        assertThat(symptom(files -> files, false, List.of("meeting", "cropped", "registers")))
                .isEmpty();
        assertThat(symptom(files -> files, true, List.of("registers"))).isEmpty();
    }

    /** One fault in each module; "structural" is the form for synthesis where a module has one. */
    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "gradient_engine.v       | simulation | cropped | window_top + TOP_W'(g) >= 0 | window_top + TOP_W'(g) > 0",
                "gradient_lanes.v        | simulation | cropped | + group * GROUP_INPUTS      | + 0 * group",
                "gradient_lanes.v        | simulation | cropped | WINDOW_SIGNED != 0          | WINDOW_SIGNED == 0",
                "gradient_accumulators.v | simulation | meeting | forward ? written           | forward ? held",
                "gradient_lanes.v        | simulation | registers | channel * GROUP_INPUTS    | group * GROUP_INPUTS",
                "gradient_accumulators.v | simulation | registers | place+:BITS] <= memory[place+:BITS] | place+:BITS] <= 0",
                "gradient_accumulators.v | structural | registers | WORD_W'(word)           | WORD_W'(0)",
                "gradient_biases.v       | simulation | cropped | (frame == 0) && (SETS       | (SETS",
            })
    void showsAFaultIn(String file, String form, String gradient, String text, String fault) throws IOException {
        Optional<String> symptom =
                symptom(files -> Trials.plant(files, file, text, fault), form.equals("structural"), List.of(gradient));
        assertThat(symptom).as("%s, %s instead of %s", file, fault, text).isPresent();
        System.out.println(file + ": " + symptom.orElseThrow());
    }

    /** Many changed lines all over the gradients' modules. */
    @Test
    @Tag("nightly")
    void showsMutantsOfTheGradientsModules() throws IOException {
        List<Mutation> mutations = drawn(Integer.getInteger("emat.mutants", 120));
        List<String> survivors = new ArrayList<>();
        for (Mutation mutation : mutations) {
            try {
                Optional<String> symptom =
                        symptom(mutation::plant, mutation.structural(), List.copyOf(gradients.keySet()));
                System.out.println(mutation + "\n    " + symptom.orElse("SURVIVES"));
                if (symptom.isEmpty()) {
                    survivors.add(mutation.toString());
                }
            } catch (MutantRig.Unbuildable e) {
                System.out.println(mutation + "\n    refused");
            }
        }
        // Some mutants change nothing that a run can show, and not all of them are known as such.
        assertThat(survivors).hasSizeLessThanOrEqualTo(mutations.size() / 10);
    }

    private static List<Mutation> drawn(int count) throws IOException {
        long seed = Long.getLong("emat.seed", 20261124L);
        System.out.println(
                "seed " + seed + "; repeat with: mvn -pl tb -am test -Pnightly -Dtest=PlantedGradientFaultTest"
                        + " -DargLine=-Demat.seed=" + seed);
        List<Mutation> all = new ArrayList<>();
        for (String name : GradientGenerator.LIBRARY) {
            if (name.startsWith("gradient_")) {
                all.addAll(Mutation.of(name, Files.readString(LIBRARY.resolve(name))));
            }
        }
        // What only widths follow from: a wider register does the same, and lint finds a narrower one.
        all.removeIf(PlantedGradientFaultTest::changesNothing);
        Collections.shuffle(all, new Random(seed));
        System.out.println(all.size() + " mutants");
        return all.subList(0, Math.min(count, all.size()));
    }

    /** Widths larger than need be, a sign extended too far, resets of what is written before it is read. */
    private static boolean changesNothing(Mutation mutation) {
        return mutation.before()
                        .matches(
                                "\\s*(localparam (\\w+_W|REACH_\\w|FAR_\\w)\\b.*|read_beat <= 0;|last_output +<= 64'd0;|.*unused.*)")
                || mutation.after().contains("ACC_BITS + BITS{");
    }

    /** What shows a fault in one of some gradients, built one by one; nothing if all runs are equal. */
    private Optional<String> symptom(UnaryOperator<Map<String, String>> fault, boolean structural, List<String> names)
            throws IOException {
        for (String name : names) {
            DrawnGradient drawn = gradients.get(name);
            try (Scratch scratch = new Scratch(folder, "mutant-")) {
                Optional<String> shown = difference(build(fault, structural, drawn.plan(), scratch.folder()), drawn);
                if (shown.isPresent()) {
                    return Optional.of(name + ": " + shown.get());
                }
            }
        }
        return Optional.empty();
    }

    private static GradientSimulation build(
            UnaryOperator<Map<String, String>> fault, boolean structural, GradientPlan plan, Path cache) {
        List<GradientPlan> plans = List.of(plan);
        try {
            return new GradientSimulation(
                    plans,
                    fault.apply(GradientSimulation.files(plans)),
                    new SimulatorBuild(VerilatorToolchain.find(), cache),
                    new SimulatorBuild.Options(structural, false, false),
                    PATIENCE);
        } catch (ToolException e) {
            throw new MutantRig.Unbuildable(e);
        }
    }

    private static Optional<String> difference(GradientSimulation simulation, DrawnGradient drawn) {
        for (StallScript script : List.of(StallScript.none(), new StallScript(1, 90, 110))) {
            GradientCycles predicted = predicted(drawn, script);
            long limit = 2 * predicted.cycles() + 1000;
            GradientRequest request = new GradientRequest(
                    0, drawn.inputs(), drawn.errors(), drawn.frames(), script, predicted.cycles() / 2, limit);
            try {
                GradientSimulation.Result result = simulation.run(request);
                if (!result.cycles().equals(predicted)) {
                    return Optional.of(result.cycles() + " instead of " + predicted);
                }
                for (int batch = 0; batch < drawn.batches(); batch++) {
                    var golden = new GradientModel(drawn.plan()).run(drawn.inputs(batch), drawn.errors(batch));
                    if (!result.gradients().get(batch).equals(golden)) {
                        return Optional.of("words of batch " + batch);
                    }
                }
            } catch (ToolException e) {
                return Optional.of(e.getMessage());
            }
        }
        return Optional.empty();
    }
}
