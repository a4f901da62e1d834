package org.emat.tb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools that are missing or too old are said in one sentence. */
class VerilatorToolchainTest {
    @TempDir
    Path folder;

    @Test
    void anEmptyPathLacksVerilator() {
        assertThatThrownBy(() -> VerilatorToolchain.find(""))
                .isInstanceOf(ToolException.class)
                .hasMessage("verilator is missing; install it with: apt-get install verilator g++ make ccache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verilator", "make", "g++"})
    void everyToolIsMissed(String missing) throws IOException {
        for (String tool : new String[] {"verilator", "make", "g++"}) {
            if (!tool.equals(missing)) {
                tool(tool, "Verilator 5.006 2023-01-22");
            }
        }
        assertThatThrownBy(() -> VerilatorToolchain.find(folder.toString()))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith(missing + " is missing; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Verilator 4.038 2020-07-11", "Verilator 5.004 2022-12-14", "none", ""})
    void otherVersionsAreRefused(String version) throws IOException {
        tools(version);
        assertThatThrownBy(() -> VerilatorToolchain.find(folder.toString()))
                .isInstanceOf(ToolException.class)
                .hasMessage("verilator is '" + version + "', but 5.006 or newer is needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Verilator 5.006 2023-01-22", "Verilator 5.036 2025-04-27", "Verilator 6.001"})
    void theSearchPathIsUsedInOrder(String version) throws IOException {
        tools(version);
        VerilatorToolchain found = VerilatorToolchain.find("/nowhere::" + folder + ":/usr/bin");
        assertThat(found.version()).isEqualTo(version);
        assertThat(found.verilator()).isEqualTo(folder.resolve("verilator"));
        assertThat(found.make()).isEqualTo(folder.resolve("make"));
    }

    private void tools(String version) throws IOException {
        tool("verilator", version);
        tool("make", "");
        tool("g++", "g++ 12");
    }

    private void tool(String name, String version) throws IOException {
        Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\necho '" + version + "'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
