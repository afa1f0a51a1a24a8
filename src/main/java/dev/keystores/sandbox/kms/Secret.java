package dev.keystores.sandbox.kms;

/** Something KMS is given and never gives back. */
record Secret(String value) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
