package org.emat.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.emat.tb.SimulatorBuild;
import org.emat.tb.ToolException;
import org.emat.tb.VerilatorToolchain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells which tools are there. */
@Command(
        name = "doctor",
        header = "Tells which tools are there, their versions, and what is missing.",
        description = "Exits with 2 where a tool that demo and cosim need is missing.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./emat doctor"})
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    OutputArguments output = new OutputArguments();

    private record Tool(String command, String option, String purpose, boolean needed, String debian) {}

    private static final List<Tool> TOOLS = List.of(
            new Tool("verilator", "--version", "simulation, 5.006 or newer", true, "verilator"),
            new Tool("g++", "--version", "simulation", true, "g++"),
            new Tool("make", "--version", "simulation", true, "make"),
            new Tool("ccache", "--version", "faster builds", false, "ccache"),
            new Tool("mvn", "--version", "building emat", false, "maven"),
            new Tool("iverilog", "-V", "tests", false, "iverilog"),
            new Tool("yosys", "-V", "tests", false, "yosys"),
            new Tool("gtkwave", "--version", "looking at waves", false, "gtkwave"));

    private static final Path ZLIB = Path.of("/usr/include/zlib.h");

    /** What became of a tool: its version line, if it is there. */
    private record Finding(Tool tool, Optional<String> version) {
        static Finding of(Tool tool) {
            return new Finding(
                    tool,
                    VerilatorToolchain.locate(tool.command)
                            .map(path -> VerilatorToolchain.firstLine(List.of(path.toString(), tool.option)))
                            .map(Finding::version));
        }

        /** Without colours; a tool that says something else than its version, for want of a display, is there too. */
        private static String version(String line) {
            String plain = line.replaceAll("\u001b\\[[0-9;]*m", "");
            return plain.matches(".*[0-9].*") ? plain : "there";
        }

        boolean isMissing() {
            return tool.needed && version.isEmpty();
        }
    }

    @Override
    public Integer call() {
        output.check();
        List<Finding> findings = TOOLS.stream().map(Finding::of).toList();
        String problem = problem(findings);
        output.write(json(findings, problem));
        output.print(table(findings));
        output.println("Cache of simulators: " + SimulatorBuild.userCache());
        output.println(problem.isEmpty() ? "Everything that emat needs is there." : "Not complete: " + problem);
        return problem.isEmpty() ? 0 : Main.REFUSED;
    }

    private static Table table(List<Finding> findings) {
        Table table = new Table("tool", "needed for", "found");
        table.row("Java", "everything", System.getProperty("java.version") + " in " + System.getProperty("java.home"));
        for (Finding finding : findings) {
            Tool tool = finding.tool;
            String otherwise = tool.needed ? "MISSING" : "not there (optional)";
            table.row(tool.command, tool.purpose, finding.version.orElse(otherwise));
        }
        table.row("zlib.h", "waves (--trace)", Files.exists(ZLIB) ? ZLIB : "not there (optional)");
        return table;
    }

    private static ObjectNode json(List<Finding> findings, String problem) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("complete", problem.isEmpty());
        json.put("problem", problem);
        json.put("java", System.getProperty("java.version"));
        ArrayNode tools = json.putArray("tools");
        for (Finding finding : findings) {
            tools.addObject()
                    .put("tool", finding.tool.command)
                    .put("needed", finding.tool.needed)
                    .put("found", finding.version.isPresent())
                    .put("version", finding.version.orElse(""));
        }
        json.put("zlib", Files.exists(ZLIB));
        json.put("cache", SimulatorBuild.userCache().toString());
        return json;
    }

    /** What keeps demo and cosim from running; empty if nothing does. */
    private static String problem(List<Finding> findings) {
        String missing = findings.stream()
                .filter(Finding::isMissing)
                .map(finding -> finding.tool.debian)
                .collect(Collectors.joining(" "));
        return missing.isEmpty() ? oldVerilator() : "install what is missing with: apt-get install " + missing;
    }

    private static String oldVerilator() {
        try {
            VerilatorToolchain.find();
            return "";
        } catch (ToolException e) {
            return e.getMessage();
        }
    }
}
