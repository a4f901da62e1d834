package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.emat.config.Configuration;
import org.emat.config.ConfigurationReader;
import org.emat.config.NetworkSource;
import org.emat.files.NpyArray;
import org.emat.files.NpyReader;
import org.emat.integer.Frame;
import org.emat.network.Activation;
import org.emat.network.Layer;
import org.emat.network.Network;
import org.emat.network.TensorShape;
import org.emat.onnx.OnnxBuilder;
import org.emat.onnx.OnnxOracle;
import org.emat.reference.TextbookLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that compute words: {@code golden}, {@code cosim} and {@code demo}. */
class SimulationTest {
    /** Nothing square, nothing symmetrical. */
    private static final String CONVOLUTION = "{'operator':'convolution','channels':4,'group':2,'kernel':[3,2],"
            + "'stride':[1,2],'pads':[2,0,0,1],'activation':'relu','weights':%d,'bias':3}";

    private static final String TRANSPOSED = "{'operator':'transposed-convolution','channels':3,'kernel':[2,4],"
            + "'stride':[2,3],'pads':[0,1,1,0],'outputPadding':[1,0],'weights':%d,'bias':4}";

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() {
        workspace = new Workspace(folder);
    }

    @Test
    void integerModeGivesTheWordsOfTextbookLoops() {
        Path file = integerNetwork("net.json", 1);
        Path input = drawn("x.npy", -100, 100, 3, 2, 5, 4);
        NpyArray golden = output("golden", file, "--input", input);
        NpyArray simulated = output("cosim", file, "--input", input);
        assertThat(simulated.values()).isEqualTo(golden.values());
        assertThat(type("golden.npy")).isEqualTo("<i8");
        assertThat(type("cosim.npy")).isEqualTo("<i8");

        Configuration read = ConfigurationReader.read(file);
        Network network = ((NetworkSource.Layers) read.network()).network();
        TensorShape shape = network.output();
        assertThat(golden.shape()).containsExactly(3, shape.channels(), shape.height(), shape.width());
        double[] words = NpyReader.read(input).values();
        int[] planes = Arrays.stream(words).mapToInt(word -> (int) word).toArray();
        for (int frame = 0; frame < 3; frame++) {
            int[] wanted = textbook(network, Frame.ofPlanes(network.input(), planes, frame * 40));
            assertThat(Frame.ofPlanes(shape, ints(golden), frame * shape.words())
                            .words())
                    .as("frame %d", frame)
                    .isEqualTo(wanted);
        }
    }

    private static int[] textbook(Network network, Frame input) {
        int[] words = input.words();
        for (Layer layer : network.layers()) {
            int[] weights = Arrays.stream(layer.weights())
                    .mapToInt(weight -> (int) weight)
                    .toArray();
            long[] sums = TextbookLayer.sums(layer.geometry(), weights, words);
            boolean relu = layer.activation() instanceof Activation.Clip;
            words = new int[sums.length];
            for (int i = 0; i < words.length; i++) {
                long sum = sums[i] + (long) layer.bias()[i % layer.bias().length];
                words[i] = Math.toIntExact(relu ? Math.max(0, sum) : sum);
            }
        }
        return words;
    }

    @Test
    void integerModeGivesTheWordsOfOnnxRuntime() {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", -1, 2, 6, 5);
        List<String> first = List.of(whole(builder, "w", 4, 1, 3, 2), whole(builder, "b", 4));
        builder.node("Conv", first, "group", 2L, "pads", new long[] {1, 0, 2, 1})
                .node("Relu", List.of())
                .node("ConvTranspose", List.of(whole(builder, "v", 4, 3, 2, 3)), "strides", new long[] {2, 1})
                .node("Flatten", List.of());
        Path model = workspace.onnx("model.onnx", builder);
        Path input = drawn("x.npy", -9, 9, 3, 2, 6, 5);
        NpyArray golden = output("golden", model, "--mode", "integer", "--input", input, "--input-bits", 5);
        NpyArray simulated = output("cosim", model, "--mode", "integer", "--input", input, "--input-bits", 5);
        assertThat(simulated.values()).isEqualTo(golden.values());
        try (OnnxOracle oracle = new OnnxOracle(model)) {
            float[] wanted = oracle.run(floats(NpyReader.read(input)), 3, 2, 6, 5);
            assertThat(golden.shape()).containsExactly(3, wanted.length / 3);
            assertThat(floats(golden)).isEqualTo(wanted);
        }
    }

