package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emat.config.ConfigurationSchema;
import org.emat.files.OutputFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that simulate nothing. */
class CommandTest {
    private static final Path EXAMPLES = Program.REPOSITORY.resolve("examples");
    private static final Path VERILOG = Program.REPOSITORY.resolve("verilog-out");

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() {
        workspace = new Workspace(folder);
    }

    @Test
    void planShowsCrossbarsAndSteps() {
        Path file = workspace.network(
                "tiny.json",
                "{'name':'first','operator':'convolution','channels':4,'kernel':3}",
                "{'name':'second','operator':'transposed-convolution','channels':3,'kernel':4,'stride':2}");
        Path result = workspace.path("r.json");
        Console console = Console.done("plan", file, "--json", result, "--plan", workspace.path("p.json"));
        // 18 rows of 4 weights on 4 bit lines each; four phases of 2 x 2 taps of 4 channels, 3 weights on 12 bit lines.
        assertThat(console.out().lines())
                .containsExactly(
                        "layer   operator                input  output  phases  copies  crossbars   used  steps  interval",
                        "first   convolution             5x5x2  3x3x4        1       1          1  1.8 %      9         8",
                        "second  transposed-convolution  3x3x4  8x8x3        4       1          4  1.2 %     16         8",
                        "Design 'tiny': 2 layer engines, 5 crossbars, 64 converters; a frame takes at least 128 cycles,"
                                + " for 'second'. A step takes 'interval' cycles; shapes are height x width x"
                                + " channels.");
        JsonNode second = Console.json(result).at("/layers/1");
        assertThat(second.get("crossbars").asInt()).isEqualTo(4);
        assertThat(second.get("utilisation").asDouble()).isEqualTo(4.0 * 16 * 12 / (4 * 128 * 128));
        assertThat(second.get("lossless").asBoolean()).isTrue();
        assertThat(Console.json(workspace.path("p.json")).at("/engines/1/name").asText())
                .isEqualTo("second");
    }

    /** Half the steps of the second layer, whose pixels then leave one by one without a pause. */
    @Test
    void aBudgetBuysCopiesAndSharesConverters() {
        Path file = workspace.network(
                "tiny.json",
                "{'name':'first','operator':'convolution','channels':4,'kernel':3}",
                "{'name':'second','operator':'transposed-convolution','channels':3,'kernel':4,'stride':2}");
        Path arch = workspace.json("arch.json", "{'budget':{'crossbars':9,'converters':120}}");
        Path result = workspace.path("r.json");
        Console.done("plan", file, "--arch", arch, "--json", result);
        JsonNode json = Console.json(result);
        assertThat(json.at("/passes/0/crossbars").asInt()).isEqualTo(9);
        assertThat(json.at("/passes/0/converters").asInt()).isLessThanOrEqualTo(120);
        assertThat(json.at("/passes/0/cyclesPerFrame").asInt()).isLessThan(128);
        assertThat(json.at("/layers/1/copies").asInt()).isEqualTo(2);
        workspace.json("arch.json", "{'budget':{'crossbars':4}}");
        Console passes = Console.done("plan", file, "--arch", arch, "--json", result);
        assertThat(passes.out())
                .contains("Pass 1 of 2, after 864 cells", "Pass 2 of 2, after 768 cells", "budget of 4 crossbars can");
        assertThat(Console.json(result).at("/layers/1/pass").asInt()).isEqualTo(1);
    }

    @Test
    void aNarrowConverterIsWarnedOf() {
        Path file = workspace.network("tiny.json", "{'operator':'convolution','channels':4,'kernel':3}");
        Path narrow = workspace.json("narrow.json", "{'adc':{'bits':4}}");
        Console console = Console.done("plan", file, "--arch", narrow);
        assertThat(console.error())
                .isEqualTo("emat: layer 'layer0': a bit line of 18 rows can sum to 54, beyond the"
                        + " 15 of a 4-bit converter, so conversions can clip; 6 bits would not.\n");
        assertThat(Console.done("plan", file).error()).isEmpty();
    }

    @Test
    void theDemosPlanIsTheCommittedOne() throws IOException {
        Path plan = workspace.path("plan.json");
        Console.done("plan", EXAMPLES.resolve("dcgan_mnist.json"), "--plan", plan);
        assertThat(Files.readString(plan)).isEqualTo(Files.readString(VERILOG.resolve("dcgan_mnist/plan.json")));
    }

