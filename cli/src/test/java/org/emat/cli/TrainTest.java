package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code train}. */
class TrainTest {
    private static final Path EXAMPLES = Program.REPOSITORY.resolve("examples");
    private static final Path DIGITS = EXAMPLES.resolve("digits_gan.json");

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() {
        workspace = new Workspace(folder);
    }

    private JsonNode trained(Path file, String target, Object... more) {
        Object[] arguments = {"train", file, "-o", workspace.path(target), "--json", workspace.path("r.json")};
        Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        Console.done(all);
        return Console.json(workspace.path("r.json"));
    }

    /** The example with other values, and the path of its data. */
    private Path digits(String name, String... keysAndValues) {
        ObjectNode json = (ObjectNode) Console.json(DIGITS);
        json.put("images", EXAMPLES.resolve("digits_8x8.csv.gz").toString());
        for (int i = 0; i < keysAndValues.length; i += 2) {
            json.set(keysAndValues[i], Console.json(workspace.json("value.json", keysAndValues[i + 1])));
        }
        return workspace.json(name, json.toString());
    }

    /** The losses of the discriminator fall from the 2 of ignorance; images leave the grey of the first ones. */
    @Test
    void theExampleLearns() throws IOException {
        JsonNode result = trained(DIGITS, "out", "--steps", 300, "--every", 150);
        assertThat(result.get("steps").asInt()).isEqualTo(300);
        assertThat(result.get("images").asInt()).isEqualTo(1438);
        assertThat(result.get("heldOut").asInt()).isEqualTo(359);
        assertThat(result.get("discriminatorLoss").asDouble()).isBetween(0.5, 1.7);
        assertThat(result.get("saturatedActivations").asInt()).isZero();
        assertThat(workspace.path("out/checkpoint")).exists();
        BufferedImage grid =
                ImageIO.read(new File(workspace.path("out/samples00000300.png").toString()));
        assertThat(grid.getWidth()).isEqualTo(8 * 10 + 2);
        // In the data, columns 3 and 4 of a digit are bright and columns 0 and 7 dark.
        assertThat(column(grid, 3) + column(grid, 4)).isGreaterThan(2 * (column(grid, 0) + column(grid, 7)));
        assertThat(workspace.path("out/samples00000150.png")).exists();
    }

    private static long column(BufferedImage grid, int column) {
        long sum = 0;
        for (int image = 0; image < 64; image++) {
            for (int row = 0; row < 8; row++) {
                sum += grid.getRaster().getSample(2 + image % 8 * 10 + column, 2 + image / 8 * 10 + row, 0);
            }
        }
        return sum;
    }

    /** With other threads and after what a killed emat leaves behind. */
    @Test
    void aResumedTrainingIsTheUndisturbedOne() throws IOException {
        String whole = trained(digits("a.json", "threads", "1"), "whole", "--steps", 30)
                .get("checksum")
                .asText();
        Path other = digits("b.json", "threads", "4");
        JsonNode half = trained(other, "half", "--steps", 12, "--every", 5);
        assertThat(half.get("checksum").asText()).isNotEqualTo(whole);
        workspace.text("half/.emat-1234", "unfinished");
        JsonNode resumed = trained(other, "half", "--steps", 30, "--resume");
        assertThat(resumed.get("checksum").asText()).isEqualTo(whole);
        assertThat(resumed.get("stepsNow").asInt()).isEqualTo(18);
        assertThat(workspace.path("half/.emat-1234")).doesNotExist();
        assertThat(Files.readAllBytes(workspace.path("half/checkpoint")))
                .isEqualTo(Files.readAllBytes(workspace.path("whole/checkpoint")));
        assertThat(Files.readAllBytes(workspace.path("half/samples00000030.png")))
                .isEqualTo(Files.readAllBytes(workspace.path("whole/samples00000030.png")));
    }

