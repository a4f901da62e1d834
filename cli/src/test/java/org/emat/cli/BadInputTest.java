package org.emat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is bad is refused with exit code 2 and one sentence that names it, without a result and without a file left
 * behind. Every command runs as a user runs it.
 */
class BadInputTest {
    @TempDir
    Path folder;

    static Stream<Refusal> refusals() {
        return Stream.of(
                        BadFiles.refusals(),
                        BadConfigurations.refusals(),
                        BadPlaces.refusals(),
                        BadTools.refusals(),
                        BadBenchmarks.refusals())
                .flatMap(refusals -> refusals);
    }

    @BeforeEach
    void setTheScene() {
        Workspace workspace = new Workspace(folder);
        workspace.folder("tmp");
        workspace.folder("folder");
        workspace.network("good.json", "{'operator':'convolution','channels':4,'kernel':3}");
        workspace.onnx("good.onnx", BadFiles.convolution(1, 2, 5, 5));
        workspace.onnx("large.onnx", BadFiles.convolution(1, 512, 5, 5));
        workspace.json(
                "grey.json",
                "{'inputShape':{'channels':1,'height':8,'width':8},'network':[{'operator':'convolution'}]}");
    }

    @AfterEach
    void removeDisks() {
        Mounts.removeBelow(folder);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void isRefusedInOneSentence(Refusal refusal) {
        Workspace workspace = new Workspace(folder);
        refusal.setting().accept(workspace);
        Program program = Program.emat(folder, refusal.arguments().toArray(String[]::new))
                .withJava("-Djava.io.tmpdir=" + workspace.path("tmp"));
        refusal.surroundings().accept(program, workspace);
        List<String> before = workspace.listing();

        Program.Result result = program.run();

        assertThat(result.error()).startsWith("emat: ").contains(refusal.fragments());
        assertThat(result.code()).as(result.error()).isEqualTo(Main.REFUSED);
        assertSentence(result.error());
        // The demo shows its plan before the long part.
        assertThat(result.out()).as("standard output").matches("|(?s)layer  .*Design 'dcgan_mnist': [^\n]*\n");
        assertThat(withoutCache(workspace.listing())).as("files").isEqualTo(withoutCache(before));
    }

    /** One line that is a sentence; the last lines of a failed tool may follow, indented. */
    private static void assertSentence(String error) {
        List<String> lines = new ArrayList<>(error.lines().toList());
        String sentence = lines.remove(0);
        assertThat(sentence).matches("emat: [^ ].*[^. ]([.]|; its last lines are:)");
        assertThat(sentence.endsWith(":")).as("whether lines of a tool follow").isEqualTo(!lines.isEmpty());
        assertThat(lines).allSatisfy(line -> assertThat(line).startsWith("  "));
        assertThat(error).endsWith("\n").doesNotContain("Exception", "\tat ", "fault of emat", ": null");
    }

    /** A cache may keep its own folders and locks, but nothing half built. */
    private static List<String> withoutCache(List<String> listing) {
        assertThat(listing).noneMatch(entry -> entry.contains("/.building") || entry.contains("/.finished"));
        return listing.stream().filter(entry -> !entry.contains("/cache")).toList();
    }

    /** So that a provider that gives nothing is not taken for success. */
    /** A result that nobody gets is no success; the device behaves as a full disk. */
    @Test
    void aFullStandardOutputIsSaid(@TempDir Path empty) {
        Program.Result full =
                Program.emat(empty, "schema").printingTo(Path.of("/dev/full")).run();
        assertThat(full.code()).isEqualTo(Main.REFUSED);
        assertThat(full.error())
                .isEqualTo("emat: standard output could not be written: no space is left, or its reader has gone.\n");
    }

    @Test
    void thereAreManyCases() {
        assertThat(refusals().map(Refusal::name)).hasSizeGreaterThan(100);
        assertThat(refusals().map(Refusal::toString)).doesNotHaveDuplicates();
    }
}
