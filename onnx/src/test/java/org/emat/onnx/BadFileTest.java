package org.emat.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.emat.network.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bad file is refused in one sentence that names the file, and the node where there is one. */
class BadFileTest {
    @TempDir
    Path folder;

    static Stream<Arguments> graphs() {
        return Stream.of(
                refused("NaN weight", image().node("Conv", weights(Float.NaN)), "Conv0", "weights", "NaN"),
                refused("infinite weight", image().node("Conv", weights(Float.POSITIVE_INFINITY)), "Conv0", "Infinity"),
                refused("zero stride", conv("strides", longs(0, 1)), "Conv0", "strides is [0, 1]", "from 1 to"),
                refused("negative stride", conv("strides", longs(1, -1)), "strides is [1, -1]"),
                refused("huge stride", conv("strides", longs(1L << 40, 1)), "strides is [1099511627776, 1]"),
                refused("one stride for two axes", conv("strides", longs(1)), "strides is [1]", "2 values"),
                refused("zero dilation", conv("dilations", longs(0, 1)), "dilations is [0, 1]"),
                refused("huge dilation", conv("dilations", longs(1L << 62, 1)), "dilations is"),
                refused("negative pads", conv("pads", longs(0, 0, -1, 0)), "pads is [0, 0, -1, 0]"),
                refused("three pads", conv("pads", longs(0, 0, 0)), "pads is [0, 0, 0]", "4 values"),
                refused("kernel beyond input", conv("dilations", longs(4, 1)), "covers 9 pixels", "has 5", "height"),
                refused("kernel_shape against weights", conv("kernel_shape", longs(2, 3)), "kernel_shape is [2, 3]"),
                refused("unknown auto_pad", conv("auto_pad", "SAME"), "auto_pad is 'SAME'", "SAME_UPPER"),
                refused("auto_pad beside pads", conv("auto_pad", "VALID", "pads", longs(1, 1, 1, 1)), "only one"),
                refused("group 0", conv("group", 0L), "group is 0"),
                refused("group 3 of 2 channels", conv("group", 3L), "group is 3"),
                refused("group as text", conv("group", "2"), "group has type STRING", "INT"),
                refused("channels of the weights", conv("group", 2L), "4 input channels", "has 2"),
                refused("unknown attribute", conv("axis", 1L), "attribute axis is not supported"),
                refused(
                        "transposed output below 1",
                        image().node("ConvTranspose", weights(1), "pads", longs(4, 0, 4, 0)),
                        "ConvTranspose0",
                        "-1 pixels",
                        "height"),
                refused(
                        "output_shape beyond the kernel",
                        image().node("ConvTranspose", weights(1), "output_shape", longs(9, 9)),
                        "output_shape asks for 9",
                        "reaches only 7"),
                refused(
                        "negative output padding",
                        image().node("ConvTranspose", weights(1), "output_padding", longs(-1, 0)),
                        "output_padding is [-1, 0]"),
                refused(
                        "huge transposed output",
                        image().node("ConvTranspose", weights(1), "strides", longs(1L << 24, 1L << 24)),
                        "pixels on axis height"),
                refused("undefined SAME pads", conv("auto_pad", "SAME_UPPER", "strides", longs(9, 9)), "auto_pad"),
                refused("3-D convolution", input(1, 2, 3, 3, 3).node("Conv", weights(1)), "N x C x H x W"),
                refused("weights of three axes", image().node("Conv", constant(4, 2, 2)), "4 axes are needed"),
                refused("computed weights", image().nodeOf("Conv", List.of("x", "x")), "computed"),
                refused("missing weights", image().nodeOf("Conv", List.of("x")), "weights is missing"),
                refused("empty weights", image().node("Conv", constant(0, 2, 3, 3)), "no value"),
                refused(
                        "bias of another size",
                        image().node(
                                        "Conv",
                                        List.of(weights(1).get(0), constant(3).get(0))),
                        "bias has shape [3]"),
                refused(
                        "unsupported operator",
                        image().node("MaxPool", List.of()),
                        "MaxPool0",
                        "not supported",
                        "Conv,"),
                refused(
                        "activation before a layer",
                        image().node("Relu", List.of()),
                        "Relu0",
                        "before the first layer"),
                refused("two activations", convolved().node("Tanh", List.of()).node("Sigmoid", List.of()), "Sigmoid2"),
                refused(
                        "normalisation at the end",
                        convolved().node("Tanh", List.of()).node("BatchNormalization", statistics(2, 1)),
                        "no layer follows"),
                refused(
                        "normalisation before padding",
                        image().node("BatchNormalization", statistics(2, 1))
                                .node("Conv", weights(1), "pads", longs(1, 1, 1, 1)),
                        "BatchNormalization0",
                        "Conv1",
                        "nonzero shift",
                        "no padding"),
                refused(
                        "negative variance",
                        convolved().node("BatchNormalization", statistics(2, -1)),
                        "variance 0 is -1.0"),
                refused(
                        "statistics of another size",
                        convolved().node("BatchNormalization", statistics(3, 1)),
                        "scale has shape [3]"),
                refused(
                        "training mode",
                        convolved().node("BatchNormalization", statistics(2, 1), "training_mode", 1L),
                        "training_mode is 1"),
                refused("clip min above max", convolved().node("Clip", bounds(2, 1)), "min is 2.0", "max is 1.0"),
                refused("clip at NaN", convolved().node("Clip", bounds(Float.NaN, 1)), "min"),
                refused("slope per column", convolved().node("PRelu", varied(3)), "PRelu1", "slopes differ"),
                refused("added image", convolved().node("Add", varied(2, 3, 3)), "Add1", "no layer follows"),
                refused("added to itself", convolved().nodeOf("Add", List.of("v0", "v0")), "itself"),
                refused("flatten beyond", convolved().node("Flatten", List.of(), "axis", 9L), "axis 9"),
                refused("reshape of other size", reshaped(0, 5), "cannot take the shape"),
                refused("reshape to -2", reshaped(0, -2), "size -2"),
                refused("reshape of the batch", reshaped(2, -1), "mixes the frames"),
                refused("computed shape", convolved().nodeOf("Reshape", List.of("v0", "v0")), "shape", "computed"),
                refused(
                        "reshape between convolutions",
                        reshaped(0, 2, 9, 1).node("Conv", weights(1)),
                        "Conv2",
                        "2x3x3",
                        "2x9x1"),
                refused("squeeze of 3", convolved().node("Squeeze", shape(2)), "not of size 1"),
                refused("unsqueeze without axes", convolved().node("Unsqueeze", List.of()), "axes is missing"),
                refused("matrix over planes", convolved().node("MatMul", constant(3, 4)), "N x F is supported"),
                refused(
                        "matrix of other size",
                        input(1, 5).node("MatMul", constant(4, 3)),
                        "weights have shape [4, 3]",
                        "4 input words"),
                refused(
                        "matrix first",
                        input(1, 5).nodeOf("MatMul", List.of(constant(4, 5).get(0), "x")),
                        "first operand"),
                refused(
                        "transposed data",
                        input(1, 5).node("Identity", List.of()).node("Gemm", constant(5, 3), "transA", 1L),
                        "transA is 1"),
                refused("transB 2", input(1, 5).node("Gemm", constant(5, 3), "transB", 2L), "transB is 2"),
                refused("NaN alpha", input(1, 5).node("Gemm", constant(5, 3), "alpha", Float.NaN), "alpha"),
                refused("branch", convolved().node("Relu", List.of()).nodeOf("Tanh", List.of("v0")), "branches"),
                refused(
                        "skip connection",
                        convolved().node("Relu", List.of()).nodeOf("Add", List.of("v1", "v0")),
                        "branches"),
                refused(
                        "custom domain",
                        convolved().edit(g -> g.getNodeBuilder(0).setDomain("com.example")),
                        "com.example"),
                refused("no output", convolved().edit(g -> g.getNodeBuilder(0).clearOutput()), "no output"),
                refused("output twice", convolved().edit(g -> g.addNode(g.getNode(0))), "already the output"),
                refused("circle", convolved().edit(BadFileTest::circle), "circle"),
                refused("two inputs", image().input("y", 1, 2).from("x").node("Conv", weights(1)), "2 inputs", "'y'"),
                refused("no input", new OnnxBuilder(13).from("w").node("Relu", List.of()), "0 inputs"),
                refused("two outputs", convolved().edit(BadFileTest::twoOutputs), "2 outputs"),
                refused("output of nothing", convolved().edit(BadFileTest::looseOutput), "leads to no node"),
                refused("no layer", image().node("Identity", List.of()), "no layer with weights"),
                refused("input without shape", convolved().edit(BadFileTest::shapeless), "no shape"),
                refused("input of one axis", input(5).node("MatMul", constant(5, 3)), "1 axes"),
                refused("symbolic channels", input(1, -1, 5, 5).node("Conv", weights(1)), "symbolic axis 1"),
                refused(
                        "symbolic height",
                        input(1, 2, -1, 5).node("Conv", weights(1)),
                        "symbolic height",
                        "configuration"),
                refused("input of size 0", input(1, 2, 0, 5).node("Conv", weights(1)), "size 0 on height"),
                refused("huge input", input(1, 2, 1L << 40, 5).node("Conv", weights(1)), "size 1099511627776"),
                refused("large input", input(1, 2, 1 << 20, 1 << 20).node("Conv", weights(1)), "words are supported"),
                refused("external weights", convolved().edit(BadFileTest::external), "another file"),
                refused("cut weights", convolved().edit(BadFileTest::cut), "71", "bytes"),
                refused("huge weights", convolved().edit(BadFileTest::huge), "values are supported"),
                refused(
                        "negative axis",
                        convolved().edit(g -> g.getInitializerBuilder(0).setDims(0, -2)),
                        "size -2"),
                refused(
                        "text weights",
                        convolved().edit(g -> g.getInitializerBuilder(0).setDataType(8)),
                        "STRING"),
                refused(
                        "unknown type",
                        convolved().edit(g -> g.getInitializerBuilder(0).setDataType(99)),
                        "type 99"),
                refused(
                        "two of a name",
                        convolved().edit(g -> g.addInitializer(g.getInitializer(0))),
                        "two initialisers"),
                refused("old operators", built(new OnnxBuilder(5)), "operator set 5"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void isRefusedInOneSentence(String name, OnnxBuilder builder, List<String> fragments) {
        Path file = withConstants(builder).write(folder.resolve("bad model.onnx"));
        assertSentence(file, fragments);
    }

    static Stream<Arguments> bytes() {
        byte[] good = withConstants(convolved()).model().toByteArray();
        return Stream.of(
                Arguments.of("empty", new byte[0], "is empty"),
                Arguments.of("text", "weights, biases\n".getBytes(StandardCharsets.UTF_8), "not an ONNX model"),
                Arguments.of("JSON", "{\"layers\": []}".getBytes(StandardCharsets.UTF_8), "not an ONNX model"),
                Arguments.of("PNG", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, "not an ONNX model"),
                Arguments.of("cut", Arrays.copyOf(good, good.length - 30), "cut short"),
                Arguments.of("half", Arrays.copyOf(good, good.length / 2), "cut short"),
                Arguments.of(
                        "no graph",
                        ModelProto.newBuilder().setIrVersion(8).build().toByteArray(),
                        "no graph"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bytes")
    void isRefusedAsAFile(String name, byte[] content, String fragment) throws IOException {
        assertSentence(Files.write(folder.resolve("file.onnx"), content), List.of(fragment));
    }

    @Test
    void missingFilesAndFoldersAreRefused() {
        assertSentence(folder.resolve("absent.onnx"), List.of("does not exist"));
        assertSentence(folder, List.of("is a folder"));
    }

    static Stream<Arguments> integerGraphs() {
        return Stream.of("Tanh", "Sigmoid", "LeakyRelu", "BatchNormalization", "PRelu")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("integerGraphs")
    void integerModeRefusesOtherOperatorsByName(String operator) {
        Path file = withConstants(convolved().node(operator, statistics(2, 1))).write(folder.resolve("a.onnx"));
        ImportOptions options = ImportOptions.standard().in(ImportOptions.Arithmetic.INTEGER);
        assertThatThrownBy(() -> new OnnxImport(options).read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("(" + operator + ")")
                .hasMessageContaining("integer mode computes");
    }

    static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of(ImportOptions.standard().withSize(0, 5), "from 1 to", longs(-1, 2, -1, -1)),
                Arguments.of(ImportOptions.standard().withSize(1 << 30, 5), "from 1 to", longs(-1, 2, -1, -1)),
                Arguments.of(ImportOptions.standard().withSize(6, 5), "height of 5", longs(-1, 2, 5, 5)),
                Arguments.of(ImportOptions.standard().withSize(6, 5), "3 axes", longs(-1, 2, 5)));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void configuredSizesAreChecked(ImportOptions options, String fragment, long[] dims) {
        Path file = withConstants(input(dims).node("Conv", weights(1))).write(folder.resolve("a.onnx"));
        assertThatThrownBy(() -> new OnnxImport(options).read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(fragment);
    }

    /** Files with changed bytes are read or refused; nothing else happens. */
    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void damagedFilesNeverFailOtherwise(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] content = new DrawnChain(seed, false).builder().model().toByteArray();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            content[random.nextInt(content.length)] = (byte) random.nextInt(256);
        }
        Path file = Files.createTempFile("damaged", ".onnx");
        try {
            Files.write(file, content);
            Throwable thrown = catchThrowable(() -> new OnnxImport(ImportOptions.standard()).read(file));
            if (thrown != null) {
                assertThat(thrown).as("seed %d", seed).isInstanceOf(InputException.class);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void assertSentence(Path file, List<String> fragments) {
        assertThatThrownBy(() -> new OnnxImport(ImportOptions.standard()).read(file))
                .isInstanceOf(InputException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage())
                        .startsWith("'" + file + "'")
                        .endsWith(".")
                        .doesNotContain("\n")
                        .doesNotContain("Exception")
                        .contains(fragments));
    }

    private static Arguments refused(String name, OnnxBuilder builder, String... fragments) {
        return Arguments.of(name, builder, List.of(fragments));
    }

    private static OnnxBuilder input(long... dims) {
        return new OnnxBuilder(13).input("x", dims);
    }

    private static OnnxBuilder image() {
        return input(1, 2, 5, 5);
    }

    private static OnnxBuilder conv(Object... attributes) {
        return image().node("Conv", weights(1), attributes);
    }

    private static OnnxBuilder convolved() {
        return withConstants(conv());
    }

    private static OnnxBuilder built(OnnxBuilder builder) {
        return builder.input("x", 1, 2, 5, 5).node("Conv", weights(1));
    }

    private static OnnxBuilder reshaped(long... shape) {
        OnnxBuilder builder = input(-1, 2, 5, 5).node("Conv", weights(1));
        return builder.node("Reshape", shape(shape));
    }

    /** A constant is named after its values and axes, and so made when the file is written. */
    private static OnnxBuilder withConstants(OnnxBuilder builder) {
        return builder.edit(graph -> {
            List<String> known = graph.getInitializerList().stream()
                    .map(TensorProto::getName)
                    .toList();
            graph.getNodeList().stream()
                    .flatMap(node -> node.getInputList().stream())
                    .distinct()
                    .filter(name -> name.contains(":") && !known.contains(name))
                    .forEach(name -> graph.addInitializer(tensor(name)));
        });
    }

    private static TensorProto tensor(String name) {
        String[] parts = name.split(":", -1);
        long[] numbers = parts[2].isEmpty()
                ? new long[0]
                : Arrays.stream(parts[2].split(",")).mapToLong(Long::parseLong).toArray();
        if (parts[0].equals("shape")) {
            return OnnxBuilder.whole(name, numbers, numbers.length);
        }
        TensorProto.Builder tensor = OnnxBuilder.tensor(name, DataType.FLOAT, numbers);
        long count = Arrays.stream(numbers).reduce(1, Math::multiplyExact);
        ByteBuffer bytes = ByteBuffer.allocate((int) count * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat(parts[0].equals("varied") ? i : Float.parseFloat(parts[1]));
        }
        return tensor.setRawData(ByteString.copyFrom(bytes.array())).build();
    }

    private static List<String> weights(float value) {
        return List.of("filled:" + value + ":2,2,3,3");
    }

    private static List<String> constant(long... dims) {
        return List.of("filled:1.0:" + joined(dims));
    }

    private static List<String> varied(long... dims) {
        return List.of("varied::" + joined(dims));
    }

    private static List<String> shape(long... values) {
        return List.of("shape::" + joined(values));
    }

    private static List<String> bounds(float low, float high) {
        return List.of("filled:" + low + ":", "filled:" + high + ":");
    }

    private static List<String> statistics(int channels, float variance) {
        String ones = "filled:1.0:" + channels;
        return List.of(ones, ones, ones, "filled:" + variance + ":" + channels);
    }

    private static String joined(long... values) {
        return String.join(",", Arrays.stream(values).mapToObj(Long::toString).toList());
    }

    private static long[] longs(long... values) {
        return values;
    }

    private static void circle(GraphProto.Builder graph) {
        graph.addNode(NodeProto.newBuilder().setOpType("Relu").addInput("v0").addOutput("r"));
        graph.addNode(NodeProto.newBuilder().setOpType("Identity").addInput("r").addOutput("x"));
        graph.addOutput(ValueInfoProto.newBuilder().setName("elsewhere"));
    }

    private static void twoOutputs(GraphProto.Builder graph) {
        graph.addOutput(ValueInfoProto.newBuilder().setName("v0"));
        graph.addOutput(ValueInfoProto.newBuilder().setName("x"));
    }

    private static void looseOutput(GraphProto.Builder graph) {
        graph.addOutput(ValueInfoProto.newBuilder().setName("elsewhere"));
    }

    private static void shapeless(GraphProto.Builder graph) {
        graph.getInputBuilder(0).clearType();
    }

    private static void external(GraphProto.Builder graph) {
        graph.getInitializerBuilder(0)
                .clearRawData()
                .setDataLocation(DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("weights.bin"));
    }

    private static void cut(GraphProto.Builder graph) {
        TensorProto.Builder tensor = graph.getInitializerBuilder(0);
        tensor.setRawData(tensor.getRawData().substring(0, 71));
    }

    private static void huge(GraphProto.Builder graph) {
        graph.getInitializerBuilder(0).setDims(0, 1L << 50).setDims(1, 1L << 50);
    }
}