    /** Neither losses nor a comparison are claimed where no step is done. */
    @Test
    void aTrainingThatIsDoneTellsNothingNew() throws IOException {
        Path file = digits("a.json");
        trained(file, "done", "--steps", 2);
        Console console = Console.run("train", file, "-o", workspace.path("done"), "--steps", 2, "--resume", "--rtl");
        assertThat(console.code()).as(console.error()).isZero();
        assertThat(console.out())
                .contains("none of them now.", "nothing was compared.")
                .doesNotContain("losses", "every bit equal");
    }

    /**
     * A checkpoint from before there was normalisation goes on to what that emat came to, so that the option changes no bit
     * where it is off.
     */
    @Test
    void anEarlierCheckpointGoesOn() throws IOException {
        workspace.text("d.csv", "0,255,16,3\n9,8,7,250\n100,0,200,30\n");
        Path file = workspace.json("early.json", EARLY);
        workspace.folder("early");
        for (String name : List.of("checkpoint", "writes3")) {
            try (InputStream in = TrainTest.class.getResourceAsStream("early-" + name)) {
                workspace.bytes("early/" + name, in.readAllBytes());
            }
        }
        JsonNode resumed = trained(file, "early", "--steps", 7, "--resume");
        assertThat(resumed.get("checksum").asText()).isEqualTo("b6c9f3ac007ea3b7");
        assertThat(trained(file, "new", "--steps", 7).get("checksum")).isEqualTo(resumed.get("checksum"));
    }

    private static final String EARLY = "{'images':'d.csv','imageShape':{'channels':1,'height':2,'width':2},'batch':4,"
            + "'latent':2,'generator':[{'operator':'dense','channels':2,'activation':'relu'},"
            + "{'operator':'transposed-convolution','kernel':2,'activation':'tanh'}],"
            + "'discriminator':[{'operator':'convolution','channels':2,'kernel':2,'activation':'leaky-relu','slope':0.5},"
            + "{'operator':'dense'}]}";

    /** The example with all layers normalised but the last ones. */
    private Path normalised(String name, String... keysAndValues) {
        ObjectNode json = (ObjectNode) Console.json(digits(name, keysAndValues));
        ((ObjectNode) json.at("/generator/0")).put("normalised", true);
        ((ObjectNode) json.at("/generator/1")).put("normalised", true);
        ((ObjectNode) json.at("/discriminator/1")).put("normalised", true);
        return workspace.json(name, json.toString());
    }

    /** With other threads; means and deviations are in the checkpoint. The reference in floating point goes nearly the same way. */
    @Test
    void normalisedTrainingsGoOnToo() throws IOException {
        JsonNode whole = trained(normalised("a.json", "threads", "1"), "whole", "--steps", 30);
        Path other = normalised("b.json", "threads", "4");
        trained(other, "half", "--steps", 12);
        JsonNode resumed = trained(other, "half", "--steps", 30, "--resume");
        assertThat(resumed.get("checksum")).isEqualTo(whole.get("checksum"));
        assertThat(Files.readAllBytes(workspace.path("half/samples00000030.png")))
                .isEqualTo(Files.readAllBytes(workspace.path("whole/samples00000030.png")));
        assertThat(trained(digits("plain.json"), "plain", "--steps", 30).get("checksum"))
                .isNotEqualTo(whole.get("checksum"));
        JsonNode reference = trained(other, "whole", "--steps", 30, "--float");
        for (String loss : List.of("discriminatorLoss", "generatorLoss")) {
            double wanted = whole.get(loss).asDouble();
            assertThat(reference.get(loss).asDouble()).as(loss).isBetween(wanted - 0.03, wanted + 0.03);
        }
        assertRefused(
                "is the checkpoint of another training",
                "train",
                digits("off.json"),
                "-o",
                workspace.path("half"),
                "--resume");
    }

