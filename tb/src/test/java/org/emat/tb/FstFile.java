package org.emat.tb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a wave in GTKWave's FST form holds: its time and its signals, as far as tests need it.
 *
 * @param start first time
 * @param end last time
 * @param signals full names, vectors with their range
 */
record FstFile(long start, long end, Set<String> signals) {
    private static final int HEADER = 0;
    private static final int HIERARCHY_LZ4 = 6;
    private static final int SCOPE = 254;
    private static final int UP = 255;
    private static final int LAST_VARIABLE = 29;

    static FstFile read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        long start = -1;
        long end = -1;
        Set<String> signals = new TreeSet<>();
        while (in.hasRemaining()) {
            int type = in.get() & 0xFF;
            int next = in.position() + Math.toIntExact(in.getLong());
            if (type == HEADER) {
                start = in.getLong();
                end = in.getLong();
            } else if (type == HIERARCHY_LZ4) {
                int size = Math.toIntExact(in.getLong());
                signals.addAll(names(ByteBuffer.wrap(unpack(in, next, size))));
            }
            in.position(next);
        }
        return new FstFile(start, end, signals);
    }

    /** An LZ4 block. */
    private static byte[] unpack(ByteBuffer in, int end, int size) {
        byte[] out = new byte[size];
        int at = 0;
        while (in.position() < end) {
            int token = in.get() & 0xFF;
            int literals = length(in, token >> 4);
            in.get(out, at, literals);
            at += literals;
            if (in.position() < end) {
                int back = in.get() & 0xFF | (in.get() & 0xFF) << 8;
                int copies = length(in, token & 15) + 4;
                for (int i = 0; i < copies; i++, at++) {
                    out[at] = out[at - back];
                }
            }
        }
        return out;
    }

    private static int length(ByteBuffer in, int nibble) {
        int length = nibble;
        int more = nibble == 15 ? 255 : 0;
        while (more == 255) {
            more = in.get() & 0xFF;
            length += more;
        }
        return length;
    }

    private static Set<String> names(ByteBuffer in) {
        Set<String> names = new TreeSet<>();
        Deque<String> scopes = new ArrayDeque<>();
        while (in.hasRemaining()) {
            int tag = in.get() & 0xFF;
            if (tag == SCOPE) {
                in.get();
                scopes.addLast(text(in));
                text(in);
            } else if (tag == UP) {
                scopes.removeLast();
            } else if (tag <= LAST_VARIABLE) {
                in.get();
                names.add(String.join(".", scopes) + "." + text(in).replace(" [", "["));
                skipNumber(in);
                skipNumber(in);
            } else {
                throw new IllegalStateException("unknown entry " + tag);
            }
        }
        return names;
    }

    private static String text(ByteBuffer in) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte b = in.get(); b != 0; b = in.get()) {
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void skipNumber(ByteBuffer in) {
        while (in.get() < 0) {
            continue;
        }
    }
}
