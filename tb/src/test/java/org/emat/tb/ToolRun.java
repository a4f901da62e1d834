package org.emat.tb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A finished run of a tool.
 *
 * @param code exit code
 * @param output what it printed, errors included
 */
record ToolRun(int code, String output) {
    private static final int MINUTES = 10;

    /**
     * Runs a tool and waits for it.
     *
     * @param folder the folder to run in
     * @param command name of the tool on the path, or a program's own path, and arguments
     */
    static ToolRun of(Path folder, List<String> command) throws IOException, InterruptedException {
        if (!Path.of(command.get(0)).isAbsolute()
                && VerilatorToolchain.locate(command.get(0)).isEmpty()) {
            throw new AssertionError(command.get(0) + " is missing; scripts/test installs it");
        }
        Path log = Files.createTempFile("emat-tool-", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " takes more than " + MINUTES + " minutes");
            }
            return new ToolRun(process.exitValue(), Files.readString(log));
        } finally {
            Files.delete(log);
        }
    }

    /** Fails unless the tool succeeded without a word. */
    void assertSilent(String what) {
        if (code != 0 || !output.isEmpty()) {
            throw new AssertionError(what + ": exit code " + code + ", output:\n" + output);
        }
    }
}
