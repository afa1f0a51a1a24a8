package dev.keystores.sandbox.xks.key;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A key in a key manager outside AWS.
 *
 * @param id what KMS calls XksKeyId
 * @param material 32 bytes in Base64; never shown
 * @param keySpec {@code AES_256}, or whatever else a key manager may claim
 */
public record ExternalKey(String id, String material, KeyStatus status, Set<KeyUsage> usages, String keySpec) {

    public static final String AES_256 = "AES_256";

    static final int MATERIAL_BYTES = 32;

    private static final SecureRandom random = new SecureRandom();

    public ExternalKey {
        if (!id.matches("[A-Za-z0-9._-]{1,128}")) {
            throw new IllegalArgumentException("id: must be 1 to 128 letters, digits, hyphens, dots and underscores");
        }
        if (bytes(material).length != MATERIAL_BYTES) {
            throw new IllegalArgumentException("material: must be 32 bytes in Base64");
        }
        if (!keySpec.matches("[A-Z0-9_]{1,64}")) {
            throw new IllegalArgumentException("keySpec: must be 1 to 64 capital letters, digits and underscores");
        }
        usages = inOrder(usages);
    }

    /** Ready for KMS, with material of its own. */
    public static ExternalKey generated(String id) {
        byte[] material = new byte[MATERIAL_BYTES];
        random.nextBytes(material);
        return ready(id, material);
    }

    static ExternalKey ready(String id, byte[] material) {
        String text = Base64.getEncoder().encodeToString(material);
        return new ExternalKey(id, text, KeyStatus.ENABLED, EnumSet.of(KeyUsage.ENCRYPT, KeyUsage.DECRYPT), AES_256);
    }

    public ExternalKey withStatus(KeyStatus changed) {
        return new ExternalKey(id, material, changed, usages, keySpec);
    }

    public ExternalKey withUsages(Collection<KeyUsage> changed) {
        return new ExternalKey(id, material, status, inOrder(changed), keySpec);
    }

    public ExternalKey withKeySpec(String changed) {
        return new ExternalKey(id, material, status, usages, changed);
    }

    public boolean allows(KeyUsage usage) {
        return keySpec.equals(AES_256) && usages.contains(usage);
    }

    public Sealed seal(byte[] plaintext, byte[] aad) {
        return new AesGcm(bytes(material)).seal(plaintext, aad);
    }

    /** Empty when anything is not as it was when sealed. */
    public Optional<byte[]> open(Sealed sealed, byte[] aad) {
        return new AesGcm(bytes(material)).open(sealed, aad);
    }

    @Override
    public String toString() {
        return "ExternalKey[%s, %s, %s, %s]".formatted(id, status, usages, keySpec);
    }

    private static Set<KeyUsage> inOrder(Collection<KeyUsage> usages) {
        EnumSet<KeyUsage> ordered = EnumSet.noneOf(KeyUsage.class);
        ordered.addAll(usages);
        return Collections.unmodifiableSet(ordered);
    }

    private static byte[] bytes(String material) {
        try {
            return Base64.getDecoder().decode(material);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
