package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.emat.cli.VerifiedTrainer.DifferenceException;
import org.emat.config.ConfigurationReader;
import org.emat.config.ConfigurationSchema;
import org.emat.config.TrainingConfiguration;
import org.emat.config.TrainingReader;
import org.emat.tb.Comparison;
import org.emat.tb.MachineDifference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/} says of formats is what the commands read and write. */
class DocumentationTest {
    private static final Path DOCS = Program.REPOSITORY.resolve("docs");
    private static final Pattern JSON_BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    /** An image of one layer, with a reference, so that every figure is there. */
    private static final String IMAGE =
            "{'inputShape':{'channels':4},'frames':1,'reference':'r.png','pixelRange':[-1,1],"
                    + "'network':[{'operator':'transposed-convolution','kernel':[8,9],'activation':'tanh'}]}";

    @TempDir
    Path folder;

    @Test
    void resultsOfPlans() throws IOException {
        Workspace workspace = image();
        Path result = workspace.path("r.json");
        workspace.json(
                "image.json",
                IMAGE.replace("{'inputShape'", "{'architecture':{'budget':{'crossbars':99}},'inputShape'"));
        Console.done("plan", workspace.path("image.json"), "--json", result);
        assertDocumented("plan, gen", keys(Console.json(result)));
        Console.done("gen", workspace.path("image.json"), "-o", workspace.path("d"), "--json", result);
        assertDocumented("plan, gen", keys(Console.json(result)));
    }

    @Test
    void resultsOfTheGoldenModel() throws IOException {
        Workspace workspace = image();
        Path result = workspace.path("r.json");
        Console.done("golden", workspace.path("image.json"), "--json", result);
        assertDocumented("golden", keys(Console.json(result)));
    }

    @Test
    void resultsOfTrainings() throws IOException {
        Path result = folder.resolve("r.json");
        Path example = Program.REPOSITORY.resolve("examples").resolve("digits_gan.json");
        Path page = folder.resolve("page.html");
        Console.done(
                "train",
                example,
                "--steps",
                1,
                "--quality",
                "-o",
                folder.resolve("out"),
                "--json",
                result,
                "--report",
                page);
        Set<String> keys = keys(Console.json(result));
        TrainingConfiguration training = TrainingReader.read(example);
        MachineDifference difference = new MachineDifference("cycles", 1, 2, 0);
        keys.addAll(keys(TrainCommand.different(
                training, TrainingImages.read(training), new DifferenceException(3, List.of(difference)))));
        assertDocumented("train", keys);
    }

    @Test
    void resultsOfCoSimulations() throws IOException {
        Workspace workspace = image();
        Path result = workspace.path("r.json");
        Console.done("cosim", workspace.path("image.json"), "--json", result);
        Set<String> keys = keys(Console.json(result));
        keys.addAll(keys(mismatch(workspace.path("image.json"))));
        assertDocumented("cosim, demo", keys);
    }

    /** The result of a comparison that found a wrong word. */
    private static JsonNode mismatch(Path file) {
        try (Progress progress = new Progress(new PrintWriter(new StringWriter()), true)) {
            Design design = new DesignLoader(ConfigurationReader.read(file), progress).load();
            Comparison.Mismatch wrong = new Comparison.Mismatch(0, "l", 0, 0, 0, 0, 0, 1, 2);
            return ResultJson.comparison(
                    design,
                    new Comparison(1, Map.of("cycles", new Comparison.Count(1, 1)), List.of(), Optional.of(wrong)));
        }
    }

    @Test
    void resultsOfBenchmarks() throws IOException {
        Path result = folder.resolve("r.json");
        Console.done("bench", "red", "FCN_Deconv1", "--json", result);
        Set<String> keys = keys(Console.json(result));
        List<Object> training = new ArrayList<>(List.of("bench", "zara"));
        for (String network : List.of("generator", "discriminator")) {
            for (String pass : List.of("forward", "error", "gradient")) {
                training.add("sngan-cifar/" + network + "/" + pass);
            }
        }
        training.addAll(List.of("--mapping", "phase,zero-insertion", "--json", result));
        Console.done(training.toArray());
        keys.addAll(keys(Console.json(result)));
        keys.remove("trainingSteps"); // empty where there is none
        assertDocumented("bench", keys);
        Console.done("bench", "volumes", "--json", result);
        Set<String> volumes = keys(Console.json(result));
        Console.done("bench", "tiny", "--json", result);
        assertThat(keys(Console.json(result))).containsAll(volumes);
    }

