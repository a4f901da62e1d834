package org.emat.cli;

import java.util.stream.Stream;

/** Benchmarks that cannot be run. */
final class BadBenchmarks {
    private BadBenchmarks() {}

    static Stream<Refusal> refusals() {
        return Stream.of(names(), constants(), places()).flatMap(refusals -> refusals);
    }

    private static Stream<Refusal> names() {
        return Stream.of(
                Refusal.of("unknown set", "bench none", "set 'none'", "red, gan, fcn, zara, tiny, volumes"),
                Refusal.of("no set", "bench", "SET"),
                Refusal.of("unknown row", "bench red GAN_Deconv9", "'red' has no row 'GAN_Deconv9'", "GAN_Deconv1"),
                Refusal.of("unknown mapping", "bench red --mapping fast", "mapping 'fast'", "padding-free"),
                Refusal.of("fold of another mapping", "bench red --mapping phase:2", "mapping 'phase:2'"),
                Refusal.of("fold of nothing", "bench red --mapping pixel-wise:0", "mapping 'pixel-wise:0'"),
                Refusal.of("large fold", "bench red --mapping pixel-wise:65", "mapping 'pixel-wise:65'"),
                Refusal.of(
                        "fold that does not divide",
                        "bench red GAN_Deconv1 --mapping pixel-wise:2",
                        "'pixel-wise:2'",
                        "GAN_Deconv1",
                        "divide"),
                Refusal.of(
                        "mapping without a gradient",
                        "bench zara dcgan/generator/gradient --mapping padding-free",
                        "'dcgan/generator/gradient'",
                        "phase or zero-insertion"),
                Refusal.of("volumes in Verilog", "bench volumes --rtl", "3 dimensions", "--rtl"),
                Refusal.of("a volume in Verilog", "bench volumes 3d-gan --rtl", "3 dimensions", "--rtl"));
    }

    private static Stream<Refusal> constants() {
        String entry = "'value':%s,'unit':'pJ'";
        return Stream.of(
                Refusal.of("unknown constants", "bench tiny --constants none", "constants 'none'", "isaac"),
                Refusal.of("no file of constants", "bench tiny --constants none.json", "'none.json' does not exist"),
                Refusal.of(
                        "constants with one missing",
                        w -> w.json("c.json", "{'constants':{'adder':{'energy':{" + entry.formatted("1") + "}}}}"),
                        "bench tiny --constants c.json",
                        "'c.json': /constants/clock/frequency is missing"),
                Refusal.of(
                        "constants with a negative one",
                        w -> w.json(
                                "c.json",
                                "{'base':'isaac','constants':{'adder':{'energy':{" + entry.formatted("-1") + "}}}}"),
                        "bench tiny --constants c.json",
                        "'c.json': /constants/adder/energy/value is -1"),
                Refusal.of("negative constant", "bench tiny --constant adder.energy=-1pJ", "adder.energy=-1pJ"),
                Refusal.of("constant of another unit", "bench tiny --constant adder.energy=1ns", "the unit is ns"),
                Refusal.of("no constant", "bench tiny --constant adder", "'adder' is no constant"));
    }

    private static Stream<Refusal> places() {
        return Stream.of(
                Refusal.of("lines", "bench tiny --csv none/b.csv", "'none/b.csv'", "none' does not exist"),
                Refusal.of("page", "bench tiny -o none/b.html", "'none/b.html'", "none' does not exist"),
                Refusal.of("measured result", "bench tiny --json none/b.json", "'none/b.json'", "none' does not exist"),
                Refusal.of("two outputs of one file", "bench tiny --json b --csv b", "'b' is another output"),
                Refusal.of(
                        "training over its configuration",
                        "train gan.json --json gan.json",
                        "--json 'gan.json' is an input"),
                Refusal.of(
                        "generator over its configuration",
                        "train gan.json --onnx gan.json",
                        "--onnx 'gan.json' is an input"),
                Refusal.of("cache without a name", "bench tiny --cache=", "--cache is empty"),
                Refusal.of("folder as page", "bench tiny --html folder", "'folder' is a folder"),
                Refusal.of("cache of results that is a file", "bench tiny --rtl --cache good.onnx", "cannot be kept"),
                Refusal.of("cache of results in /proc", "bench tiny --rtl --cache /proc/cache", "cannot be kept"));
    }
}
