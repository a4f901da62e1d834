package org.emat.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.emat.network.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    Path scratch;

    private Path place;

    @BeforeEach
    void writeOnce() {
        place = scratch.resolve("out");
        try (OutputFolder folder = OutputFolder.begin(place)) {
            folder.write("old.txt", "old");
            folder.write("sub/old.txt", "old");
            folder.finish();
        }
    }

    @Test
    void contentIsReplacedWhole() throws IOException {
        try (OutputFolder folder = OutputFolder.begin(place)) {
            folder.write("new.txt", "new");
            assertThat(names()).contains("old.txt", "sub");
            folder.finish();
        }
        assertThat(names()).containsExactlyInAnyOrder(OutputFolder.MARKER, "new.txt");
    }

    @Test
    void aSecondRunIsRefusedUntilTheFirstHasEnded() throws IOException {
        try (OutputFolder first = OutputFolder.begin(place)) {
            first.write("first.txt", "first");
            assertThatThrownBy(() -> OutputFolder.check(place))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("Another run of emat is writing to the folder");
            assertThatThrownBy(() -> OutputFolder.begin(place)).isInstanceOf(InputException.class);
            first.finish();
        }
        assertThat(names()).containsExactlyInAnyOrder(OutputFolder.MARKER, "first.txt");
        OutputFolder.check(place);
    }

    @Test
    void aLockThatAKilledRunLeftHoldsNobodyUp() throws IOException {
        Files.createFile(place.resolve(FolderLock.NAME));
        contentIsReplacedWhole();
    }

    @Test
    void whatEmatDidNotWriteIsKept() throws IOException {
        Files.writeString(place.resolve("mine.txt"), "keep");
        assertThatThrownBy(() -> OutputFolder.begin(place)).hasMessageContaining("'mine.txt'");
        assertThat(names()).contains("mine.txt", "old.txt");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> children = Files.list(place)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }
}