    @Test
    void normalisationIsRefusedWhereItCannotBe() {
        assertRefused(
                "layer 'project' is normalised, which the machine in Verilog cannot do; train without --rtl.",
                "train",
                normalised("rtl.json"),
                "--rtl",
                "-o",
                workspace.path("new"));
        assertThat(workspace.path("new")).doesNotExist();
        assertRefused(
                "/generator/0/normalised: it would be normalised by means of 4 sums of the batch; it takes 8 or more.",
                "train",
                normalised("few.json", "batch", "1"),
                "-o",
                workspace.path("new"));
        Path network = workspace.json(
                "net.json",
                "{'network':[{'operator':'convolution','normalised':true}],'inputShape':{'channels':1,'height':2,'width':2}}");
        assertRefused("/network/0/normalised: it is only for a training.", "plan", network);
    }

    /** Every bit, count and cycle equal, and continued from a checkpoint, which no Verilog has touched. */
    @Test
    void theExampleTrainsInVerilogToo() throws IOException {
        String alone = trained(DIGITS, "golden", "--steps", 12).get("checksum").asText();
        trained(DIGITS, "out", "--steps", 10, "--rtl");
        Path page = workspace.path("report.html");
        JsonNode both = trained(DIGITS, "out", "--steps", 12, "--rtl", "--resume", "--report", page);
        assertThat(Files.readString(page)).contains("<title>Equal – digits_gan</title>", "Schedule", "g1 error");
        assertThat(both.at("/machine/cycles").asLong()).isPositive();
        assertThat(both.get("checksum").asText()).isEqualTo(alone);
        assertThat(both.get("stepsNow").asInt()).isEqualTo(2);
    }

    @Test
    @Tag("nightly")
    void theExampleTrainsLongInVerilogToo() {
        trained(DIGITS, "out", "--steps", 1000, "--rtl");
    }

    @Test
    void pagesShowTheMachineWithoutVerilogToo() throws IOException {
        Path page = workspace.path("report.html");
        JsonNode result = trained(DIGITS, "out", "--steps", 3, "--report", page);
        assertThat(Files.readString(page)).contains("<title>Predicted – digits_gan</title>", "Schedule", "g1 error");
        JsonNode zeros =
                trained(digits("zeros.json", "mapping", "\"zero-insertion\""), "zeros", "--steps", 3, "--report", page);
        assertThat(zeros.get("checksum")).isEqualTo(result.get("checksum"));
        assertThat(zeros.at("/machine/cycles").asLong())
                .isGreaterThan(2 * result.at("/machine/cycles").asLong());
        assertThat(zeros.at("/machine/energy/total").asDouble())
                .isGreaterThan(result.at("/machine/energy/total").asDouble());
        assertThat(result.at("/machine/engines")).hasSize(23);
    }

    /** With both copies of the discriminator and shared computation, which trains to another result. */
    @Test
    void theExampleTrainsInParallelToo() {
        Path file = digits("parallel.json", "computationSharing", "true", "spatialParallelism", "true");
        Path page = workspace.path("parallel.html");
        JsonNode result = trained(file, "parallel", "--steps", 10, "--rtl", "--report", page);
        assertThat(result.at("/machine/deceiving").asLong()).isZero();
        assertThat(result.at("/machine/cycles").asLong()).isLessThan(101_764 / 4);
    }

    @Test
    void floatAndVerilogDoNotGoTogether() {
        assertRefused("nothing to compare with", "train", DIGITS, "--rtl", "--float");
    }

