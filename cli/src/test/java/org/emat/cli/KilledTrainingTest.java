package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is killed again and again, at random moments, ends as one that nothing disturbed. */
class KilledTrainingTest {
    private static final Path EXAMPLES = Program.REPOSITORY.resolve("examples");
    private static final boolean NIGHTLY = Boolean.getBoolean("emat.nightly");
    private static final int KILLS = NIGHTLY ? 50 : 4;
    private static final int NEVER = 1_000_000; // more steps than any test waits for

    @TempDir
    Path folder;

    @Test
    void killedAtRandomMoments() throws IOException, InterruptedException {
        long seed = Long.getLong("emat.seed", System.nanoTime());
        String repeat = "repeat with -DargLine=-Demat.seed=" + seed + ", though moments depend on the machine";
        SplittableRandom random = new SplittableRandom(seed);
        ObjectNode json = (ObjectNode) Console.json(EXAMPLES.resolve("digits_gan.json"));
        json.put("images", EXAMPLES.resolve("digits_8x8.csv.gz").toString());
        Files.writeString(folder.resolve("gan.json"), json.toString());
        List<Integer> signals = new ArrayList<>();
        while (signals.size() < KILLS) {
            long before = last();
            Process process = train("killed", NEVER).start();
            if (signals.size() % 4 == 0) {
                // From before the first checkpoint on.
                process.waitFor(random.nextLong(300, 1800), TimeUnit.MILLISECONDS);
            } else {
                // In the midst of steps and checkpoints, however long the program takes to start.
                awaitNewer(before, process);
                process.waitFor(random.nextLong(0, 300), TimeUnit.MILLISECONDS);
            }
            process.destroyForcibly();
            signals.add(process.waitFor());
        }
        assertThat(signals).as(repeat).containsOnly(128 + 9);
        int steps = (int) last() + 20;
        finish("killed", steps);
        finish("whole", steps);
        for (String file : List.of("checkpoint", "writes" + steps, String.format("samples%08d.png", steps))) {
            assertThat(Files.readAllBytes(folder.resolve("killed").resolve(file)))
                    .as("%s; %s", file, repeat)
                    .isEqualTo(Files.readAllBytes(folder.resolve("whole").resolve(file)));
        }
        try (var files = Files.list(folder.resolve("killed"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as(repeat)
                    .allMatch(name -> name.equals("checkpoint")
                            || name.equals(".emat-output")
                            || name.equals("writes" + steps)
                            || name.matches("samples\\d{8}[.]png"));
        }
    }

    /** Waits until there is a newer grid of images. */
    private void awaitNewer(long before, Process process) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (last() <= before && process.isAlive() && System.nanoTime() < deadline) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    /** Steps before the newest grid of images. */
    private long last() throws IOException {
        if (!Files.exists(folder.resolve("killed"))) {
            return 0;
        }
        try (var files = Files.list(folder.resolve("killed"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("samples\\d{8}[.]png"))
                    .mapToLong(name -> Long.parseLong(name.substring(7, 15)))
                    .max()
                    .orElse(0);
        }
    }

    /** A checkpoint every few steps, so that many moments fall into the writing of one. */
    private Program train(String target, int steps) {
        List<String> arguments = new ArrayList<>(
                List.of("train", "gan.json", "-o", target, "--steps", Integer.toString(steps), "--every", "3", "-q"));
        if (Files.exists(folder.resolve(target).resolve("checkpoint"))) {
            arguments.add("--resume");
        }
        return Program.emat(folder, arguments.toArray(String[]::new));
    }

    private void finish(String target, int steps) {
        Program.Result result = train(target, steps).run();
        assertThat(result.code()).as(result.error()).isZero();
    }
}
