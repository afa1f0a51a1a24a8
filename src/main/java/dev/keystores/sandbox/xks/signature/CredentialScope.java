package dev.keystores.sandbox.xks.signature;

/**
 * What a signing key is made for.
 *
 * @param date as {@code 20260301}
 */
record CredentialScope(String date, String region, String service) {

    @Override
    public String toString() {
        return date + "/" + region + "/" + service + "/aws4_request";
    }
}
