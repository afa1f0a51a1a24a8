package dev.keystores;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Hashes as the settings take them, of the least cost there is. */
final class Passwords {

    private Passwords() {}

    static String hash(String password) {
        return new BCryptPasswordEncoder(4).encode(password);
    }
}