    /** The first steps of the reference go nearly the same way; it leaves the training beside it alone. */
    @Test
    void theReferenceInFloatIsNear() throws IOException {
        JsonNode fixed = trained(DIGITS, "out", "--steps", 8);
        byte[] checkpoint = Files.readAllBytes(workspace.path("out/checkpoint"));
        JsonNode reference = trained(DIGITS, "out", "--steps", 8, "--float", "--every", 4);
        for (String loss : List.of("discriminatorLoss", "generatorLoss")) {
            double wanted = fixed.get(loss).asDouble();
            assertThat(reference.get(loss).asDouble())
                    .as(loss)
                    .isNotEqualTo(wanted)
                    .isBetween(wanted - 0.01, wanted + 0.01);
        }
        assertThat(workspace.path("out/float00000004.png")).exists();
        assertThat(workspace.path("out/float00000008.png")).exists();
        assertThat(Files.readAllBytes(workspace.path("out/checkpoint"))).isEqualTo(checkpoint);
        trained(DIGITS, "alone", "--steps", 1, "--float");
        assertRefused("holds no training", "train", DIGITS, "-o", workspace.path("alone"), "--resume");
        assertRefused("--float has no checkpoint", "train", DIGITS, "--float", "--resume");
    }

    @Test
    void sharedComputationIsAnotherAlgorithm() {
        JsonNode plain = trained(digits("a.json"), "plain", "--steps", 3);
        JsonNode shared = trained(digits("b.json", "computationSharing", "true"), "shared", "--steps", 3);
        assertThat(shared.get("checksum")).isNotEqualTo(plain.get("checksum"));
    }

