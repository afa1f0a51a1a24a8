# Builds with what is in this repository and Maven Central alone: docker build -t key-store-connector .
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
# The goals one by one instead of the phase package: that would also fetch what only tests need, a browser driver of 200 MB.
ENV GOALS="compile jar:jar spring-boot:repackage" MAVEN_ARGS="-B -ntp -Dspotless.check.skip=true"
COPY .mvn .mvn
COPY mvnw pom.xml ./
# Without sources, so that a change of them leaves the layer with nearly all dependencies as it is.
RUN ./mvnw $GOALS -Dspring-boot.repackage.skip=true
COPY src/main src/main
RUN ./mvnw $GOALS
# Named without its version, which would change the entry point with each release.
RUN mv target/key-store-connector-*.jar key-store-connector.jar \
    && java -Djarmode=tools -jar key-store-connector.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Key Store Connector" org.opencontainers.image.licenses="Apache-2.0"
# A volume takes its owner from the directory that was there before it.
RUN install -d -o 10001 -g 10001 -m 0750 /data
VOLUME /data
WORKDIR /app
# What changes most comes last.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
# A number, because Kubernetes can't tell of a name that it isn't root.
USER 10001:10001
# Loopback would be out of reach for everybody. No dash in KEYSTORES_DATADIR: Spring would read one more dot.
ENV SERVER_ADDRESS=0.0.0.0 KEYSTORES_DATADIR=/data
EXPOSE 8080
# bash, because the image has neither curl nor wget. Liveness, because what restarts an unhealthy container must not do so
# over a database that is out of reach.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q '^HTTP/1.1 200' <&3"]
# Exec form, so that SIGTERM reaches the JVM. A JVM that ran out of memory loses threads and still answers probes.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "key-store-connector.jar"]
