package dev.keystores.sandbox.external;

/** Answers in good order. */
final class Answers {

    static final String HEALTHY = """
            {"xksProxyFleetSize": 2, "xksProxyVendor": "Acme", "xksProxyModel": "Acme XKS 1.0", "ekmVendor": "Vaults",
             "ekmFleetDetails": [
               {"id": "hsm-1", "model": "V 5.0", "healthStatus": "UNAVAILABLE"},
               {"id": "hsm-2", "model": "V 5.1", "healthStatus": "DEGRADED"}]}""";

    static final String METADATA = """
            {"keySpec": "AES_256", "keyUsage": ["ENCRYPT", "DECRYPT", "WRAP"], "keyStatus": "ENABLED"}""";

    private Answers() {}
}
