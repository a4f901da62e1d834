package org.emat.network;

/** Input from the user that cannot be used; the message is one clear sentence that names what is wrong and where. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with its sentence. */
    public InputException(String sentence) {
        super(sentence);
    }

    /** An exception with its sentence and what led to it. */
    public InputException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