    @Test
    void cyclesAndCountsAreThosePredictedUnderStallsToo() {
        Path file = integerNetwork("net.json", 1);
        long free = comparison(file);
        long stalled = comparison(file, "--stalls", "7:60:90");
        assertThat(stalled).isGreaterThan(free);
        Path golden = workspace.path("golden.json");
        Console.done("golden", file, "--json", golden, "--stalls", "7:60:90");
        assertThat(Console.json(golden).get("cycles").asLong()).isEqualTo(stalled);
    }

    /** Simulates, and gives the cycles. */
    private long comparison(Path file, Object... more) {
        Path result = workspace.path("r.json");
        Object[] arguments = {"cosim", file, "--json", result};
        Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        Console console = Console.done(all);
        assertThat(console.out()).contains("EQUAL: every word and every count");
        JsonNode json = Console.json(result);
        assertThat(json.get("equal").asBoolean()).isTrue();
        assertThat(json.get("differingWords").asLong()).isZero();
        long cycles = json.at("/cycles/counted").asLong();
        assertThat(json.at("/cycles/predicted").asLong()).isEqualTo(cycles).isPositive();
        assertThat(json.get("layers")).hasSize(2);
        for (JsonNode layer : json.get("layers")) {
            assertThat(layer.get("differingWords").asLong()).isZero();
            assertThat(layer.get("words").asLong()).isPositive();
            assertThat(layer.at("/cycles/counted").asLong()).isBetween(1L, cycles);
            isSame(layer.get("cycles"));
            assertThat(layer.get("counts")).hasSizeGreaterThan(10).allSatisfy(SimulationTest::isSame);
        }
        return cycles;
    }

    private static void isSame(JsonNode count) {
        assertThat(count.get("counted")).isEqualTo(count.get("predicted"));
    }

    /** Of a quantised network: in integer mode widths follow from the weights. */
    @Test
    void otherWeightsTakeTheSimulatorThatIsThere() {
        String layer = "{'operator':'convolution','channels':4,'kernel':3,'activation':'relu','weights':";
        workspace.network("net.json", layer + "1,'bias':1}");
        assertThat(rebuilt("a.npy")).isTrue();
        assertThat(rebuilt("again.npy")).isFalse();
        workspace.network("net.json", layer + "2,'bias':2}");
        assertThat(rebuilt("b.npy")).isFalse();
        double[] one = NpyReader.read(workspace.path("a.npy")).values();
        assertThat(NpyReader.read(workspace.path("again.npy")).values()).isEqualTo(one);
        assertThat(NpyReader.read(workspace.path("b.npy")).values()).isNotEqualTo(one);
    }

    private boolean rebuilt(String output) {
        Program.Result result = Program.emat(folder, "cosim", "net.json", "--json", "r.json", "--output", output)
                .with("EMAT_CACHE", "cache")
                .run();
        assertThat(result.code()).as(result.error()).isZero();
        return Console.json(workspace.path("r.json")).get("rebuilt").asBoolean();
    }