    @Test
    void resultsOfDoctor() throws IOException {
        Path result = folder.resolve("r.json");
        Console.done("doctor", "--json", result);
        assertDocumented("doctor", keys(Console.json(result)));
    }

    /** The table of a machine's registers and its Verilog: addresses, and what can be written. */
    @Test
    void registersOfTheMachine() throws IOException {
        String verilog = Files.readString(Program.REPOSITORY.resolve("verilog-out/lib/trainer_csr.v"));
        Map<String, String> addresses = new TreeMap<>();
        Matcher constants = Pattern.compile("ADDR_(\\w+) += 16'h(\\w{4});").matcher(verilog);
        while (constants.find()) {
            addresses.put(constants.group(1), "0x" + constants.group(2));
        }
        int from = verilog.indexOf("function automatic is_writable");
        Matcher names = Pattern.compile("ADDR_(\\w+)").matcher(verilog.substring(from, verilog.indexOf("1'b1", from)));
        Set<String> writable = new TreeSet<>();
        while (names.find()) {
            writable.add(names.group(1));
        }
        Map<String, String> documented = new TreeMap<>();
        Set<String> documentedWritable = new TreeSet<>();
        Matcher rows = Pattern.compile("^\\| `(0x\\w{4})` \\| (\\w+) \\| ([^|]+) \\|", Pattern.MULTILINE)
                .matcher(Files.readString(DOCS.resolve("machine.md")));
        while (rows.find()) {
            String name = rows.group(2).toUpperCase(Locale.ROOT);
            documented.put(name, rows.group(1));
            if (!rows.group(3).equals("read")) {
                documentedWritable.add(name);
            }
        }
        assertThat(documented).isEqualTo(addresses).hasSize(18);
        assertThat(documentedWritable).isEqualTo(writable);
    }

    private Workspace image() {
        Workspace workspace = new Workspace(folder);
        workspace.json("image.json", IMAGE);
        workspace.png("r.png", 8, 9);
        return workspace;
    }

    private static void assertDocumented(String heading, Set<String> written) throws IOException {
        String text = Files.readString(DOCS.resolve("results.md"));
        String section = text.substring(text.indexOf("\n## " + heading + "\n") + 1);
        List<String> documented = section.lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
        assertThat(documented)
                .as("keys in docs/results.md under '%s'", heading)
                .containsExactlyInAnyOrderElementsOf(written);
    }

    /** The paths of a result; a pair of a predicted and a counted number is one. */
    private static Set<String> keys(JsonNode json) {
        Set<String> keys = new TreeSet<>();
        collect("", json, keys);
        return keys;
    }

