package org.emat.cli;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A command that must be refused.
 *
 * @param name what is bad
 * @param setting what lies in the working folder
 * @param surroundings environment and options of the program
 * @param arguments the command
 * @param fragments what the refusal must name
 */
record Refusal(
        String name,
        Consumer<Workspace> setting,
        BiConsumer<Program, Workspace> surroundings,
        List<String> arguments,
        List<String> fragments) {

    /** A refusal of a command whose arguments are separated by blanks. */
    static Refusal of(String name, Consumer<Workspace> setting, String command, String... fragments) {
        return new Refusal(name, setting, (program, workspace) -> {}, List.of(command.split(" ")), List.of(fragments));
    }

    /** A refusal of a command on what lies in every working folder. */
    static Refusal of(String name, String command, String... fragments) {
        return of(name, workspace -> {}, command, fragments);
    }

    /** The same in other surroundings. */
    Refusal in(BiConsumer<Program, Workspace> other) {
        return new Refusal(name, setting, other, arguments, fragments);
    }

    @Override
    public String toString() {
        return name + ": " + String.join(" ", arguments);
    }
}
