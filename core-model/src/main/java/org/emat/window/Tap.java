package org.emat.window;

/**
 * One kernel tap as a window sees it.
 *
 * @param windowY row inside the window
 * @param windowX column inside the window
 * @param kernelIndex which weights it takes, see {@link org.emat.network.LayerGeometry}
 */
public record Tap(int windowY, int windowX, int kernelIndex) {
    /** The same tap some columns to the right. */
    Tap movedBy(int columns) {
        return new Tap(windowY, windowX + columns, kernelIndex);
    }
}
