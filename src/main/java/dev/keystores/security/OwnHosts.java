package dev.keystores.security;

import java.util.function.Predicate;

/**
 * By which host names this service may be called where nobody has to log in.
 *
 * @param test of the name alone, without a port
 */
public record OwnHosts(Predicate<String> test) {}