    /** The same images as text, as IDX and as PNG give the same training. */
    @Test
    void dataSetsOfAllFormsAreTheSame() throws IOException {
        int[][] images = {{0, 255, 16, 3}, {9, 8, 7, 250}};
        byte[] idx = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0, -1, 16, 3, 9, 8, 7, -6};
        workspace.bytes("images.idx", idx);
        workspace.text("images.csv", "0,255,16,3,0\n9,8,7,250,1\n");
        workspace.folder("png");
        for (int i = 0; i < images.length; i++) {
            BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setSamples(0, 0, 2, 2, 0, images[i]);
            ImageIO.write(image, "png", workspace.path("png/" + i + ".png").toFile());
        }
        List<String> sums = List.of("images.idx", "images.csv", "png").stream()
                .map(data -> trained(tiny("'images':'" + data + "'"), data + ".out")
                        .get("checksum")
                        .asText())
                .toList();
        assertThat(sums.get(1)).isEqualTo(sums.get(0));
        assertThat(sums.get(2)).isEqualTo(sums.get(0));
    }

    private Path tiny(String images) {
        return workspace.json(
                "tiny.json",
                "{" + images + ",'imageShape':{'channels':1,'height':2,'width':2},'steps':2,'batch':4,'latent':2,"
                        + "'generator':[{'operator':'transposed-convolution','kernel':2,'activation':'tanh'}],"
                        + "'discriminator':[{'operator':'dense'}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            batch                | 12        | /batch: it must be a power of two from 1 to 1024, not 12
            batch                | 2048      | /batch is 2048; it must be from 1 to 1024
            learningRate         | 1.5       | /learningRate is 1.5; it must be from
            learningRate         | 0         | /learningRate is 0; it must be from
            weightDecay          | 1e-9      | /weightDecay: a factor must be 0, or from 2^-24 to 1, not 1.0E-9
            halveAt              | [9,3]     | /halveAt/1: the steps of the halvings must ascend
            loss                 | "wgan"    | /loss is "wgan"; it must be one of hinge
            colour               | 1         | the training has the unknown key 'colour'; known are
            lossy                | 1         | the training has the unknown key 'lossy', which may mean 'loss'; known are
            leraningRate         | 1         | the unknown key 'leraningRate', which may mean 'learningRate'; known are
            pipeLined            | true      | the unknown key 'pipeLined', which may mean 'pipelined'; known are
            latent               | 0         | /latent is 0; it must be from 1
            brightest            | 15        | line 2, holds 16; samples must be from 0 to 15
            imageShape           | {'channels':1,'height':9,'width':8} | /imageShape: the discriminator takes 1x9x8, but the generator gives 1x8x8
            images               | "none.csv" | none.csv' does not exist
            images               | "none.csv" | /images:
            discriminator        | [{'operator':'convolution'}] | /discriminator/0: the discriminator must give one score, not 1x8x8
            discriminator        | [{'operator':'dense','activation':'sigmoid'}] | /discriminator/0/activation: tanh and sigmoid are for the end of the generator only; it is sigmoid
            discriminator        | [{'operator':'dense','weights':3}] | /discriminator/0/weights: a training draws its first weights from /seed and takes no 3
            discriminator        | [{'operator':'dense','activation':'clip'}] | /discriminator/0/activation: a training takes none, relu, leaky-relu, tanh and sigmoid, not clip
            generator            | [{'operator':'dense','height':8,'width':8}] | /generator/0/activation: the generator must end in tanh or sigmoid; it is none
            generator            | [{'operator':'dense','height':500,'width':500,'activation':'tanh'}] | /generator/0: a sum, or a gradient of a batch, would have 8000000 terms; up to 4194304
            generator            | [{'operator':'dense','channels':65536,'height':65536,'width':65536,'activation':'tanh'}] | /generator/0: frames of 65536x65536x65536 words are too large; up to 134217728
            generator            | [{'operator':'dense','activation':'leaky-relu','slope':0.3}] | to 1/2, not 0.3
            generator            | [{'operator':'dense','activation':'leaky-relu'}] | /generator/0/slope: a training takes one slope, a power of two from 2^-15 to 1/2, and leaky-relu must give it
            """)
    void badTrainingsAreRefused(String key, String value, String fragment) {
        Path file = digits("bad.json", key, value);
        assertRefused(fragment, "train", file, "-o", workspace.path("out"));
        assertThat(workspace.path("out")).doesNotExist();
    }

    private static void assertRefused(String fragment, Object... arguments) {
        Console console = Console.run(arguments);
        assertThat(console.error()).contains(fragment);
        assertThat(console.code()).as(console.error()).isEqualTo(Main.REFUSED);
        assertThat(console.error().lines()).hasSize(1);
        assertThat(console.error()).doesNotContain("fault of emat", "Exception").endsWith(".\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,2,3         | line 1, has 3 values
            1,2,3,4,-1    | line 1, has the label -1
            1,2,3,4,x     | line 1, holds 'x'
            1,2,3,4,5,6   | line 1, has 6 values
            1,2,x,4       | line 1, holds 'x'
            1,2,-1,4      | line 1, holds -1
            ''            | holds no image
            """)
    void badTextIsRefused(String text, String fragment) {
        workspace.text("d.csv", text);
        assertRefused(fragment, "train", tiny("'images':'d.csv'"), "-o", workspace.path("out"));
    }

    @Test
    void labelsAreBehindAllImagesOrNone() {
        for (String text : List.of("1,2,3,4,1\n5,6,7,8\n", "1,2,3,4\n5,6,7,8,1\n")) {
            workspace.text("d.csv", text);
            assertRefused("line 2: a label must follow", "train", tiny("'images':'d.csv'"), "-o", workspace.path("o"));
        }
    }

    /** Four images of two classes, ten times over, as IDX and as a folder of folders. */
    @Test
    void labelsOfAllFormsAreTheSame() throws IOException {
        ByteBuffer images =
                ByteBuffer.allocate(16 + 160).put(new byte[] {0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2});
        ByteBuffer labels = ByteBuffer.allocate(8 + 40).put(new byte[] {0, 0, 8, 1, 0, 0, 0, 40});
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            int label = i / 20;
            int[] image = {label * 200 + i, 255 - i, i, 240 * (1 - label)};
            for (int sample : image) {
                images.put((byte) sample);
                csv.append(sample).append(',');
            }
            labels.put((byte) label);
            csv.append(label).append('\n');
            workspace.folder("png/class" + label);
            BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
            picture.getRaster().setSamples(0, 0, 2, 2, 0, image);
            ImageIO.write(
                    picture,
                    "png",
                    workspace
                            .path("png/class" + label + "/" + (10 + i) + ".png")
                            .toFile());
        }
        workspace.bytes("images.idx", images.array());
        workspace.bytes("labels.idx", labels.array());
        workspace.text("images.csv", csv.toString());
        List<JsonNode> results = List.of("'images.idx','labels':'labels.idx'", "'images.csv'", "'png'").stream()
                .map(data -> trained(tiny("'images':" + data), "out" + data.length(), "--quality"))
                .toList();
        assertThat(results.get(0).get("heldOut").asInt()).isEqualTo(8);
        assertThat(results.get(0).at("/quality/classifierAccuracy").asDouble()).isEqualTo(1);
        assertThat(results.get(0).at("/quality/generated/0/step").asInt()).isEqualTo(2);
        assertThat(results.get(1)).isEqualTo(results.get(0));
        assertThat(results.get(2)).isEqualTo(results.get(0));
    }

    @Test
    void badLabelsAreRefused() {
        workspace.bytes("i.idx", new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4});
        Path file = tiny("'images':'i.idx','labels':'l.idx'");
        byte[][] bad = {{0, 0, 8, 1, 0, 0, 0, 2, 1, 1}, {0, 0, 8, 1, 0, 0, 0, 1}, {0, 0, 8, 3, 0, 0, 0, 1, 1}, {0}};
        List<String> fragments =
                List.of("holds 2 labels for 1 images", "should hold 1 labels", "no IDX file of labels");
        for (int i = 0; i < bad.length; i++) {
            workspace.bytes("l.idx", bad[i]);
            assertRefused(fragments.get(Math.min(i, 2)), "train", file, "-o", workspace.path("o"));
        }
        workspace.text("d.csv", "1,2,3,4\n");
        assertRefused("d.csv' is none", "train", tiny("'images':'d.csv','labels':'l.idx'"), "-o", workspace.path("o"));
        assertRefused(
                "the data set has none", "train", tiny("'images':'d.csv'"), "-o", workspace.path("o"), "--quality");
        workspace.folder("p");
        workspace.png("p/wide.png", 2, 3);
        assertRefused("wide.png' has 2x3 pixels", "train", tiny("'images':'p'"), "-o", workspace.path("o"));
        assertThat(workspace.path("o")).doesNotExist();
    }

    @Test
    void badIdxFilesAreRefused() {
        byte[] idx = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3};
        workspace.bytes("short.idx", idx);
        assertRefused(
                "should hold 1 images in 4 bytes behind its header, but has 3.",
                "train",
                tiny("'images':'short.idx'"),
                "-o",
                workspace.path("out"));
        idx[3] = 1;
        workspace.bytes("labels.idx", idx);
        assertRefused("is no IDX file of images", "train", tiny("'images':'labels.idx'"), "-o", workspace.path("o"));
        workspace.bytes("cut.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0});
        assertRefused("is not a gzip file", "train", tiny("'images':'cut.gz'"), "-o", workspace.path("o"));
    }

    @Test
    void badCheckpointsAreRefused() throws IOException {
        Path file = digits("a.json");
        Path out = workspace.path("out");
        assertRefused("holds no training that could be resumed", "train", file, "-o", out, "--resume");
        trained(file, "out", "--steps", 2);
        assertRefused("holds a training; continue it with --resume", "train", file, "-o", out);
        assertRefused("has done 2 steps already", "train", file, "-o", out, "--resume", "--steps", 1);
        Path other = digits("b.json", "momentum", "0.25");
        assertRefused("is the checkpoint of another training", "train", other, "-o", out, "--resume");
        byte[] whole = Files.readAllBytes(out.resolve("checkpoint"));
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        for (byte[] bad : List.of(changed, Arrays.copyOf(whole, whole.length - 5), new byte[0])) {
            Files.write(out.resolve("checkpoint"), bad);
            assertRefused("cut short or changed", "train", file, "-o", out, "--resume");
        }
        byte[] earlier = whole.clone();
        earlier["emat ".length()] = '1';
        CRC32 sum = new CRC32();
        sum.update(earlier, 0, earlier.length - Long.BYTES);
        ByteBuffer.wrap(earlier).putLong(earlier.length - Long.BYTES, sum.getValue());
        Files.write(out.resolve("checkpoint"), earlier);
        assertRefused("is the checkpoint of another version of emat", "train", file, "-o", out, "--resume");
    }

    /** The training ends at the checkpoint where a cell is worn out; the one before stays and can be continued. */
    @Test
    void exhaustedEnduranceEndsTheTraining() {
        JsonNode free = trained(digits("free.json"), "free", "--steps", 20);
        int most = free.get("mostWrittenCell").asInt();
        assertThat(most).isBetween(10, 20);
        Path file = digits("worn.json", "endurance", Integer.toString(most - 1));
        Path out = workspace.path("worn");
        assertRefused("cells endure " + (most - 1) + " writes", "train", file, "-o", out, "--steps", 20, "--every", 5);
        assertThat(out.resolve("writes15")).exists();
        assertThat(out.resolve("writes10")).doesNotExist();
        Path other = digits("new.json", "endurance", Integer.toString(most));
        JsonNode resumed = trained(other, "worn", "--steps", 20, "--resume");
        assertThat(resumed.get("mostWrittenCell").asInt()).isEqualTo(most);
        assertThat(resumed.get("checksum")).isEqualTo(free.get("checksum"));
        workspace.bytes("worn/writes20", new byte[40]);
        assertRefused("cut short or changed", "train", other, "-o", out, "--resume", "--steps", 30);
    }

    /** Otherwise each would clear away the other's files. What tells emat's own folders stays through it all. */
    @Test
    void onlyOneRunTrainsInAFolder() throws IOException {
        Path file = digits("a.json");
        Path out = workspace.path("out");
        trained(file, "out", "--steps", 2);
        try (FileChannel other = FileChannel.open(
                        out.resolve(".emat-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            for (String option : List.of("--resume", "--float", "-q")) {
                assertRefused("Another run of emat is writing to the folder", "train", file, "-o", out, option);
            }
        }
        trained(file, "out", "--steps", 3, "--resume");
        assertThat(out.resolve(".emat-lock")).doesNotExist();
        assertThat(out.resolve(".emat-output")).exists();
    }

    @Test
    void resultsReplaceNeitherDataNorTraining() throws IOException {
        String text = "1,2,3,4\n5,6,7,8\n";
        workspace.text("d.csv", text);
        Path file = tiny("'images':'d.csv'");
        Path out = workspace.path("out");
        for (String option : List.of("--onnx", "--json")) {
            assertRefused("is an input of this run too", "train", file, "-o", out, option, workspace.path("d.csv"));
        }
        assertThat(workspace.path("d.csv")).hasContent(text);
        assertThat(out).doesNotExist();
        String whole = trained(file, "out").get("checksum").asText();
        for (String name : List.of("checkpoint", "writes2", "./checkpoint")) {
            Path result = out.resolve(name);
            assertRefused("is a file of the training itself", "train", file, "-o", out, "--resume", "--onnx", result);
        }
        assertThat(trained(file, "out", "--resume", "--onnx", out.resolve("g.onnx"))
                        .get("checksum")
                        .asText())
                .isEqualTo(whole);
    }

    @Test
    void badArgumentsAreRefused() {
        assertRefused("--steps must be at least 1", "train", DIGITS, "--steps", 0);
        assertRefused("--every must be at least 1", "train", DIGITS, "--every", -1);
        Path page = workspace.path("page.html");
        assertRefused("--float cannot go with it", "train", DIGITS, "--float", "--report", page);
        assertRefused(
                "does not exist",
                "train",
                DIGITS,
                "--report",
                workspace.path("none").resolve("page.html"));
        workspace.folder("full");
        workspace.text("full/mine.txt", "x");
        assertRefused("holds other files", "train", DIGITS, "-o", workspace.path("full"));
    }
}