    @Test
    void argumentsOutrankTheConfiguration() {
        Path file = workspace.network("tiny.json", "{'operator':'convolution','channels':4,'kernel':3,'weights':5}");
        Path arch = workspace.json("arch.json", "{'crossbar':{'rows':8},'weightBits':4}");
        Path result = workspace.path("r.json");
        Console.done("golden", file, "--json", result, "--frames", 5);
        assertThat(Console.json(result).get("frames").asInt()).isEqualTo(5);
        Console.done("plan", file, "--arch", arch, "--json", result);
        assertThat(Console.json(result).at("/layers/0/crossbars").asInt()).isEqualTo(3);
        // Weights from a seed are drawn for the mode and the width that count in the end.
        Console.done("golden", file, "--arch", arch, "--mode", "integer", "--json", result);
        assertThat(Console.json(result).get("mode").asText()).isEqualTo("integer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!?* §", "module", "3 \\nendmodule\\n*/ ("})
    void anyNameMakesCleanVerilog(String name) throws IOException {
        Path file = workspace.json(
                "named.json",
                "{'name':'" + name + "','inputShape':{'channels':1,'height':4,'width':4}," + "'network':[{'name':'"
                        + name + "','operator':'convolution','kernel':2}]}");
        Path design = workspace.path("design");
        Console console = Console.done("gen", file, "-o", design);
        assertThat(console.out().lines()).hasSize(4);
        assertThat(lint(design)).isEmpty();
    }

    @Test
    void generatedFolderHoldsAWholeDesign() throws IOException {
        Path file = workspace.network(
                "tiny.json",
                "{'operator':'convolution','channels':4,'kernel':3,'bias':7,'activation':'leaky-relu','slope':0.25}",
                "{'operator':'transposed-convolution','channels':1,'kernel':4,'stride':2,'activation':'tanh'}");
        Path design = workspace.path("design");
        Console console = Console.done("gen", file, "-o", design, "--json", workspace.path("r.json"));
        assertThat(console.out()).contains("Wrote " + design + ": top module tiny_top.");
        Map<String, String> files = files(design);
        assertThat(files.keySet())
                .contains("files.f", "plan.json", "tiny.core", "tiny.sdc", "rtl/tiny_top.v", "rtl/layer_engine.v")
                .contains("images/tiny_engine0_cells.hex", "images/tiny_engine1_table.hex", OutputFolder.MARKER);
        assertThat(files.get("files.f").lines().filter(line -> line.endsWith(".v")))
                .allSatisfy(line -> assertThat(design.resolve(line)).exists());
        assertThat(lint(design)).isEmpty();
        assertThat(imageMessages(design)).isEmpty();
    }

    @Test
    void generatingAgainReplacesTheFolder() throws IOException {
        Path design = workspace.path("design");
        Console.done("gen", workspace.network("one.json", "{'operator':'convolution'}"), "-o", design);
        Console.done("gen", workspace.network("two.json", "{'operator':'dense'}"), "-o", design);
        Map<String, String> again = files(design);
        assertThat(again.keySet())
                .contains("rtl/two_top.v")
                .doesNotContain("rtl/one_top.v", "images/one_engine0_cells.hex");
        assertThat(again.keySet()).filteredOn(name -> name.contains(".emat-")).containsExactly(OutputFolder.MARKER);

        Files.delete(design.resolve(OutputFolder.MARKER));
        Console refused = Console.run("gen", workspace.path("one.json"), "-o", design);
        assertThat(refused.code()).isEqualTo(Main.REFUSED);
        assertThat(files(design)).hasSize(again.size() - 1).containsKey("rtl/two_top.v");
    }

    /** The working folder of a shell stays the folder that the shell is in. */
    @Test
    void theWorkingFolderCanBeTheOutput() {
        workspace.network("one.json", "{'operator':'convolution'}");
        Path design = workspace.folder("design");
        Object before = key(design);
        Program.Result result =
                Program.emat(design, "gen", "../one.json", "-o", ".").run();
        assertThat(result.code()).as(result.error()).isZero();
        assertThat(key(design)).isEqualTo(before);
        assertThat(design.resolve("rtl/one_top.v")).exists();
    }

