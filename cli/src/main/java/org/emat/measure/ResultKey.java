package org.emat.measure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.emat.tb.VerilatorToolchain;

/**
 * Names results by everything they depend on: the row from which its data is drawn, frames, mapping, hardware, plan,
 * Verilog, tools, and emat's own classes.
 */
public final class ResultKey {
    private final VerilatorToolchain tools;
    private final MessageDigest program;

    /** Keys of results of these tools. */
    public ResultKey(VerilatorToolchain tools) {
        this.tools = tools;
        this.program = sha256();
        ProgramDigest.add(program);
    }

    /** The name of a subject's result. */
    String of(Subject subject) {
        MessageDigest digest = copyOfProgram();
        update(digest, tools.version());
        update(digest, tools.compiler());
        update(digest, subject.row().toString());
        update(digest, subject.variant().toString());
        update(digest, subject.setting().toString());
        subject.texts().forEach(text -> update(digest, text));
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private MessageDigest copyOfProgram() {
        try {
            return (MessageDigest) program.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /** SHA-256, which every Java has. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
