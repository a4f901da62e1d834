package org.emat.cli;

import java.util.stream.Stream;

/** Places where results cannot go. */
final class BadPlaces {
    /** Enough frames that their outputs need more than a small disk. */
    private static final String MANY = "golden good.json --frames 1000 --output disk/y.npy";

    private BadPlaces() {}

    static Stream<Refusal> refusals() {
        return Stream.of(missing(), wrong(), closed(), full()).flatMap(refusals -> refusals);
    }

    private static Stream<Refusal> missing() {
        return Stream.of(
                Refusal.of("array", "golden good.json --output none/y.npy", "'none/y.npy'", "none' does not exist"),
                Refusal.of("images", "golden grey.json --images none/y", "'none/y'", "none' does not exist"),
                Refusal.of("result", "plan good.json --json none/r.json", "'none/r.json'", "none' does not exist"),
                Refusal.of("plan", "plan good.json --plan none/p.json", "'none/p.json'", "none' does not exist"),
                Refusal.of("report", "cosim good.json --report none/r.html", "'none/r.html'", "none' does not exist"),
                Refusal.of("design", "gen good.json -o none/design", "'none/design'", "none' does not exist"),
                Refusal.of("demo", "demo -o none/demo", "'none/demo'", "none' does not exist"),
                Refusal.of("import", "import good.onnx -o none/n.json", "'none/n.json'", "none' does not exist"),
                Refusal.of("configuration", "init -o none/e.json", "'none/e.json'", "none' does not exist"),
                Refusal.of("schema", "schema -o none/s.json", "'none/s.json'", "none' does not exist"),
                Refusal.of("diagnosis", "doctor --json none/d.json", "'none/d.json'", "none' does not exist"));
    }

    private static Stream<Refusal> wrong() {
        return Stream.of(
                Refusal.of("folder as array", "golden good.json --output folder", "'folder' is a folder"),
                Refusal.of("folder as result", "plan good.json --json folder", "'folder' is a folder"),
                Refusal.of("folder as report", "cosim good.json --report folder", "'folder' is a folder"),
                Refusal.of("folder as import", "import good.onnx -o folder", "'folder' is a folder"),
                Refusal.of("file as design", "gen good.json -o good.onnx", "'good.onnx' is a file", "folder"),
                Refusal.of("file as folder", "plan good.json --json good.onnx/r", "good.onnx' is no folder"),
                Refusal.of(
                        "folder of other files",
                        w -> w.text("folder/mine.txt", "keep"),
                        "gen good.json -o folder",
                        "'folder' holds other files",
                        "mine.txt"),
                Refusal.of(
                        "own file in a folder of emat",
                        w -> {
                            w.text("folder/.emat-output", "Written by emat, which may replace these:\nplan.json\n");
                            w.text("folder/plan.json", "{}");
                            w.text("folder/mine.txt", "keep");
                        },
                        "gen good.json -o folder",
                        "'folder' holds other files",
                        "mine.txt"),
                Refusal.of("result over the configuration", "golden good.json --json good.json", "an input", "--json"),
                Refusal.of(
                        "two results of one name",
                        "golden good.json --json same.json --output ./same.json",
                        "another output",
                        "name another file"),
                Refusal.of(
                        "weights over other files",
                        w -> {
                            w.folder("new.weights");
                            w.text("new.weights/mine.txt", "keep");
                        },
                        "import good.onnx -o new.json",
                        "new.weights' holds other files"),
                Refusal.of("configuration that exists", "init -o good.json", "'good.json' exists", "-o"));
    }

    private static Stream<Refusal> closed() {
        return Stream.of(
                Refusal.of("array in /proc", "golden good.json --output /proc/y.npy", "'/proc/y.npy'", "written"),
                Refusal.of("design in /proc", "gen good.json -o /proc/design", "'/proc/design'", "written"),
                Refusal.of(
                        "array on a read-only disk",
                        w -> Mounts.readOnly(w.folder("disk")),
                        MANY,
                        "'disk/y.npy'",
                        "read-only"),
                Refusal.of(
                        "design on a read-only disk",
                        w -> Mounts.readOnly(w.folder("disk")),
                        "gen good.json -o disk/design",
                        "'disk/design'",
                        "read-only"));
    }

    private static Stream<Refusal> full() {
        return Stream.of(
                onFullDisk("array", MANY, "'disk/y.npy'"),
                onFullDisk("images", "golden grey.json --frames 200 --images disk/y", "'disk/y"),
                onFullDisk("design", "gen good.json -o disk/design", "'disk/design"),
                onFullDisk("import", "import large.onnx -o disk/n.json", "'disk/n.weights"),
                onFullDisk("demo", "demo -o disk/demo", "'disk/demo"),
                onFilledDisk("result", "golden good.json --json disk/r.json", "'disk/r.json'"),
                onFilledDisk("plan", "plan good.json --plan disk/p.json", "'disk/p.json'"),
                onFilledDisk("report", "cosim good.json --report disk/r.html", "'disk/r.html'"),
                onFilledDisk("configuration", "init -o disk/e.json", "'disk/e"),
                onFilledDisk("schema", "schema -o disk/s.json", "'disk/s.json'"),
                Refusal.of("full device", "plan good.json --json /dev/full", "'/dev/full'", "no space is left"),
                Refusal.of(
                                "no room for temporary files",
                                w -> Mounts.filled(w.folder("disk")),
                                "cosim good.json",
                                "space")
                        .in((program, w) -> program.withJava("-Djava.io.tmpdir=" + w.path("disk"))),
                Refusal.of(
                                "no room for ONNX Runtime",
                                w -> Mounts.filled(w.folder("disk")),
                                "golden " + Program.REPOSITORY.resolve("examples/dcgan_mnist.json") + " --frames 1",
                                "ONNX Runtime",
                                "space")
                        .in((program, w) -> program.withJava("-Djava.io.tmpdir=" + w.path("disk"))),
                Refusal.of("no room for the simulator", w -> Mounts.small(w.folder("disk")), "cosim good.json", "space")
                        .in((program, w) ->
                                program.with("EMAT_CACHE", w.path("disk/cache").toString())));
    }

    /** On a disk that takes a part of the output. */
    private static Refusal onFullDisk(String name, String command, String place) {
        return Refusal.of(
                name + " on a small disk", w -> Mounts.small(w.folder("disk")), command, place, "no space is left");
    }

    /** On a disk that takes nothing. */
    private static Refusal onFilledDisk(String name, String command, String place) {
        return Refusal.of(
                name + " on a full disk", w -> Mounts.filled(w.folder("disk")), command, place, "no space is left");
    }
}