    /** The command must be able to say that a design is wrong: here a Verilator that is given other Verilog. */
    @Test
    void wrongVerilogIsFoundAndExplained() {
        integerNetwork("net.json", 1);
        workspace.folder("tools");
        String verilator = Shell.run(folder, "sh", "-c", "command -v verilator").trim();
        workspace.script(
                "tools/verilator",
                "[ \"$1\" = --version ] || sed -i 's/)) + 64/)) - 64/' requantizer.v\nexec " + verilator + " \"$@\"\n");
        Program.Result result = Program.emat(folder, "cosim", "net.json", "--json", "r.json", "--trace", "waves")
                .withProgramsOf(workspace.path("tools"))
                .with("EMAT_CACHE", workspace.path("cache").toString())
                .run();
        assertThat(result.code()).as(result.error()).isEqualTo(Main.DIFFERENT);
        assertThat(result.out()).contains("DIFFERENT: ", "first mismatch: layer 'layer0', frame 0, pixel (0, 0)");
        assertThat(result.out()).contains("the output word", "wave: gtkwave waves/");
        JsonNode json = Console.json(workspace.path("r.json"));
        assertThat(json.get("equal").asBoolean()).isFalse();
        assertThat(json.get("differingWords").asLong()).isPositive();
        assertThat(json.at("/firstMismatch/layer").asText()).isEqualTo("layer0");
        assertThat(workspace.path("waves").toFile().list()).hasSize(2);
    }

    @Test
    void quantisedWordsAreNearThoseOfOnnxRuntime() {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", -1, 2, 6, 6);
        builder.node("Conv", List.of(normal(builder, "w", 8, 2, 3, 3), normal(builder, "b", 8)))
                .node("Relu", List.of())
                .node("Conv", List.of(normal(builder, "v", 3, 8, 2, 2)));
        Path model = workspace.onnx("model.onnx", builder);
        Path input = workspace.path("x.npy");
        Random random = new Random(5);
        double[] values =
                random.doubles(4 * 72, -2, 2).map(value -> (float) value).toArray();
        workspace.npy("x.npy", new NpyArray(new int[] {4, 2, 6, 6}, values));
        NpyArray golden = output("golden", model, "--input", input);
        assertThat(type("golden.npy")).isEqualTo("<f4");
        assertThat(golden.shape()).containsExactly(4, 3, 3, 3);
        try (OnnxOracle oracle = new OnnxOracle(model)) {
            float[] wanted = oracle.run(floats(NpyReader.read(input)), 4, 2, 6, 6);
            double noise = 0;
            double signal = 0;
            for (int i = 0; i < wanted.length; i++) {
                noise += Math.pow(golden.values()[i] - wanted[i], 2);
                signal += Math.pow(wanted[i], 2);
            }
            // 8-bit words: 38 dB and more; an order of weights that is wrong gives about 0 dB.
            assertThat(10 * Math.log10(signal / noise)).isGreaterThan(35);
        }
        Path result = workspace.path("r.json");
        Console.done("golden", model, "--input", input, "--json", result);
        assertThat(Console.json(result)
                        .at("/signalToQuantisationNoise/1/decibels")
                        .asDouble())
                .isGreaterThan(35);
    }

    @Test
    void imagesShowTheOutputFrames() throws IOException {
        workspace.json(
                "image.json",
                "{'inputShape':{'channels':4},'frames':2,'pixelRange':[-1,1],'network':["
                        + "{'operator':'transposed-convolution','channels':3,'kernel':[8,9],'activation':'tanh'}]}");
        Path file = workspace.path("image.json");
        Path images = workspace.path("images");
        NpyArray golden = output("golden", file, "--images", images);
        assertThat(images.toFile().list()).contains("frame0000.png", "frame0001.png");
        BufferedImage second = ImageIO.read(images.resolve("frame0001.png").toFile());
        assertThat(second.getHeight()).isEqualTo(8);
        assertThat(second.getWidth()).isEqualTo(9);
        for (int i = 0; i < 72; i++) {
            int rgb = second.getRGB(i % 9, i / 9);
            for (int channel = 0; channel < 3; channel++) {
                double sample = 127.5 * (golden.values()[(3 + channel) * 72 + i] + 1);
                assertThat(rgb >> (16 - 8 * channel) & 255).isCloseTo((int) Math.rint(sample), within(1));
            }
        }
    }

