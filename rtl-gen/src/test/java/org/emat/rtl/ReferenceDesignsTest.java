package org.emat.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emat.plan.Plan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds {@code verilog-out/} equal to what the generator writes. */
class ReferenceDesignsTest {
    private static final Path FOLDER = Path.of("..", "verilog-out");

    @BeforeAll
    static void regenerate() throws IOException {
        if (!Boolean.getBoolean("emat.regenerate")) {
            return;
        }
        Map<String, String> files = ReferenceDesigns.files(FOLDER);
        for (String old : committed().keySet()) {
            if (!files.containsKey(old)) {
                Files.delete(FOLDER.resolve(old));
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = FOLDER.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    @Test
    void everyFileIsWhatTheGeneratorWrites() throws IOException {
        Map<String, String> expected = ReferenceDesigns.files(FOLDER);
        Map<String, String> found = committed();
        assertThat(found.keySet())
                .as("files of verilog-out; scripts/regenerate writes them")
                .isEqualTo(expected.keySet());
        for (Map.Entry<String, String> file : expected.entrySet()) {
            assertThat(found.get(file.getKey()))
                    .as("%s; scripts/regenerate writes it anew", file.getKey())
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void thereAreThirteenDesignsTwoGradientsAndTwoTrainers() throws IOException {
        List<String> names =
                ReferenceDesigns.plans(FOLDER).stream().map(Plan::name).toList();
        assertThat(names).hasSize(13).doesNotHaveDuplicates().contains(ReferenceDesigns.DEMO);
        try (Stream<Path> folders = Files.list(FOLDER)) {
            assertThat(folders.filter(Files::isDirectory)).hasSize(13 + 2 + 2 + 1);
        }
    }

    private static Map<String, String> committed() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(FOLDER)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = FOLDER.relativize(path).toString().replace('\\', '/');
                if (!name.equals("README.md")) {
                    files.put(name, Files.readString(path));
                }
            }
        }
        return files;
    }
}
