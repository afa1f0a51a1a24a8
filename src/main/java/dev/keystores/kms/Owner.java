package dev.keystores.kms;

/**
 * Whose credentials a target uses.
 *
 * @param account 12 digits
 * @param certain false where only the settings say so
 */
public record Owner(String account, boolean certain) {}
