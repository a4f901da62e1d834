package org.emat.cli;

import java.util.Arrays;
import java.util.stream.Stream;

/** Configurations that say what cannot be, and arguments that do. */
final class BadConfigurations {
    private static final String CONVOLUTION = "{'operator':'convolution','channels':4,'kernel':3";

    private BadConfigurations() {}

    static Stream<Refusal> refusals() {
        return Stream.of(keys(), types(), ranges(), geometries(), architectures(), budgets(), integers(), arguments())
                .flatMap(refusals -> refusals);
    }

    private static Stream<Refusal> keys() {
        return Stream.of(
                whole("unknown key", "'seeds':3", "has the unknown key 'seeds'", "known are", "seed,"),
                whole(
                        "unknown key of the architecture",
                        "'architecture':{'cell':2}",
                        "/architecture has the unknown key 'cell'",
                        "cellBits"),
                whole(
                        "unknown key of the crossbar",
                        "'architecture':{'crossbar':{'row':2}}",
                        "/architecture/crossbar has the unknown key 'row'",
                        "known are rows, columns"),
                layer(
                        "unknown key of a layer",
                        CONVOLUTION + ",'strides':2}",
                        "/network/0 has the unknown key 'strides'",
                        "stride,"),
                layer("layer without operator", "{'channels':4}", "/network/0 lacks 'operator'"),
                Refusal.of(
                        "no network",
                        w -> w.json("bad.json", "{'seed':1}"),
                        "plan bad.json",
                        "'bad.json'",
                        "lacks 'network'"),
                Refusal.of(
                        "layers without channels",
                        w -> w.json("bad.json", "{'network':[{'operator':'convolution'}]}"),
                        "plan bad.json",
                        "'bad.json'",
                        "/inputShape/channels",
                        "list of layers"),
                layer(
                        "output padding of a convolution",
                        CONVOLUTION + ",'outputPadding':1}",
                        "/network/0/outputPadding",
                        "transposed-convolution"),
                layer("kernel of a dense layer", "{'operator':'dense','kernel':3}", "/network/0/kernel", "convolution"),
                layer("slope without leaky-relu", CONVOLUTION + ",'slope':0.1}", "/network/0/slope", "leaky-relu"));
    }

    private static Stream<Refusal> types() {
        return Stream.of(
                whole("text as number", "'seed':'one'", "/seed is \"one\"", "of type integer"),
                whole("fraction as integer", "'seed':1.5", "/seed is 1.5", "of type integer"),
                whole("number as architecture", "'architecture':3", "/architecture is 3", "of type object"),
                whole(
                        "text as size",
                        "'architecture':{'crossbar':{'rows':'128'}}",
                        "/architecture/crossbar/rows is \"128\"",
                        "of type integer"),
                layer(
                        "true as stride",
                        CONVOLUTION + ",'stride':true}",
                        "/network/0/stride is true",
                        "integer or array"),
                layer("null as kernel", "{'operator':'convolution','kernel':null}", "/network/0/kernel is null"),
                layer(
                        "three strides",
                        CONVOLUTION + ",'stride':[1,2,3]}",
                        "/network/0/stride is [1,2,3]",
                        "at most 2 entries"),
                layer(
                        "unknown operator",
                        "{'operator':'pool'}",
                        "/network/0/operator is \"pool\"",
                        "one of convolution, transposed-convolution, dense"),
                whole("unknown mode", "'mode':'float'", "/mode is \"float\"", "one of quantised, integer"),
                whole("unknown mapping", "'architecture':{'mapping':'red'}", "/architecture/mapping", "phase, zero"),
                Refusal.of(
                        "empty list of layers",
                        w -> w.json("bad.json", "{'inputShape':{'channels':1},'network':[]}"),
                        "plan bad.json",
                        "/network is []",
                        "at least 1 entry"),
                whole("empty name", "'name':''", "/name is \"\"", "at least 1 character."),
                whole("a path of no file", "'input':'a\\u0000b.npy'", "'bad.json'", "/input", "path"));
    }

