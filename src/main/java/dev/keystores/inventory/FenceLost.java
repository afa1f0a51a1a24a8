package dev.keystores.inventory;

/** Another tick of the same target has begun meanwhile: this one may write nothing more. */
public final class FenceLost extends RuntimeException {

    private static final long serialVersionUID = 1;

    FenceLost(Fence fence) {
        super("tick %d of target %s has lost its turn".formatted(fence.epoch(), fence.target()));
    }
}
