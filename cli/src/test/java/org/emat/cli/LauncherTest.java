package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on a machine where tools are missing and nothing may be installed. */
class LauncherTest {
    /** What every Linux has. */
    private static final List<String> BASICS = List.of("bash", "readlink", "find", "id", "mkdir", "mv", "flock");

    @TempDir
    Path root;

    @BeforeEach
    void copyTheLauncher() throws IOException {
        Files.createDirectories(root.resolve("scripts"));
        for (String name : List.of("emat", "scripts/tools.sh")) {
            Files.copy(Program.REPOSITORY.resolve(name), root.resolve(name));
        }
        Files.createDirectories(root.resolve("bin"));
        for (String name : BASICS) {
            Path program =
                    Path.of(Shell.run(root, "sh", "-c", "command -v " + name).trim());
            Files.createSymbolicLink(root.resolve("bin").resolve(name), program);
        }
    }

    @Test
    void missingMavenIsToldWithItsCommand() {
        assertMissing("plan", "maven");
    }

    @Test
    void missingSimulatorIsToldWithItsCommand() throws IOException {
        Files.createDirectories(root.resolve("cli/target/launcher"));
        Files.createFile(root.resolve("cli/target/launcher/built"));
        assertMissing("cosim", "verilator g++ make");
        assertMissing("train", "verilator g++ make", "--rtl");
    }

    private void assertMissing(String command, String packages, String... options) {
        List<String> line = new ArrayList<>(List.of(
                "env",
                "PATH=" + root.resolve("bin"),
                "EMAT_NO_INSTALL=1",
                "JAVA_HOME=" + System.getProperty("java.home"),
                root.resolve("emat").toString(),
                command,
                "x.json"));
        line.addAll(List.of(options));
        String said = Shell.run(root, line.toArray(String[]::new));
        assertThat(said)
                .matches("emat: missing: " + packages.replace("+", "[+]")
                        + "[.] Install with: (sudo )?apt-get install -y"
                        + " --no-install-recommends " + packages.replace("+", "[+]")
                        + "\nenv ended with exit code 2");
    }
}
