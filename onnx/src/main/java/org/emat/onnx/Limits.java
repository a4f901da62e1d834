package org.emat.onnx;

/** Largest sizes that an import accepts, so that no size computed from a file overflows. */
final class Limits {
    /** Words of a frame, and values of a constant. */
    static final int WORDS = 1 << 27;

    /** Kernel sizes, strides, dilations, pads and sizes of an axis. */
    static final int AXIS = 1 << 24;

    private Limits() {}
}
