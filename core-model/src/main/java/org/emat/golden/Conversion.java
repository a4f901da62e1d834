package org.emat.golden;

/**
 * The converters of one sub-kernel: bit-line sums to codes, all lanes at once. Immutable.
 *
 * <p>Clamping and clip counting are shifts and masks over arrays: on JDK 17 a loop with a minimum and a count runs three
 * times slower, and so does one with a sum over its lanes.
 *
 * @param shift sums are shifted right by this, rounding down
 * @param largest largest code
 */
record Conversion(int shift, int largest) {

    /**
     * Conversion of sums that cannot clip: adds their codes, times {@code factor}.
     *
     * @param sums bit-line sums, 0 to 2^29
     * @param codes added to
     * @param factor weight of the codes
     */
    void convertWithin(int[] sums, int[] codes, int factor) {
        int bits = shift;
        for (int i = 0; i < sums.length; i++) {
            codes[i] += (sums[i] >> bits) * factor;
        }
    }

    /**
     * Conversion without offsets, which may clip at the top.
     *
     * @param sums bit-line sums, 0 to 2^29
     * @param codes added to
     * @param clips clipped conversions of each lane, added to
     * @param factor weight of the codes
     */
    void convert(int[] sums, int[] codes, int[] clips, int factor) {
        int bits = shift;
        int top = largest;
        for (int i = 0; i < sums.length; i++) {
            int room = top - (sums[i] >> bits);
            int above = room >> 31; // −1 where the code is above the top, else 0
            codes[i] += (top - (room & ~above)) * factor;
            clips[i] -= above;
        }
    }

    /**
     * Conversion with offsets, which may clip at both ends.
     *
     * @param sums bit-line sums, 0 to 2^29
     * @param offsets of each lane, −2^29 to 2^29
     * @param codes added to
     * @param clips clipped conversions of each lane, added to
     * @param factor weight of the codes
     */
    void convert(int[] sums, int[] offsets, int[] codes, int[] clips, int factor) {
        int bits = shift;
        int top = largest;
        for (int i = 0; i < sums.length; i++) {
            int code = (sums[i] >> bits) + offsets[i];
            int below = code >> 31; // −1 where the code is negative, else 0
            int above = (top - code) >> 31;
            codes[i] += ((code & ~(below | above)) | (top & above)) * factor;
            clips[i] -= below + above;
        }
    }
}