    private static void collect(String path, JsonNode json, Set<String> keys) {
        if (json.isArray()) {
            json.forEach(entry -> collect(path + "[]", entry, keys));
        } else if (json.isObject() && !json.has("predicted")) {
            json.properties()
                    .forEach(entry -> collect(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), keys));
        } else {
            keys.add(path);
        }
    }

    /** Every example is a configuration; those without files of their own are mapped too. */
    @Test
    void examplesOfConfigurationsAreRead() throws IOException {
        Matcher blocks = JSON_BLOCK.matcher(Files.readString(DOCS.resolve("configuration.md")));
        int seen = 0;
        while (blocks.find()) {
            Path file = Files.writeString(folder.resolve("example.json"), blocks.group(1));
            if (ConfigurationReader.read(file).name().isEmpty()) {
                assertThat(Console.run("plan", file).error()).contains("model.onnx' does not exist");
            } else {
                assertThat(Console.done("golden", file).out()).contains("16 frames in ");
            }
            seen++;
        }
        assertThat(seen).isEqualTo(2);
    }

    @Test
    void refusalInTheGuideIsReal() throws IOException {
        String guide = Files.readString(DOCS.resolve("configuration.md"));
        Path file = Files.writeString(
                folder.resolve("net.json"), "{\"network\": \"a.onnx\", \"architecture\": {\"adc\": {\"bits\": 17}}}");
        String said = Console.run("plan", file).error().replace(folder + "/", "");
        assertThat(guide).contains("\n" + said);
    }

    @Test
    void tablesOfKeysAreThoseOfTheSchema() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(ConfigurationSchema.text());
        Path guide = DOCS.resolve("configuration.md");
        String found = Files.readString(guide);
        String wanted = found;
        wanted = replaced(wanted, "configuration", table(schema, schema));
        wanted = replaced(wanted, "architecture", table(schema, schema.at("/$defs/architecture")));
        wanted = replaced(wanted, "training", table(schema, schema.at("/$defs/training")));
        wanted = replaced(wanted, "layer", table(schema, schema.at("/$defs/layer")));
        if (Boolean.getBoolean("emat.regenerate")) {
            Files.writeString(guide, wanted);
        } else {
            assertThat(found)
                    .as("docs/configuration.md; write it anew with: mvn -o -q -pl cli -am test"
                            + " -Dtest=DocumentationTest -Demat.regenerate=true")
                    .isEqualTo(wanted);
        }
    }

    /** The text with another table between the marks. */
    private static String replaced(String text, String subject, String table) {
        Matcher marks = Pattern.compile(
                        "(<!-- keys of (the|a) " + subject + ": [^\n]*-->\n).*?(<!-- end -->)", Pattern.DOTALL)
                .matcher(text);
        assertThat(marks.find()).as("marks of %s", subject).isTrue();
        return text.substring(0, marks.end(1)) + table + text.substring(marks.start(3));
    }

    private static String table(JsonNode root, JsonNode object) {
        List<String> rows =
                new ArrayList<>(List.of("| key | allowed | default | meaning |", "| --- | --- | --- | --- |"));
        rows(root, "", object, rows);
        return String.join("\n", rows) + "\n";
    }

    private static void rows(JsonNode root, String prefix, JsonNode object, List<String> rows) {
        object.get("properties").properties().forEach(entry -> {
            JsonNode key = entry.getValue();
            JsonNode type = key.has("$ref") ? root.at(key.get("$ref").asText().substring(1)) : key;
            String name = prefix + entry.getKey();
            if (!prefix.isEmpty() && Set.of("description", "$schema").contains(entry.getKey())) {
                return;
            }
            String meaning = key.has("description")
                    ? key.get("description").asText()
                    : type.get("description").asText();
            String standard = key.has("default") ? "`" + key.get("default") + "`" : "";
            rows.add("| `" + name + "` | " + allowed(type) + " | " + standard + " | " + meaning + " |");
            if (key.has("properties")) {
                rows(root, name + ".", key, rows);
            }
        });
    }

    private static String allowed(JsonNode type) {
        if (type.has("enum")) {
            return StreamSupport.stream(type.get("enum").spliterator(), false)
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        List<String> types = new ArrayList<>();
        if (type.get("type").isTextual()) {
            types.add(type.get("type").asText());
        } else {
            type.get("type").forEach(one -> types.add(one.asText()));
        }
        return types.stream().map(one -> allowed(one, type)).collect(Collectors.joining(", or "));
    }

    private static String allowed(String one, JsonNode type) {
        String range = type.has("minimum") ? type.get("minimum") + " to " + limit(type.get("maximum")) : "";
        return switch (one) {
            case "integer" -> type.has("multipleOf") ? range + ", a multiple of " + type.get("multipleOf") : range;
            case "number" -> range.isEmpty() ? "a number" : range;
            case "array" -> "a list" + (type.has("maxItems") ? " of " + type.get("maxItems") : "");
            case "string" -> "a text";
            case "boolean" -> "`true`, `false`";
            default -> "an object";
        };
    }

    private static String limit(JsonNode number) {
        return number.asLong() == (1L << 53) - 1 ? "2^53 − 1" : number.toString();
    }
}
