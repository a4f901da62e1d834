package org.emat.train.gan;

import static org.assertj.core.api.Assertions.assertThat;

import org.emat.train.gan.Loss.Side;
import org.junit.jupiter.api.Test;

class LossUnitTest {
    /** At a score of exactly 1 or −1 the hinge is closed; one unit before that it is open. */
    @Test
    void theHingeClosesAtOne() {
        LossUnit hinge = new LossUnit(Loss.HINGE, 16);
        assertThat(hinge.error(Side.REAL, 32, 5)).isZero();
        assertThat(hinge.error(Side.REAL, 31, 5)).isEqualTo(-16384);
        assertThat(hinge.error(Side.FAKE, -32, 5)).isZero();
        assertThat(hinge.error(Side.FAKE, -31, 5)).isEqualTo(16384);
        assertThat(hinge.error(Side.GENERATOR, 1000, 5)).isEqualTo(-16384);
        assertThat(hinge.loss(Side.REAL, 31, 5)).isEqualTo(65536 / 32);
        assertThat(hinge.loss(Side.REAL, 33, 5)).isZero();
        assertThat(hinge.loss(Side.GENERATOR, -48, 5)).isEqualTo(65536 * 3 / 2);
    }
}
