package dev.keystores.job;

import dev.keystores.keystore.Remedy;

/**
 * Why a job failed.
 *
 * @param code a {@code ConnectionErrorCode}, the name of an AWS exception, or one of our own such as DEADLINE_EXCEEDED
 */
public record JobError(String code, String title, String detail, Remedy remedy) {}