    private static Stream<Refusal> ranges() {
        return Stream.of(
                whole("seed below 0", "'seed':-1", "/seed is -1", "from 0 to 9007199254740991"),
                whole("no frame", "'frames':0", "/frames is 0", "from 1 to 100000"),
                whole("threads", "'threads':257", "/threads is 257", "from 1 to 256"),
                whole("stalls", "'stalls':{'input':256}", "/stalls/input is 256", "from 0 to 255"),
                layer("kernel", "{'operator':'convolution','kernel':0}", "/network/0/kernel is 0", "from 1 to 65536"),
                layer("zero stride", CONVOLUTION + ",'stride':[1,0]}", "/network/0/stride/1 is 0", "from 1 to 65536"),
                layer("pads", CONVOLUTION + ",'pads':[0,0,0,-1]}", "/network/0/pads/3 is -1", "from 0 to 65536"),
                whole(
                        "crossbar",
                        "'architecture':{'crossbar':{'rows':2048}}",
                        "/architecture/crossbar/rows is 2048",
                        "from 4 to 1024"),
                whole("cells", "'architecture':{'cellBits':5}", "/architecture/cellBits is 5", "from 1 to 4"),
                whole("converter", "'architecture':{'adc':{'bits':17}}", "/architecture/adc/bits is 17", "1 to 16"),
                whole(
                        "device",
                        "'architecture':{'device':{'fractionBits':7}}",
                        "/architecture/device/fractionBits is 7",
                        "from 0 to 6"),
                whole(
                        "stream width",
                        "'architecture':{'streamBits':12}",
                        "/architecture/streamBits is 12",
                        "multiple of 8"),
                whole(
                        "more faults than cells",
                        "'architecture':{'device':{'stuckAtZero':0.7,'stuckAtOne':0.6}}",
                        "'bad.json'",
                        "/architecture/device/stuckAt",
                        "0.7",
                        "0.6"),
                whole("pixel range upside down", "'pixelRange':[1,0]", "/pixelRange", "[1,0]", "darkest"),
                whole("infinite pixel range", "'pixelRange':[0,1e999]", "'bad.json'", "/pixelRange", "finite"),
                layer(
                        "infinite slope",
                        CONVOLUTION + ",'activation':'leaky-relu','slope':1e999}",
                        "/network/0/slope",
                        "finite"),
                layer(
                        "slopes of other channels",
                        CONVOLUTION + ",'activation':'leaky-relu','slope':[1,2,3]}",
                        "/network/0/slope",
                        "3 entries",
                        "1 or 4"),
                layer(
                        "clip upside down",
                        CONVOLUTION + ",'activation':'clip','low':2,'high':1}",
                        "/network/0",
                        "low is 2.0",
                        "high, which is 1.0"));
    }

    private static Stream<Refusal> geometries() {
        return Stream.of(
                layer(
                        "dilated kernel beyond the padded input",
                        CONVOLUTION + ",'dilation':4,'pads':1}",
                        "/network/0",
                        "0x0 pixels",
                        "at least 1x1"),
                layer(
                        "everything cropped",
                        "{'operator':'transposed-convolution','kernel':3,'pads':4}",
                        "/network/0",
                        "-1x-1 pixels",
                        "at least 1x1"),
                layer(
                        "groups that do not divide",
                        CONVOLUTION + ",'group':3}",
                        "/network/0",
                        "groups (3)",
                        "input channels (2)",
                        "output channels (4)"),
                layer(
                        "second layer beyond the first",
                        CONVOLUTION + "}," + CONVOLUTION + "}," + CONVOLUTION + "}",
                        "/network/2",
                        "pixels"),
                layer(
                        "taps beyond 32 bits",
                        "{'operator':'convolution','kernel':[65536,1],'dilation':[65536,1]}",
                        "/network/0",
                        "too large"),
                layer(
                        "too many weights",
                        "{'operator':'dense','channels':65536,'height':65536}",
                        "/network/0",
                        "too large"),
                layer(
                        "too many output words",
                        "{'operator':'transposed-convolution','kernel':1,'stride':65536}",
                        "/network/0",
                        "too large"),
                Refusal.of(
                        "too many input words",
                        w -> w.json(
                                "bad.json",
                                "{'inputShape':{'channels':65536,'height':65536,'width':65536},"
                                        + "'network':[{'operator':'convolution'}]}"),
                        "plan bad.json",
                        "'bad.json'",
                        "/inputShape",
                        "too large"));
    }

    private static Stream<Refusal> architectures() {
        return Stream.of(
                Refusal.of("missing architecture", "plan good.json --arch none.json", "'none.json' does not exist"),
                architecture("unknown key", "{'crossbar':{'rows':8},'cells':1}", "the unknown key 'cells'", "cellBits"),
                architecture(
                        "unknown key of the converter", "{'adc':{'bit':1}}", "/adc has the unknown key 'bit'", "bits"),
                architecture("range", "{'adc':{'bits':0}}", "/adc/bits is 0", "from 1 to 16"),
                architecture("a configuration", "{'network':'good.onnx'}", "the unknown key 'network'"),
                architecture("a list", "[1]", "is [1]", "of type object"),
                architecture(
                        "crossbar too narrow for one weight",
                        "{'crossbar':{'columns':4},'cellBits':1}",
                        "/crossbar/columns is 4",
                        "8 bit lines"),
                whole(
                        "crossbar too narrow for one weight",
                        "'architecture':{'crossbar':{'columns':4},'encoding':'differential'}",
                        "'bad.json'",
                        "/architecture/crossbar/columns is 4",
                        "8 bit lines"));
    }

    private static Stream<Refusal> budgets() {
        return Stream.of(
                whole(
                        "budget of no crossbars",
                        "'architecture':{'budget':{'crossbars':0}}",
                        "/architecture/budget/crossbars is 0",
                        "from 1 to"),
                Refusal.of(
                        "budget of too few converters",
                        w -> w.json(
                                "bad.json",
                                "{'inputShape':{'channels':20,'height':5,'width':5},"
                                        + "'architecture':{'budget':{'converters':1}},'network':[" + CONVOLUTION
                                        + "}]}"),
                        "plan bad.json",
                        "'bad.json'",
                        "budget/converters is 1",
                        "need 2"),
                Refusal.of(
                        "budget of one layer at a time",
                        w -> w.json(
                                "bad.json",
                                "{'inputShape':{'channels':2,'height':5,'width':5},'architecture':{'budget':{'crossbars':1}},"
                                        + "'network':[" + CONVOLUTION + "}," + CONVOLUTION + "}]}"),
                        "golden bad.json",
                        "'bad.json'",
                        "/architecture/budget",
                        "2 passes"));
    }

