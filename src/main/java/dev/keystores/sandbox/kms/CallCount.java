package dev.keystores.sandbox.kms;

import java.util.Map;

/**
 * The calls of one operation in one account and Region since the sandbox started.
 *
 * @param total all that arrived, those not answered yet too
 * @param refused answered with an error, of the client or of KMS
 * @param unanswered taken effect, and the connection broken instead of an answer
 * @param mostInOneSecond in any window of a second, refused ones too
 * @param outcomes how many ended how: {@code OK}, {@code NO_ANSWER} or the name of the error
 */
public record CallCount(
        String operation,
        String account,
        String region,
        long total,
        long ok,
        long refused,
        long unanswered,
        int mostInOneSecond,
        Map<String, Long> outcomes) {}
