package org.emat.rtl;

/** Addresses of the registers of a machine that trains, as {@code trainer_csr.v} has them. */
public final class TrainerRegisters {
    /** Factors of the update. */
    public static final int MOMENTUM = 0x20;

    /** Mantissa of the decay. */
    public static final int DECAY = 0x24;

    /** Its shift. */
    public static final int DECAY_SHIFT = 0x28;

    /** Mantissa of the rate. */
    public static final int RATE = 0x2c;

    /** Its shift. */
    public static final int RATE_SHIFT = 0x30;

    /** What is loaded: which tensor or layer. */
    public static final int PLACE = 0x40;

    /** What is loaded: {@link #KIND_MAXIMUM}, {@link #KIND_PARAMETER} or {@link #KIND_ROUNDING}. */
    public static final int KIND = 0x44;

    /** The lower half of what is loaded. */
    public static final int DATA_LOW = 0x58;

    /** The upper half, whose write loads both. */
    public static final int DATA_HIGH = 0x5c;

    /** A maximum. */
    public static final int KIND_MAXIMUM = 0;

    /** The next parameter of a layer, with its momentum. */
    public static final int KIND_PARAMETER = 1;

    /** The shift register of a layer. */
    public static final int KIND_ROUNDING = 2;

    private TrainerRegisters() {}
}