    private static Object key(Path path) {
        try {
            return Files.getAttribute(path, "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A device is no file to be replaced; a link keeps leading where it leads. */
    @Test
    void devicesAndLinksStay() throws IOException {
        Path file = workspace.network("one.json", "{'operator':'convolution'}");
        Program.Result result = Program.emat(folder, "plan", "one.json", "--json", "/dev/stdout")
                .run();
        assertThat(result.code()).as(result.error()).isZero();
        assertThat(result.out()).startsWith("{").contains("\"crossbars\" : 1");
        Path target = workspace.text("target.json", "old");
        Path link = Files.createSymbolicLink(workspace.path("link.json"), target);
        Console.done("plan", file, "--json", link);
        assertThat(link).isSymbolicLink();
        assertThat(Console.json(target).get("name").asText()).isEqualTo("one");
    }

    @Test
    void importedNetworkComputesTheSame() throws IOException {
        Path file = workspace.path("imported.json");
        Console console = Console.done("import", EXAMPLES.resolve("dcgan_mnist_generator.onnx"), "-o", file);
        assertThat(console.out())
                .isEqualTo("Wrote " + file + ": 3 layers, 64x1x1 to 1x28x28 (channels x height x width).\n");
        Console.done("golden", EXAMPLES.resolve("dcgan_mnist_generator.onnx"), "--output", workspace.path("a.npy"));
        Console.done("golden", file, "--output", workspace.path("b.npy"));
        assertThat(Files.readAllBytes(workspace.path("b.npy"))).isEqualTo(Files.readAllBytes(workspace.path("a.npy")));
    }

    @Test
    void schemaAndFirstConfigurationAreWritten() throws IOException {
        assertThat(Console.done("schema").out()).isEqualTo(ConfigurationSchema.text());
        Console.done("schema", "-o", workspace.path("s.json"));
        assertThat(workspace.path("s.json")).hasContent(ConfigurationSchema.text());
        Path first = workspace.path("emat.json");
        String network = EXAMPLES.resolve("dcgan_mnist_generator.onnx").toString();
        assertThat(Console.done("init", "-o", first, "--network", network).out())
                .contains("./emat plan " + first);
        assertThat(workspace.path("emat.schema.json")).hasContent(ConfigurationSchema.text());
        assertThat(Console.done("plan", first).out()).contains("119 crossbars");
    }

    @Test
    void doctorTellsWhatIsThere() {
        Path result = workspace.path("d.json");
        Console console = Console.done("doctor", "--json", result);
        assertThat(console.out())
                .contains("verilator", "Verilator 5", "Cache of simulators: " + System.getenv("EMAT_CACHE"))
                .endsWith("Everything that emat needs is there.\n");
        assertThat(Console.json(result).get("complete").asBoolean()).isTrue();
        Program.Result poor = Program.emat(folder, "doctor", "--json", "poor.json")
                .with("PATH", "/nowhere")
                .run();
        assertThat(poor.code()).isEqualTo(Main.REFUSED);
        assertThat(poor.out()).contains("MISSING").endsWith("apt-get install verilator g++ make\n");
        assertThat(Console.json(workspace.path("poor.json")).get("complete").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "init",
                "doctor",
                "import",
                "plan",
                "golden",
                "gen",
                "cosim",
                "schema",
                "completion",
                "help"
            })
    void everyHelpHasAnExampleAndExitCodes(String command) {
        String help = Console.done("help", command).out();
        assertThat(help).contains("Usage: emat " + command, "Examples:", "./emat " + command, "Exit codes:");
        assertThat(help).containsPattern("  0 +done").containsPattern("  2 +bad input");
        assertThat(help.contains("compared and different"))
                .isEqualTo(List.of("demo", "cosim").contains(command));
        assertThat(Console.done(command, "--help").out()).isEqualTo(help);
        assertThat(Console.done("--help").out()).contains("  " + command + " ");
    }

    @Test
    void completionIsAScriptThatBashReads() throws IOException {
        Path script = workspace.text("completion", Console.done("completion").out());
        assertThat(Shell.run(folder, "bash", "-n", script.toString())).isEmpty();
        String offered = Shell.run(
                folder,
                "bash",
                "-c",
                "compopt() { :; }; source completion; COMP_WORDS=(emat cosim --st); COMP_CWORD=2; _complete_emat; echo ${COMPREPLY[@]}");
        assertThat(offered.trim()).isEqualTo("--stalls");
    }

    /** What Verilator has against the files of a design. */
    private static String lint(Path design) {
        return Shell.run(design, "verilator", "--lint-only", "-Wall", "--top-module", top(design), "-f", "files.f");
    }

    /** What another simulator has against the memory images, which it loads at the start. */
    private static String imageMessages(Path design) {
        String compiled =
                Shell.run(design, "iverilog", "-g2012", "-s", top(design), "-o", "simulation", "-f", "files.f");
        return compiled + Shell.run(design, "vvp", "simulation", "+images=images");
    }

    private static String top(Path design) {
        return Console.json(design.resolve("plan.json")).get("name").asText() + "_top";
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }
}
