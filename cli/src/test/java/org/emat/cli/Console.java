package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a command gave that ran inside the test.
 *
 * @param code exit code
 * @param out standard output
 * @param error standard error
 */
record Console(int code, String out, String error) {
    /** Runs a command. */
    static Console run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int code = Main.run(new PrintWriter(out), new PrintWriter(error), texts);
        return new Console(code, out.toString(), error.toString());
    }

    /** Runs a command that must end well. */
    static Console done(Object... arguments) {
        Console console = run(arguments);
        assertThat(console.code).as(console.error).isZero();
        return console;
    }

    /** The JSON of a file. */
    static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
