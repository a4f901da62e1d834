/**
 * The machine that trains a generative adversarial network on arrays: its plan, its golden clock.
 */
package org.emat.train.machine;
