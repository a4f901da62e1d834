package org.emat.cli;

import java.util.stream.Stream;

/** Tools that are missing or fail, and a machine that is too small. */
final class BadTools {
    private static final String COSIM = "cosim good.json";
    private static final String VERSION =
            "if [ \"$1\" = --version ]; then echo 'Verilator 5.006 2023-01-22'; exit 0; fi\n";

    private BadTools() {}

    static Stream<Refusal> refusals() {
        return Stream.of(missing(), failing(), caches()).flatMap(refusals -> refusals);
    }

    private static Stream<Refusal> missing() {
        return Stream.of(
                Refusal.of("no tool at all", COSIM, "verilator is missing", "apt-get install verilator")
                        .in((program, w) ->
                                program.with("PATH", w.path("folder").toString())),
                Refusal.of("no PATH", COSIM, "verilator is missing").in((program, w) -> program.with("PATH", "")),
                Refusal.of("no demo without Verilator", "demo -o new", "verilator is missing")
                        .in((program, w) ->
                                program.with("PATH", w.path("folder").toString())),
                Refusal.of(
                                "no C++ compiler",
                                w -> {
                                    w.script("folder/verilator", VERSION);
                                    w.script("folder/make", "exit 1");
                                },
                                COSIM,
                                "g++ is missing",
                                "apt-get install")
                        .in((program, w) ->
                                program.with("PATH", w.path("folder").toString())),
                Refusal.of(
                                "old Verilator",
                                w -> w.script("folder/verilator", "echo Verilator 4.0 2020"),
                                COSIM,
                                "5.006")
                        .in((program, w) -> program.withProgramsOf(w.path("folder"))),
                Refusal.of("no Verilator", w -> w.script("folder/verilator", "echo hello"), COSIM, "'hello'", "5.006")
                        .in((program, w) -> program.withProgramsOf(w.path("folder"))));
    }

    private static Stream<Refusal> failing() {
        return Stream.of(
                Refusal.of(
                                "Verilator fails",
                                w -> w.script("folder/verilator", VERSION + "echo '%Error: no licence'; exit 1"),
                                COSIM,
                                "verilator failed with exit code 1",
                                "%Error: no licence")
                        .in(BadTools::withOwnCache),
                Refusal.of(
                                "g++ fails",
                                w -> w.script("folder/g++", "echo 'g++: out of order' >&2; exit 3"),
                                COSIM,
                                "the C++ compiler failed",
                                "out of order")
                        .in(BadTools::withOwnCache));
    }

    private static Stream<Refusal> caches() {
        return Stream.of(
                Refusal.of("cache that is a file", COSIM, "good.onnx", "cannot be kept")
                        .in((program, w) ->
                                program.with("EMAT_CACHE", w.path("good.onnx").toString())),
                Refusal.of("cache in /proc", COSIM, "/proc/cache", "cannot be kept")
                        .in((program, w) -> program.with("EMAT_CACHE", "/proc/cache")),
                Refusal.of("cache on a read-only disk", w -> Mounts.readOnly(w.folder("disk")), COSIM, "cannot be kept")
                        .in((program, w) ->
                                program.with("EMAT_CACHE", w.path("disk").toString())),
                Refusal.of("no folder for temporary files", COSIM, "none")
                        .in((program, w) -> program.withJava("-Djava.io.tmpdir=" + w.path("none"))),
                Refusal.of("too little memory", "golden good.json --frames 100000", "memory", "EMAT_JAVA_OPTS")
                        .in((program, w) -> program.withJava("-Xmx20m")));
    }

    /** Other tools are taken for others by their version alone, so a cache of other tests would answer for them. */
    private static void withOwnCache(Program program, Workspace workspace) {
        program.withProgramsOf(workspace.path("folder"))
                .with("EMAT_CACHE", workspace.path("cache").toString());
    }
}
