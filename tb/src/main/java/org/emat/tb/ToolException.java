package org.emat.tb;

/** A tool is missing, too old, failed or died; the message is one sentence for the user. */
public final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with its sentence. */
    public ToolException(String sentence) {
        super(sentence);
    }

    /** An exception with its sentence and cause. */
    public ToolException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
