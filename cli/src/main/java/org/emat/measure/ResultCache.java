package org.emat.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.emat.files.InputFile;
import org.emat.files.OutputFile;
import org.emat.files.Reason;
import org.emat.network.InputException;

/**
 * Measured rows in files of their own, named by {@link ResultKey} and written beside and renamed, with a checksum. A
 * file that is cut short or damaged is refused and stays where it is.
 */
public final class ResultCache {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path folder;
    private final ResultKey key;
    private final boolean fresh;

    /**
     * A cache.
     *
     * @param folder where the files are; made if it is missing
     * @param fresh whether what is there is not read but replaced
     * @throws InputException if nothing can be written there
     */
    public ResultCache(Path folder, ResultKey key, boolean fresh) {
        this.folder = folder;
        this.key = key;
        this.fresh = fresh;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InputException("results cannot be kept in '" + folder + "': " + Reason.of(e) + ".", e);
        }
        OutputFile.check(folder.resolve("result.json"));
    }

    /**
     * The kept result of a subject.
     *
     * @throws InputException if its file is no whole result
     */
    public Optional<Measurement> find(Subject subject) {
        Path file = file(subject);
        if (fresh || !Files.exists(file)) {
            return Optional.empty();
        }
        String text = new String(InputFile.read(file, "a result"), StandardCharsets.UTF_8);
        try {
            JsonNode entry = MAPPER.readTree(text);
            JsonNode measurement = entry.path("measurement");
            if (!entry.path("checksum").asText().equals(checksum(file, measurement))) {
                throw damaged(file, subject, null);
            }
            return Optional.of(MAPPER.treeToValue(measurement, Measurement.class));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw damaged(file, subject, e);
        }
    }

    private static InputException damaged(Path file, Subject subject, Exception cause) {
        return new InputException(
                "The kept result of '" + subject + "', '" + file
                        + "', is cut short or damaged; run again with --fresh, or without that file.",
                cause);
    }

    /** Keeps a result. */
    public void keep(Subject subject, Measurement measurement) {
        JsonNode content = MAPPER.valueToTree(measurement);
        ObjectNode entry = MAPPER.createObjectNode();
        entry.put("row", subject.row().name());
        entry.put("mapping", subject.variant().toString());
        entry.put("checksum", checksum(file(subject), content));
        entry.set("measurement", content);
        OutputFile.write(file(subject), entry.toPrettyString() + "\n");
    }

    private Path file(Subject subject) {
        return folder.resolve(key.of(subject) + ".json");
    }

    /** Of the content under its name, so that the result of another row is not taken for it. */
    private static String checksum(Path file, JsonNode content) {
        byte[] bytes = (file.getFileName() + "\n" + content).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(ResultKey.sha256().digest(bytes));
    }
}
