package org.emat.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.emat.cost.ConstantOverride;
import org.emat.cost.Constants;
import org.emat.cost.ConstantsReader;
import org.emat.files.InputFile;
import org.emat.files.OutputFile;
import org.emat.measure.Benchmark;
import org.emat.measure.BenchmarkTable;
import org.emat.measure.Listener;
import org.emat.measure.Measurer;
import org.emat.measure.ResultCache;
import org.emat.measure.ResultKey;
import org.emat.measure.Variant;
import org.emat.network.InputException;
import org.emat.report.BenchPage;
import org.emat.suite.BenchmarkSet;
import org.emat.tb.Cosimulation;
import org.emat.tb.SimulatorBuild;
import org.emat.tb.VerilatorToolchain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures published layers under every mapping. */
@Command(
        name = "bench",
        header = "Measures published layers and generators under every mapping, beside what was published.",
        description = {
            "Sets: red (six layers), gan (whole generators), fcn (upsampling layers), zara (GANs in training),"
                    + " volumes (three dimensions), tiny (to try the command). Without --rtl the golden model predicts;"
                    + " with --rtl every row is simulated at full size in Verilator and compared word by word.",
            "Measured rows are kept, so that a run that was cut short goes on where it was."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./emat bench red",
            "  ./emat bench red FCN_Deconv2 --rtl --html red.html",
            "  ./emat bench gan dcgan --rtl --mapping phase,zero-insertion --json gan.json",
            "  ./emat bench red --constants neurosim --constant adc.energy.9=1.8pJ --csv red.csv"
        })
final class BenchCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SET", description = "The set of rows.")
    String set;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ROW", description = "Rows of it; all without any.")
    List<String> rows = new ArrayList<>();

    @Option(names = "--rtl", description = "Simulates every row in Verilator and compares it with the prediction.")
    boolean rtl;

    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Mappings: phase, pixel-wise, pixel-wise:FOLD, padding-free, zero-insertion. Default: all that"
                            + " fit, with a fold of 2.")
    List<String> mappings = new ArrayList<>();

    @Option(
            names = "--constants",
            paramLabel = "FILE|NAME",
            defaultValue = "isaac",
            description = "Constants of costs: a JSON file, or one of isaac, neurosim, mnsim, graphr (docs/cost.md)."
                    + " Default: ${DEFAULT-VALUE}.")
    String constants;

    @Option(names = "--constant", paramLabel = "NAME=VALUE", description = "Replaces one constant: adc.energy.9=1.8pJ.")
    List<String> overrides = new ArrayList<>();

    @Option(names = "--csv", paramLabel = "FILE", description = "Writes a line per row and mapping as CSV.")
    Path csv;

    @Option(
            names = {"-o", "--html"},
            paramLabel = "FILE",
            description = "Writes a page with charts as one HTML file.")
    Path html;

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            description = "Keeps simulators and results there. Default: EMAT_CACHE, or ~/.cache/emat.")
    Path cache;

    @Option(names = "--fresh", description = "Measures again what is kept.")
    boolean fresh;

    @Mixin
    OutputArguments output = new OutputArguments();

    @Override
    public Integer call() {
        output.check();
        output.checkApart(List.of());
        if (cache != null && cache.toString().isEmpty()) {
            throw new InputException("--cache is empty; it must name a folder.");
        }
        Stream.of(Optional.ofNullable(csv), Optional.ofNullable(html))
                .flatMap(Optional::stream)
                .forEach(OutputFile::check);
        long start = System.nanoTime();
        Optional<VerilatorToolchain> tools = rtl ? Optional.of(VerilatorToolchain.find()) : Optional.empty();
        Benchmark benchmark = new Benchmark(
                BenchmarkSet.named(set),
                rows,
                mappings.stream().map(Variant::named).toList(),
                chosenConstants(),
                tools.map(this::inVerilog));
        BenchmarkTable table;
        try (Progress progress = output.progress()) {
            table = benchmark.run(listener(progress));
        }
        write(table, new BenchTimes(tools, (System.nanoTime() - start) * 1e-9));
        return table.equal() ? 0 : Main.DIFFERENT;
    }

    private Constants chosenConstants() {
        boolean isFile = constants.matches(".*[./].*") || Files.exists(Path.of(constants));
        Constants chosen = ConstantsReader.SHIPPED.contains(constants) || !isFile
                ? ConstantsReader.shipped(constants)
                : ConstantsReader.read(
                        constants,
                        new String(InputFile.read(Path.of(constants), "a file of constants"), StandardCharsets.UTF_8));
        for (String override : overrides) {
            chosen = chosen.with(ConstantOverride.parse(override));
        }
        return chosen;
    }

    private Benchmark.Rtl inVerilog(VerilatorToolchain tools) {
        Path folder = cache == null ? SimulatorBuild.userCache() : cache;
        SimulatorBuild build = new SimulatorBuild(tools, folder);
        return new Benchmark.Rtl(
                new Measurer(new Cosimulation(build), build),
                new ResultCache(folder.resolve("results"), new ResultKey(tools), fresh));
    }

    /** A step begins where its name changes. */
    private static Listener listener(Progress progress) {
        String[] current = {""};
        return (step, permille) -> {
            if (!step.equals(current[0])) {
                current[0] = step;
                progress.begin(step);
            }
            progress.at(permille);
        };
    }

    private void write(BenchmarkTable table, BenchTimes times) {
        output.write(new BenchJson(table).json(times));
        if (csv != null) {
            OutputFile.write(csv, new BenchCsv(table).text());
        }
        if (html != null) {
            OutputFile.write(html, BenchPage.render(table, times.provenance()));
        }
        output.print(new BenchText(table).text());
        output.println(times.sentence(table));
        table.remarks().forEach(output::note);
    }
}
