package org.emat.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.emat.onnx.OnnxBuilder;

/** Files that are none, or hold what cannot be used. */
final class BadFiles {
    /** A fully connected layer of nothing but its weights. */
    private static final String DENSE = "{'operator':'dense','channels':3,'weights':'w.npy'}";

    private BadFiles() {}

    static Stream<Refusal> refusals() {
        return Stream.of(configurations(), networks(), arrays(), weights(), images())
                .flatMap(refusals -> refusals);
    }

    private static Stream<Refusal> configurations() {
        return Stream.of(
                Refusal.of("missing configuration", "plan none.json", "'none.json' does not exist"),
                Refusal.of("folder as configuration", "plan folder", "'folder' is a folder", "JSON"),
                Refusal.of("empty configuration", w -> w.text("bad.json", ""), "plan bad.json", "'bad.json' is empty"),
                Refusal.of("blanks only", w -> w.text("bad.json", " \n"), "plan bad.json", "'bad.json' is empty"),
                Refusal.of(
                        "not JSON",
                        w -> w.json("bad.json", "{\n  'network': model\n}"),
                        "plan bad.json",
                        "'bad.json' is not JSON",
                        "line 2, column",
                        "model"),
                Refusal.of(
                        "comma missing",
                        w -> w.json("bad.json", "{'network': 'a.onnx'\n 'seed': 1}"),
                        "plan bad.json",
                        "'bad.json' is not JSON",
                        "line 2, column 2"),
                Refusal.of(
                        "JSON cut short",
                        w -> w.json("bad.json", "{'network': 'a.onnx', 'architecture': {"),
                        "plan bad.json",
                        "'bad.json' is not JSON",
                        "line 1"),
                Refusal.of(
                        "text behind JSON",
                        w -> w.json("bad.json", "{'network': 'good.onnx'}\n}"),
                        "plan bad.json",
                        "'bad.json' is not JSON",
                        "line 2, column 1"),
                Refusal.of(
                        "duplicate key",
                        w -> w.json("bad.json", "{'network': 'good.onnx',\n 'seed': 1, 'seed': 2}"),
                        "plan bad.json",
                        "'bad.json' is not JSON",
                        "line 2",
                        "seed"),
                Refusal.of(
                        "nested too deep",
                        w -> w.text("bad.json", "[".repeat(5000)),
                        "plan bad.json",
                        "'bad.json' is not JSON",
                        "1000"),
                Refusal.of("a list", w -> w.text("bad.json", "[]"), "plan bad.json", "is []", "of type object"),
                Refusal.of("null", w -> w.text("bad.json", "null"), "plan bad.json", "is null", "of type object"),
                Refusal.of(
                        "not text",
                        w -> w.bytes("bad.json", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}),
                        "plan bad.json",
                        "'bad.json' is not JSON"));
    }

    private static Stream<Refusal> networks() {
        return Stream.of(
                Refusal.of("missing model", "plan none.onnx", "'none.onnx' does not exist"),
                Refusal.of(
                        "missing model of a configuration",
                        w -> w.json("bad.json", "{'network': 'none.onnx'}"),
                        "plan bad.json",
                        "'none.onnx' does not exist"),
                Refusal.of("folder as model", w -> w.folder("f.onnx"), "plan f.onnx", "'f.onnx' is a folder"),
                Refusal.of("empty model", w -> w.text("bad.onnx", ""), "plan bad.onnx", "'bad.onnx' is empty"),
                Refusal.of(
                        "model cut short",
                        w -> w.cut("bad.onnx", w.path("good.onnx")),
                        "plan bad.onnx",
                        "'bad.onnx'",
                        "cut short"),
                Refusal.of(
                        "text as model",
                        w -> w.text("bad.onnx", "weights and biases\n"),
                        "plan bad.onnx",
                        "'bad.onnx' is not an ONNX model"),
                Refusal.of(
                        "NaN weight in ONNX",
                        w -> w.onnx("bad.onnx", convolution(Float.NaN, 2, 5, 5)),
                        "plan bad.onnx",
                        "'bad.onnx'",
                        "Conv0",
                        "weights",
                        "NaN"),
                Refusal.of(
                        "unsupported operator",
                        w -> w.onnx("bad.onnx", convolution(1, 2, 5, 5).node("MaxPool", List.of())),
                        "plan bad.onnx",
                        "'bad.onnx'",
                        "MaxPool1",
                        "not supported",
                        "ConvTranspose"),
                Refusal.of(
                        "matrix of another size",
                        w -> w.onnx("bad.onnx", matrix(5, 4)),
                        "plan bad.onnx",
                        "MatMul0",
                        "[4, 3]",
                        "[N, 5]"),
                Refusal.of(
                        "symbolic height not set",
                        w -> w.onnx("bad.onnx", convolution(1, 2, -1, 5)),
                        "plan bad.onnx",
                        "'bad.onnx'",
                        "symbolic height",
                        "height"),
                Refusal.of(
                        "height set where the model has one",
                        "plan good.onnx --height 7",
                        "'good.onnx'",
                        "height of 5",
                        "7"),
                Refusal.of("height 0", "plan good.onnx --height 0", "--height", "from 1 to 65536", "0"),
                Refusal.of(
                        "height beside a list of layers",
                        "plan good.json --height 7",
                        "--height",
                        "'good.json'",
                        "list of layers"),
                Refusal.of(
                        "channels beside a model",
                        w -> w.json("bad.json", "{'network': 'good.onnx', 'inputShape': {'channels': 2}}"),
                        "plan bad.json",
                        "'bad.json'",
                        "/inputShape/channels"),
                Refusal.of("import of a list of layers", "import good.json -o new.json", "'good.json'", "ONNX"),
                Refusal.of("import of nothing", "import none.onnx -o new.json", "'none.onnx' does not exist"));
    }

    private static Stream<Refusal> arrays() {
        return Stream.of(
                Refusal.of("missing input", "golden good.json --input none.npy", "'none.npy' does not exist"),
                Refusal.of(
                        "input of another shape",
                        w -> w.npy("bad.npy", 1, 3, 5, 5),
                        "golden good.json --input bad.npy",
                        "'bad.npy'",
                        "[3, 5, 5]",
                        "[N, 2, 5, 5]"),
                Refusal.of(
                        "no frame",
                        w -> w.npy("bad.npy", 1, 0, 2, 5, 5),
                        "golden good.json --input bad.npy",
                        "'bad.npy'",
                        "[0, 2, 5, 5]"),
                array("complex numbers", "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", 8, "'<c8'"),
                array("fields", "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", 4, "header"),
                array("Fortran order", "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }", 4, "Fortran"),
                array("no shape", "{'descr': '<f4', 'fortran_order': False}", 4, "header", "<f4"),
                array(
                        "cut short",
                        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 5, 5), }",
                        196,
                        "196 bytes",
                        "200"),
                array(
                        "huge",
                        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999, 99999), }",
                        4,
                        "more than",
                        "numbers"),
                array(
                        "an axis beyond 32 bits",
                        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, ), }",
                        4,
                        "99999999999",
                        "too large"),
                Refusal.of(
                        "text as array",
                        w -> w.text("bad.npy", "1, 2, 3\n"),
                        "golden good.json --input bad.npy",
                        "'bad.npy' is not an array"),
                Refusal.of(
                        "array of a later version",
                        w -> w.bytes("bad.npy", new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0, 0}),
                        "golden good.json --input bad.npy",
                        "'bad.npy'",
                        "cut short"),
                Refusal.of(
                        "NaN input",
                        w -> w.npy("bad.npy", Double.NaN, 1, 2, 5, 5),
                        "golden good.json --input bad.npy",
                        "'bad.npy' holds NaN",
                        "finite"),
                Refusal.of(
                        "infinite input",
                        w -> w.npy("bad.npy", Double.POSITIVE_INFINITY, 1, 2, 5, 5),
                        "golden good.json --input bad.npy",
                        "'bad.npy' holds Infinity",
                        "finite"),
                Refusal.of(
                        "input beyond single precision",
                        w -> w.npy("bad.npy", 1e300, 1, 2, 5, 5),
                        "golden good.json --input bad.npy",
                        "'bad.npy' holds 1.0E300"),
                Refusal.of(
                        "NaN calibration",
                        w -> w.npy("bad.npy", Double.NaN, 1, 2, 5, 5),
                        "golden good.json --calibration bad.npy",
                        "'bad.npy' holds NaN"));
    }

    private static Refusal array(String name, String header, int bytes, String... fragments) {
        byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] file = new byte[10 + text.length + bytes];
        System.arraycopy(
                new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0}, 0, file, 0, 10);
        System.arraycopy(text, 0, file, 10, text.length);
        String[] all =
                Stream.concat(Stream.of("'bad.npy'"), Stream.of(fragments)).toArray(String[]::new);
        return Refusal.of("array with " + name, w -> w.bytes("bad.npy", file), "golden good.json --input bad.npy", all);
    }

    private static Stream<Refusal> weights() {
        return Stream.of(
                Refusal.of(
                        "weights missing",
                        w -> w.network("bad.json", DENSE),
                        "plan bad.json",
                        "'bad.json': /network/0/weights",
                        "w.npy' does not exist"),
                Refusal.of(
                        "weights of another shape",
                        w -> {
                            w.npy("w.npy", 1, 3, 49);
                            w.network("bad.json", DENSE);
                        },
                        "plan bad.json",
                        "/network/0/weights",
                        "w.npy'",
                        "[3, 49]",
                        "[3, 50]"),
                Refusal.of(
                        "NaN weights",
                        w -> {
                            w.npy("w.npy", Double.NaN, 3, 50);
                            w.network("bad.json", DENSE);
                        },
                        "plan bad.json",
                        "/network/0/weights",
                        "w.npy' holds NaN",
                        "finite"),
                Refusal.of(
                        "infinite bias",
                        w -> {
                            w.npy("b.npy", Double.NEGATIVE_INFINITY, 3);
                            w.network("bad.json", "{'operator':'dense','channels':3,'bias':'b.npy'}");
                        },
                        "plan bad.json",
                        "/network/0/bias",
                        "b.npy' holds -Infinity"),
                Refusal.of(
                        "weights beyond single precision",
                        w -> {
                            w.npy("w.npy", 1e300, 3, 50);
                            w.network("bad.json", DENSE);
                        },
                        "plan bad.json",
                        "/network/0/weights",
                        "1.0E300"));
    }

    private static Stream<Refusal> images() {
        return Stream.of(
                Refusal.of(
                        "image of another size",
                        w -> w.png("bad.png", 4, 6),
                        "golden grey.json --input bad.png",
                        "'bad.png' has 4x6 pixels",
                        "8x8"),
                Refusal.of("missing image", "golden grey.json --input none.png", "'none.png' does not exist"),
                Refusal.of(
                        "text as image",
                        w -> w.text("bad.png", "pixels"),
                        "golden grey.json --input bad.png",
                        "'bad.png' is not a PNG image"),
                Refusal.of(
                        "image cut short",
                        w -> w.cut("bad.png", w.png("whole.png", 8, 8)),
                        "golden grey.json --input bad.png",
                        "'bad.png' is not a PNG image"),
                Refusal.of("empty folder", "golden grey.json --input folder", "'folder' holds no .png file"),
                Refusal.of(
                        "one bad image of a folder",
                        w -> {
                            w.folder("frames");
                            w.png("frames/0.png", 8, 8);
                            w.png("frames/1.png", 9, 8);
                        },
                        "golden grey.json --input frames",
                        "frames/1.png' has 9x8 pixels"),
                Refusal.of(
                        "image for two channels",
                        w -> w.png("good.png", 5, 5),
                        "golden good.json --input good.png",
                        "'good.png'",
                        "2 channels",
                        "1 or 3"),
                Refusal.of(
                        "image in integer mode",
                        w -> w.png("good.png", 8, 8),
                        "golden grey.json --mode integer --input good.png",
                        "'good.png'",
                        ".npy",
                        "integer mode"),
                Refusal.of(
                        "reference of another size",
                        w -> {
                            w.png("r.png", 4, 4);
                            w.json(
                                    "bad.json",
                                    "{'inputShape':{'channels':1,'height':8,'width':8},'frames':1,"
                                            + "'network':[{'operator':'convolution'}],'reference':'r.png'}");
                        },
                        "golden bad.json",
                        "r.png' has 4x4 pixels",
                        "8x8"),
                Refusal.of(
                        "images of what is none",
                        "golden good.json --images new",
                        "--images",
                        "1 or 3 channels",
                        "4x3x3"));
    }

    /** A model of one convolution whose weights are all the same. */
    static OnnxBuilder convolution(float weight, long channels, long height, long width) {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", 1, channels, height, width);
        float[] weights = new float[(int) channels * 4 * 9];
        Arrays.fill(weights, weight);
        return builder.node("Conv", List.of(builder.constant("w", weights, 4, channels, 3, 3)));
    }

    private static OnnxBuilder matrix(int inputs, int rows) {
        OnnxBuilder builder = new OnnxBuilder(13).input("x", 1, inputs);
        return builder.node("MatMul", List.of(builder.constant("w", new float[rows * 3], rows, 3)));
    }
}