    private static Stream<Refusal> integers() {
        return Stream.of(
                Refusal.of(
                        "fractional weights",
                        w -> weights(w, 1.5, ""),
                        "golden bad.json --mode integer",
                        "'layer0'",
                        "weight 1.5",
                        "whole numbers"),
                Refusal.of(
                        "weights beyond 16 bits",
                        w -> weights(w, 40000, ""),
                        "golden bad.json --mode integer",
                        "'layer0'",
                        "40000",
                        "16 bits"),
                Refusal.of(
                        "tanh",
                        w -> weights(w, 1, ",'activation':'tanh'"),
                        "golden bad.json --mode integer",
                        "'layer0'",
                        "Tanh",
                        "integer mode"),
                Refusal.of(
                        "sums beyond 32 bits",
                        w -> weights(w, 32767, ""),
                        "golden bad.json --mode integer --input-bits 16",
                        "'layer0'",
                        "32 bits",
                        "fewer input bits"),
                Refusal.of(
                        "fractional inputs",
                        w -> w.npy("bad.npy", 0.5, 1, 2, 5, 5),
                        "golden good.json --mode integer --input bad.npy",
                        "'bad.npy' holds 0.5",
                        "whole numbers"),
                Refusal.of(
                        "inputs beyond 32 bits",
                        w -> w.npy("bad.npy", 0x1p31, 1, 2, 5, 5),
                        "golden good.json --mode integer --input bad.npy",
                        "'bad.npy' holds 2.147483648E9",
                        "2147483647"),
                Refusal.of(
                        "too few input bits",
                        w -> w.npy("good.npy", 9, 1, 2, 5, 5),
                        "golden good.json --mode integer --input good.npy --input-bits 3",
                        "to 9",
                        "3 bits"),
                Refusal.of(
                        "no input bits", "golden good.json --mode integer --input-bits 0", "--input-bits", "1 to 32"),
                Refusal.of(
                        "input bits of a quantised network",
                        "golden good.json --input-bits 8",
                        "--input-bits",
                        "integer mode"));
    }

    private static void weights(Workspace workspace, double value, String more) {
        workspace.npy("w.npy", value, 4, 2, 3, 3);
        workspace.network("bad.json", CONVOLUTION + ",'weights':'w.npy'" + more + "}");
    }

    private static Stream<Refusal> arguments() {
        return Stream.of(
                Refusal.of("unknown command", "plann good.json", "plann", "--help"),
                Refusal.of("unknown option", "plan good.json --bits 3", "'--bits'", "plan --help"),
                Refusal.of("missing argument", "plan", "FILE", "plan --help"),
                Refusal.of("missing output", "gen good.json", "--output", "gen --help"),
                Refusal.of("second file", "plan good.json good.onnx", "good.onnx", "plan --help"),
                Refusal.of("option without value", "plan good.json --seed", "--seed", "plan --help"),
                Refusal.of("text as number", "plan good.json --frames two", "--frames", "'two'", "plan --help"),
                Refusal.of("mode", "plan good.json --mode float", "--mode", "float", "integer"),
                Refusal.of("frames", "plan good.json --frames 0", "--frames", "1 to 100000"),
                Refusal.of("seed below 0", "plan good.json --seed -1", "--seed", "-1", "0 to 9007199254740991"),
                Refusal.of("threads", "plan good.json --threads 0", "--threads", "1 to 256"),
                Refusal.of("stalls", "golden good.json --stalls 7:60", "--stalls", "'7:60'", "SEED:IN:OUT"),
                Refusal.of("stall rate", "golden good.json --stalls 7:60:256", "--stalls OUT", "0 to 255", "256"));
    }

    /** A good configuration of a list of layers with one entry more. */
    private static Refusal whole(String name, String entry, String... fragments) {
        return Refusal.of(
                name,
                w -> w.json(
                        "bad.json",
                        "{'inputShape':{'channels':2,'height':5,'width':5},'network':[" + CONVOLUTION + "}]," + entry
                                + "}"),
                "plan bad.json",
                with("'bad.json'", fragments));
    }

    private static Refusal layer(String name, String layer, String... fragments) {
        return Refusal.of(name, w -> w.network("bad.json", layer), "plan bad.json", with("'bad.json': ", fragments));
    }

    private static Refusal architecture(String name, String text, String... fragments) {
        return Refusal.of(
                "architecture: " + name,
                w -> w.json("arch.json", text),
                "plan good.json --arch arch.json",
                with("'arch.json': ", fragments));
    }

    private static String[] with(String first, String... others) {
        return Stream.concat(Stream.of(first), Arrays.stream(others)).toArray(String[]::new);
    }
}