    @Test
    void referencesAndInputsCanBeImages() {
        workspace.folder("inputs");
        workspace.png("inputs/a.png", 8, 9);
        workspace.png("inputs/b.png", 8, 9);
        String layer = "'network':[{'operator':'convolution','weights':'one.npy'}]}";
        workspace.npy("one.npy", 1, 1, 1, 1, 1);
        Path file = workspace.json(
                "same.json",
                "{'inputShape':{'channels':1,'height':8,'width':9},'input':'inputs','reference':'inputs',"
                        + "'referenceBorder':1," + layer);
        Path result = workspace.path("r.json");
        Console console = Console.done("golden", file, "--json", result);
        assertThat(console.out()).contains("PSNR of the hardware against the reference: ∞ dB (inputs, 1 border");
        JsonNode json = Console.json(result);
        assertThat(json.get("frames").asInt()).isEqualTo(2);
        assertThat(json.get("psnrAgainstReference").isNull()).isTrue();
    }

    @Test
    void demoGivesTheCommittedVerilogAndAnEqualResult() throws IOException {
        String before = System.setProperty("emat.home", Program.REPOSITORY.toString());
        Path demo = workspace.path("demo");
        try {
            Console console = Console.done("demo", "-o", demo);
            assertThat(console.out()).contains("119 crossbars", "EQUAL: ", "PSNR against float: ", "Look at " + demo);
        } finally {
            if (before == null) {
                System.clearProperty("emat.home");
            }
        }
        Path committed = Program.REPOSITORY.resolve("verilog-out");
        assertThat(demo.resolve("rtl/dcgan_mnist_top.v"))
                .hasSameTextualContentAs(committed.resolve("dcgan_mnist/dcgan_mnist_top.v"));
        assertThat(demo.resolve("rtl/layer_engine.v")).hasSameTextualContentAs(committed.resolve("lib/layer_engine.v"));
        assertThat(demo.resolve("plan.json")).hasSameTextualContentAs(committed.resolve("dcgan_mnist/plan.json"));
        assertThat(demo.resolve("report.html")).content().startsWith("<!").contains("dcgan_mnist");
        JsonNode json = Console.json(demo.resolve("result.json"));
        assertThat(json.get("equal").asBoolean()).isTrue();
        assertThat(json.get("frames").asInt()).isEqualTo(64);
        assertThat(json.get("psnrAgainstFloat").asDouble()).isGreaterThan(42);
    }

    private Path integerNetwork(String name, int seed) {
        return workspace.json(
                name,
                "{'name':'integers','mode':'integer','inputBits':8,'inputShape':{'channels':2,'height':5,'width':4},"
                        + "'architecture':{'crossbar':{'rows':8,'columns':16},'weightBits':4},'network':["
                        + String.format(CONVOLUTION, seed) + "," + String.format(TRANSPOSED, seed + 10) + "]}");
    }

    /** The output of a command, which goes to a file named after it. */
    private NpyArray output(String command, Path file, Object... more) {
        Path output = workspace.path(command + ".npy");
        Object[] all = new Object[4 + more.length];
        System.arraycopy(new Object[] {command, file, "--output", output}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        Console.done(all);
        return NpyReader.read(output);
    }

    /** The type of the numbers in a file, as its header names it. */
    private String type(String name) {
        try {
            String header = new String(Files.readAllBytes(workspace.path(name)), 10, 20, StandardCharsets.US_ASCII);
            return header.substring(header.indexOf(": '") + 3, header.indexOf("', "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path drawn(String name, int least, int most, int... shape) {
        int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        double[] values =
                new Random(size).ints(size, least, most + 1).asDoubleStream().toArray();
        return workspace.npy(name, new NpyArray(shape, values));
    }

    private static String whole(OnnxBuilder builder, String name, long... dims) {
        float[] values = floats(name, dims);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(4 * values[i]);
        }
        return builder.constant(name, values, dims);
    }

    private static String normal(OnnxBuilder builder, String name, long... dims) {
        return builder.constant(name, floats(name, dims), dims);
    }

    private static float[] floats(String seed, long... dims) {
        Random random = new Random(seed.hashCode());
        float[] values = new float[(int) Arrays.stream(dims).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] floats(NpyArray array) {
        float[] values = new float[array.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.values()[i];
        }
        return values;
    }

    private static int[] ints(NpyArray array) {
        return Arrays.stream(array.values()).mapToInt(value -> (int) value).toArray();
    }
}
