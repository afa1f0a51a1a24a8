package dev.keystores.sandbox.xks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

    private static final String REFUSED = "401 AuthenticationFailedException";
    private static final ProxyCredential OLD = credential("OLDACCESSKEY22222222", "old");
    private static final ProxyCredential NEW = credential("NEWACCESSKEY22222222", "new");

    private static RunningProxies running;

    @BeforeAll
    static void start() {
        running = RunningProxies.fresh();
        running.change(RunningProxies.TWO, proxy -> proxy.with(proxy.access().withCredentials(OLD, NEW)));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void acceptsWhatIsSignedWithTheDefaultCredential() {
        assertThat(outcome(health())).isEqualTo("200");
    }

    @Test
    void acceptsTwoCredentialsAtOnceAndNoOther() {
        assertThat(outcome(Call.health(RunningProxies.TWO).by(OLD))).isEqualTo("200");
        assertThat(outcome(Call.health(RunningProxies.TWO).by(NEW))).isEqualTo("200");
        assertThat(outcome(Call.health(RunningProxies.TWO))).isEqualTo(REFUSED);
    }

    @Test
    void acceptsAnyRegionAndAnyFurtherSignedHeaders() {
        assertThat(outcome(health().region("ap-southeast-7"))).isEqualTo("200");
        assertThat(outcome(health().signing("content-type", "application/json")))
                .isEqualTo("200");
        assertThat(outcome(health().signing("x-spaced", "  a   b "))).isEqualTo("200");
    }

    @Test
    void acceptsAHostWithoutItsPort() {
        assertThat(outcome(health().signing("host", RunningProxies.ONE))).isEqualTo("200");
    }

    @Test
    void acceptsFiveMinutesOfSkewEitherWayAndNotASecondMore() {
        Duration five = Duration.ofMinutes(5);
        assertThat(outcome(health().at(Call.START.minus(five)))).isEqualTo("200");
        assertThat(outcome(health().at(Call.START.plus(five)))).isEqualTo("200");
        assertThat(outcome(health().at(Call.START.minus(five).minusSeconds(1)))).isEqualTo(REFUSED);
        assertThat(outcome(health().at(Call.START.plus(five).plusSeconds(1)))).isEqualTo(REFUSED);
    }

    @Test
    void refusesASecretOrAnAccessKeyIdThatIsNotTheProxys() {
        String id = ProxyCredential.DEFAULT.accessKeyId();
        assertThat(outcome(health().by(credential(id, "wrong")))).isEqualTo(REFUSED);
        assertThat(outcome(health().by(OLD))).isEqualTo(REFUSED);
    }

    @Test
    void saysNothingOfWhichOfTheTwoWasWrong() {
        String id = ProxyCredential.DEFAULT.accessKeyId();
        assertThat(running.send(health().by(credential(id, "wrong"))).body())
                .isEqualTo(running.send(health().by(OLD)).body());
    }

    @Test
    void refusesAnotherServiceOrAnotherDayThanThatOfTheRequest() {
        assertThat(outcome(health().service("kms"))).isEqualTo(REFUSED);
        assertThat(outcome(health().scopeDate("20260228"))).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T12:00:00Z", "20260301T120000", "20260301T120060Z", "20260230T120000Z", "today"})
    void refusesADateInAnotherForm(String date) {
        assertThat(outcome(health().date(date).scopeDate("20260301"))).isEqualTo(REFUSED);
    }

    @Test
    void refusesABodyThatWasChanged() {
        assertThat(outcome(health().tampered(wire -> wire.body = wire.body.replace("r-1", "r-2"))))
                .isEqualTo(REFUSED);
    }

    @Test
    void refusesAPathThatWasChanged() {
        assertThat(outcome(health().tampered(wire -> wire.target = "/other" + wire.target)))
                .isEqualTo(REFUSED);
    }

    @Test
    void refusesAnyQuery() {
        assertThat(outcome(health().tampered(wire -> wire.target += "?a=b"))).isEqualTo(REFUSED);
    }

    @Test
    void refusesASignedHeaderThatWasChangedOrLost() {
        assertThat(outcome(health().signing("x-more", "1").tampered(wire -> wire.headers.put("x-more", "2"))))
                .isEqualTo(REFUSED);
        assertThat(outcome(health().signing("x-more", "1").tampered(wire -> wire.headers.remove("x-more"))))
                .isEqualTo(REFUSED);
        assertThat(outcome(health().tampered(wire -> wire.headers.put("host", "elsewhere.example"))))
                .isEqualTo(REFUSED);
        assertThat(outcome(health().tampered(wire -> wire.headers.put("x-amz-date", "20260301T120001Z"))))
                .isEqualTo(REFUSED);
    }

    @Test
    void ignoresHeadersThatAreNotSigned() {
        assertThat(outcome(health().tampered(wire -> wire.headers.put("x-forwarded-for", "10.0.0.1"))))
                .isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer abc", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=a, Signature=b"})
    void refusesAnAuthorizationOfAnotherKind(String header) {
        assertThat(outcome(health().tampered(wire -> wire.headers.put("Authorization", header))))
                .isEqualTo(REFUSED);
    }

    @Test
    void refusesARequestWithoutAuthorizationOrDate() {
        assertThat(outcome(health().tampered(wire -> wire.headers.remove("Authorization"))))
                .isEqualTo(REFUSED);
        assertThat(outcome(health().tampered(wire -> wire.headers.remove("x-amz-date"))))
                .isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "x-amz-date", "x-amz-date;host", "host;host;x-amz-date", "Host;x-amz-date"})
    void insistsOnHostAndDateAmongOrderlySignedHeaders(String names) {
        Call call = health().tampered(
                        wire -> wire.replaceIn("Authorization", "SignedHeaders=[^,]+", "SignedHeaders=" + names));
        assertThat(outcome(call)).isEqualTo(REFUSED);
    }

    @Test
    void refusesASignatureOfWhichADigitWasChanged() {
        Call call = health().tampered(wire -> {
            char last = wire.headers.get("Authorization").endsWith("0") ? '1' : '0';
            wire.replaceIn("Authorization", ".$", String.valueOf(last));
        });
        assertThat(outcome(call)).isEqualTo(REFUSED);
    }

    @Test
    void neverRepeatsASecret() {
        assertThat(ProxyCredential.DEFAULT.toString()).doesNotContain("SANDBOX/");
        assertThat(Proxy.ready("a.example").toString()).doesNotContain("SANDBOX/");
    }

    private static Call health() {
        return Call.health(RunningProxies.ONE);
    }

    private static String outcome(Call call) {
        return running.send(call).outcome();
    }

    private static ProxyCredential credential(String id, String secret) {
        return new ProxyCredential(id, secret + "/".repeat(43));
    }
}
