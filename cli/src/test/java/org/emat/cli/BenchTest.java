package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark as users run it, on small layers in Verilog and on the published ones in prediction. */
class BenchTest {
    private static final String TWO = "phase,zero-insertion";

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() {
        workspace = new Workspace(folder);
    }

    /** Cycles that were counted in Verilog before there was a benchmark, and what the papers' layers must reach. */
    @Test
    void theSixLayersGainWhatTheirStridesAllow() {
        Path result = workspace.path("r.json");
        Console console = Console.done("bench", "red", "--json", result);
        assertThat(console.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        Map<String, JsonNode> lines = lines(result);
        assertThat(lines).hasSize(28).doesNotContainKeys("GAN_Deconv1 pixel-wise:2", "GAN_Deconv2 pixel-wise:2");
        assertCycles(lines, "GAN_Deconv1", 1578, "phase", "pixel-wise");
        assertCycles(lines, "GAN_Deconv1", 1677, "padding-free");
        assertCycles(lines, "GAN_Deconv1", 6167, "zero-insertion");
        for (Map.Entry<String, Integer> known : Map.of(
                        "phase", 40846, "pixel-wise:2", 81174, "padding-free", 40914, "zero-insertion", 2586690)
                .entrySet()) {
            assertThat(lines.get("FCN_Deconv2 " + known.getKey())
                            .get("cyclesOfOneFrame")
                            .asInt())
                    .as(known.getKey())
                    .isEqualTo(known.getValue());
        }
        for (String row :
                List.of("GAN_Deconv1", "GAN_Deconv2", "GAN_Deconv3", "GAN_Deconv4", "FCN_Deconv1", "FCN_Deconv2")) {
            int most = row.equals("FCN_Deconv2") ? 64 : 4;
            assertThat(lines.get(row + " phase").get("speedUpOverZeroInsertion").asDouble())
                    .as(row)
                    .isBetween(0.97 * most, 1.01 * most);
        }
        assertThat(lines.get("FCN_Deconv2 pixel-wise:2")
                        .get("speedUpOverZeroInsertion")
                        .asDouble())
                .isBetween(31.0, 32.5);
        for (String row : List.of("GAN_Deconv1", "FCN_Deconv1", "FCN_Deconv2")) {
            for (String mapping : List.of("phase", "zero-insertion")) {
                assertThat(lines.get(row + " " + mapping).get("busyShare").asDouble())
                        .as(row + " " + mapping)
                        .isBetween(0.95, 1.0);
            }
        }
    }

    private static void assertCycles(Map<String, JsonNode> lines, String row, int cycles, String... mappings) {
        for (String mapping : mappings) {
            assertThat(lines.get(row + " " + mapping).get("cycles").asInt())
                    .as(row + " " + mapping)
                    .isEqualTo(cycles);
        }
    }

    private static Map<String, JsonNode> lines(Path result) {
        Map<String, JsonNode> lines = new TreeMap<>();
        Console.json(result)
                .get("lines")
                .forEach(line -> lines.put(
                        line.get("row").asText() + " " + line.get("mapping").asText(), line));
        return lines;
    }

    @Test
    void costsFollowTheConstants() {
        Path result = workspace.path("r.json");
        Console.done("bench", "tiny", "tiny-4x4", "--mapping", "phase", "--json", result);
        JsonNode usual = lines(result).get("tiny-4x4 phase");
        Console.done(
                "bench",
                "tiny",
                "tiny-4x4",
                "--mapping=phase",
                "--json=" + result,
                "--constant=adc.energy.9=1nJ",
                "--constant=adc.area.9=0.5mm2");
        JsonNode dear = lines(result).get("tiny-4x4 phase");
        double conversions =
                usual.get("adcConversions").asDouble() / usual.get("frames").asInt();
        assertThat(dear.at("/energy/adc").asDouble()).isCloseTo(conversions * 1e-9, within(1e-15));
        // Four phases of 4 taps × 3 channels, 2 outputs of 4 bit lines each, a converter a line.
        assertThat(dear.at("/area/adc").asDouble()).isEqualTo(4 * 8 * 0.5);
        assertThat(dear.at("/energy/crossbar")).isEqualTo(usual.at("/energy/crossbar"));
        double sum = 0;
        for (Map.Entry<String, JsonNode> part : dear.get("energy").properties()) {
            sum += part.getKey().equals("total") ? 0 : part.getValue().asDouble();
        }
        assertThat(dear.at("/energy/total").asDouble()).isCloseTo(sum, within(1e-15));
        assertThat(Console.json(result).get("constants").asText()).startsWith("isaac, adc.energy.9=1.0nJ");
        assertThat(dear.at("/programming/mostEnergy").asDouble()
                        / dear.at("/programming/leastEnergy").asDouble())
                .isGreaterThan(6000);
    }

    @Test
    void everyLineIsInTheCsv() throws IOException {
        Path csv = workspace.path("b.csv");
        Console.done("bench", "tiny", "--csv", csv);
        List<String> lines = Files.readString(csv).lines().toList();
        assertThat(lines).hasSize(1 + 5 + 4 + 5 + 2);
        assertThat(lines.get(0)).startsWith("row,mapping,usefulMacs,").endsWith(",area.total,remark");
        int columns = columns(lines.get(0));
        assertThat(lines.get(1)).startsWith("tiny-4x4,phase,");
        assertThat(lines).allSatisfy(line -> assertThat(columns(line)).isEqualTo(columns));
        Console.done("bench", "volumes", "--csv", csv);
        assertThat(Files.readString(csv).lines().skip(1)).hasSize(5 * 4).allMatch(line -> columns(line) == columns);
    }

    /** Columns of a line of CSV; what is between quotes may hold commas. */
    private static int columns(String line) {
        return line.replaceAll("\"[^\"]*\"", "").split(",", -1).length;
    }

    @Test
    void everyPassOfATrainingIsPredicted() {
        Path result = workspace.path("r.json");
        Console.done("bench", "zara", "--mapping", TWO, "-q", "--json", result);
        assertThat(lines(result)).hasSize(2 * 36);
        assertThat(Console.json(result).get("trainingSteps"))
                .hasSize(6)
                .allSatisfy(step -> assertThat(step.get("speedUp").asDouble())
                        .as(step.get("network").asText())
                        .isGreaterThan(1.15));
    }

    /** Every product is one that the formulas of the shapes know, and every lane is at work in every cycle. */
    @Test
    void gradientsTakeTheProductsOfTheirForm() {
        Path result = workspace.path("r.json");
        Console.done("bench", "tiny", "tiny-generator/gradient", "--json", result);
        Map<String, JsonNode> lines = lines(result);
        assertThat(lines).hasSize(2);
        JsonNode free = lines.get("tiny-generator/gradient phase");
        JsonNode inserting = lines.get("tiny-generator/gradient zero-insertion");
        double pace = (double) inserting.get("cyclesPerFrame").asLong()
                / free.get("cyclesPerFrame").asLong();
        assertThat(pace).isGreaterThan(2);
        assertThat(free.at("/energy/adc").asDouble()).isZero();
        assertThat(free.at("/energy/gradient_lanes").asDouble()
                        / inserting.at("/energy/gradient_lanes").asDouble())
                .isCloseTo(
                        free.get("usefulMacs").asDouble()
                                / inserting.get("zeroInsertedMacs").asDouble(),
                        within(1e-9));
    }

    @Test
    void gradientsInVerilogAreThoseOfTheModel() throws IOException {
        Program.Result counted = bench("tiny-generator/gradient", "--json", "counted.json");
        assertThat(counted.code()).as(counted.error()).isZero();
        assertThat(counted.out()).contains("EQUAL: all ");
        lines(workspace.path("counted.json")).values().forEach(line -> {
            assertThat(line.get("differingWords").asLong()).isZero();
            assertThat(line.get("predictedEqualsCounted").asBoolean()).isTrue();
            assertThat(line.get("words").asLong()).isPositive();
        });
        assertThat(bench("tiny-generator/gradient").out()).contains("; 2 of 2 results were kept from before.");
    }

    @Test
    void verilogDoesWhatWasPredictedAndIsKept() throws IOException {
        Program.Result first = bench("tiny-4x4", "--html", "b.html", "--json", "counted.json");
        assertThat(first.code()).as(first.error()).isZero();
        assertThat(first.out()).contains("EQUAL: all ", "; 0 of 2 results were kept from before.");
        Map<String, JsonNode> counted = lines(workspace.path("counted.json"));
        Console.done("bench", "tiny", "tiny-4x4", "--mapping", TWO, "--json", workspace.path("predicted.json"));
        Map<String, JsonNode> predicted = lines(workspace.path("predicted.json"));
        assertThat(counted).hasSize(2).hasSameSizeAs(predicted);
        counted.forEach((name, line) -> {
            assertThat(line.get("predictedEqualsCounted").asBoolean()).as(name).isTrue();
            assertThat(line.get("differingWords").asLong()).as(name).isZero();
            // 8 × 8 × 2 words cross a link and the stream, in a run of one frame and in one of three.
            assertThat(line.get("words").asLong()).as(name).isEqualTo(4 * 2 * 128);
            assertThat(line.get("simulatorBytes").asLong()).as(name).isPositive();
            assertThat(withoutSimulation(line)).as(name).isEqualTo(withoutSimulation(predicted.get(name)));
        });
        assertThat(Files.readString(workspace.path("b.html"))).contains("<title>Equal – ");
        goesOnWhereItWas();
        anotherResultIsNotTakenForIt();
        damageIsNamed();
    }

    /** A whole result under the name of another one. */
    private void anotherResultIsNotTakenForIt() throws IOException {
        Path one = results().get(0);
        String whole = Files.readString(one);
        Files.copy(results().get(1), one, StandardCopyOption.REPLACE_EXISTING);
        Program.Result refused = bench("tiny-4x4");
        assertThat(refused.code()).isEqualTo(Main.REFUSED);
        assertThat(refused.error()).contains(one.getFileName().toString(), "cut short or damaged");
        Files.writeString(one, whole);
    }

    private static JsonNode withoutSimulation(JsonNode line) {
        return ((ObjectNode) line.deepCopy()).remove(List.of("words", "simulationSeconds", "simulatorBytes", "kept"));
    }

    /** With one result gone, as after a run that was cut short there. */
    private void goesOnWhereItWas() throws IOException {
        assertThat(bench("tiny-4x4").out()).contains("; 2 of 2 results were kept from before.");
        Files.delete(results().get(0));
        assertThat(bench("tiny-4x4").out()).contains("; 1 of 2 results were kept from before.");
        assertThat(results()).hasSize(2);
    }

    private void damageIsNamed() throws IOException {
        for (Path file : results()) {
            String whole = Files.readString(file);
            for (String bad :
                    List.of(whole.substring(0, whole.length() / 2), "", whole.replace("\"cyclesOfOne\" : ", "$01"))) {
                Files.writeString(file, bad);
                Program.Result refused = bench("tiny-4x4");
                assertThat(refused.code()).isEqualTo(Main.REFUSED);
                assertThat(refused.error())
                        .contains(
                                "emat: The kept result of 'tiny-4x4, ",
                                file.getFileName().toString(),
                                "--fresh")
                        .contains("cut short or damaged")
                        .hasLineCount(1);
                assertThat(file).hasContent(bad);
                Files.writeString(file, whole);
            }
        }
        Files.writeString(results().get(0), "{");
        Program.Result fresh = bench("tiny-4x4", "--fresh");
        assertThat(fresh.code()).as(fresh.error()).isZero();
        assertThat(fresh.out()).contains("; 0 of 2 results were kept from before.");
        assertThat(bench("tiny-4x4").out()).contains("; 2 of 2 results");
    }

    private List<Path> results() throws IOException {
        Path place = workspace.path("cache/results");
        if (!Files.exists(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.sorted().toList();
        }
    }

    private Program.Result bench(String row, String... more) {
        return program(row, more).run();
    }

    private Program program(String row, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("bench", "tiny", row, "--rtl", "--mapping", TWO, "--cache", "cache"));
        arguments.addAll(List.of(more));
        return Program.emat(folder, arguments.toArray(String[]::new));
    }

    /** Here a Verilator that is given other Verilog, and then a program that is ended. */
    @Test
    void wrongVerilogIsFoundAndNothingHalfIsKept() throws Exception {
        workspace.folder("tools");
        String verilator = Shell.run(folder, "sh", "-c", "command -v verilator").trim();
        workspace.script(
                "tools/verilator",
                "[ \"$1\" = --version ] || sed -i 's/)) + 64/)) - 64/' requantizer.v\nexec " + verilator + " \"$@\"\n");
        Program.Result result = Program.emat(
                        folder,
                        "bench",
                        "tiny",
                        "tiny-generator",
                        "--rtl",
                        "--mapping=phase",
                        "--cache=cache",
                        "--json=r.json",
                        "-o=b.html")
                .withProgramsOf(workspace.path("tools"))
                .run();
        assertThat(result.code()).as(result.error()).isEqualTo(Main.DIFFERENT);
        assertThat(result.out()).contains("tiny-generator, phase, one frame: ", "DIFFERENT: ");
        JsonNode json = Console.json(workspace.path("r.json"));
        assertThat(json.get("equal").asBoolean()).isFalse();
        assertThat(json.at("/lines/0/differingWords").asLong()).isPositive();
        assertThat(json.at("/lines/0/firstDifference").asText()).startsWith("one frame: layer '");
        assertThat(Files.readString(workspace.path("b.html"))).contains("<title>Different – ");
        assertThat(results()).isEmpty();

        Process process = program("tiny-5x5").start();
        while (process.isAlive() && process.descendants().findAny().isEmpty()) {
            Thread.sleep(10);
        }
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(results()).isEmpty();
    }

    /** At full size; under 20 minutes on two cores from an empty cache. */
    @Test
    @Tag("nightly")
    void theSixLayersDoWhatWasPredicted() {
        Path result = workspace.path("r.json");
        Console console = Console.done("bench", "red", "--rtl", "--json", result, "--cache", workspace.path("cache"));
        assertThat(console.out()).contains("EQUAL: all ");
        assertThat(lines(result)).hasSize(28).allSatisfy((name, line) -> {
            assertThat(line.get("differingWords").asLong()).isZero();
            assertThat(line.get("predictedEqualsCounted").asBoolean()).isTrue();
        });
        assertThat(Console.json(result).get("seconds").asDouble()).isLessThan(1200);
    }
}
