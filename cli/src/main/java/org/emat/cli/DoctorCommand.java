package org.emat.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    @Override
    public Integer call() {
        output.check();
        Table table = new Table("tool", "needed for", "found");
        ObjectNode json = new ObjectMapper().createObjectNode();
        ArrayNode tools = json.putArray("tools");
        table.row("Java", "everything", System.getProperty("java.version") + " in " + System.getProperty("java.home"));
        StringBuilder missing = new StringBuilder();
        for (Tool tool : TOOLS) {
            Optional<Path> path = VerilatorToolchain.locate(tool.command());
            String version = path.map(p -> VerilatorToolchain.firstLine(List.of(p.toString(), tool.option())))
                    .orElse(tool.needed() ? "MISSING" : "not there (optional)");
            table.row(tool.command(), tool.purpose(), version);
            tools.addObject()
                    .put("tool", tool.command())
                    .put("found", path.isPresent())
                    .put("needed", tool.needed())
                    .put("version", path.isPresent() ? version : "");
            missing.append(path.isEmpty() && tool.needed() ? " " + tool.debian() : "");
        }
        boolean zlib = Files.exists(Path.of("/usr/include/zlib.h"));
        table.row("zlib.h", "waves (--trace)", zlib ? "/usr/include/zlib.h" : "not there (optional)");
        output.print(table);
        output.println("Cache of simulators: " + SimulatorBuild.userCache());
        return verdict(json, missing.toString());
    }

    private int verdict(ObjectNode json, String missing) {
        String problem = missing.isEmpty() ? oldVerilator() : "install what is missing with: apt-get install" + missing;
        json.put("complete", problem.isEmpty());
        output.write(json);
        if (problem.isEmpty()) {
            output.println("Everything that emat needs is there.");
            return 0;
        }
        output.println("Not complete: " + problem);
        return Main.REFUSED;
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
